//! Compresses and reads back.
use bzip2_sys as bz;

fn main() {
    let mut text = b"abracadabra ".repeat(5000);
    let mut packed = vec![0u8; text.len()];
    let mut back = vec![0u8; text.len()];
    unsafe {
        let mut stream: bz::bz_stream = std::mem::zeroed();
        assert_eq!(bz::BZ2_bzCompressInit(&mut stream, 9, 0, 30), bz::BZ_OK);
        (stream.next_in, stream.avail_in) = (text.as_mut_ptr().cast(), text.len() as u32);
        (stream.next_out, stream.avail_out) = (packed.as_mut_ptr().cast(), packed.len() as u32);
        assert_eq!(
            bz::BZ2_bzCompress(&mut stream, bz::BZ_FINISH),
            bz::BZ_STREAM_END
        );
        packed.truncate(stream.total_out_lo32 as usize);
        assert_eq!(bz::BZ2_bzCompressEnd(&mut stream), bz::BZ_OK);
        assert!(packed.len() < 1000);

        let mut stream: bz::bz_stream = std::mem::zeroed();
        assert_eq!(bz::BZ2_bzDecompressInit(&mut stream, 0, 0), bz::BZ_OK);
        (stream.next_in, stream.avail_in) = (packed.as_mut_ptr().cast(), packed.len() as u32);
        (stream.next_out, stream.avail_out) = (back.as_mut_ptr().cast(), back.len() as u32);
        assert_eq!(bz::BZ2_bzDecompress(&mut stream), bz::BZ_STREAM_END);
        assert_eq!(bz::BZ2_bzDecompressEnd(&mut stream), bz::BZ_OK);
    }
    assert_eq!(back, text);
}
