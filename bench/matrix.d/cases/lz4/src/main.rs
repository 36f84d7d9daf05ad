//! Compresses as a block and as a frame, and reads back.
use std::io::{Read, Write};

fn main() {
    let text = b"abracadabra ".repeat(5000);
    let packed = lz4::block::compress(&text, None, true).unwrap();
    assert!(packed.len() < 1000);
    assert_eq!(lz4::block::decompress(&packed, None).unwrap(), text);
    let mut encoder = lz4::EncoderBuilder::new()
        .level(9)
        .build(Vec::new())
        .unwrap();
    encoder.write_all(&text).unwrap();
    let (packed, result) = encoder.finish();
    result.unwrap();
    let mut back = Vec::new();
    lz4::Decoder::new(&packed[..])
        .unwrap()
        .read_to_end(&mut back)
        .unwrap();
    assert_eq!(back, text);
}
