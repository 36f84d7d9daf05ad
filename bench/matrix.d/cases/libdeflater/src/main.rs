//! Compresses as gzip and reads back.
fn main() {
    let text = b"abracadabra ".repeat(5000);
    let mut compressor = libdeflater::Compressor::new(libdeflater::CompressionLvl::best());
    let mut packed = vec![0; compressor.gzip_compress_bound(text.len())];
    let length = compressor.gzip_compress(&text, &mut packed).unwrap();
    assert!(length < 1000);
    let mut back = vec![0; text.len()];
    let size = libdeflater::Decompressor::new()
        .gzip_decompress(&packed[..length], &mut back)
        .unwrap();
    assert_eq!(size, text.len());
    assert_eq!(back, text);
    assert_eq!(libdeflater::crc32(b"123456789"), 0xcbf4_3926);
}
