//! Compresses and reads back; a damaged stream is refused.
use std::io::{Read, Write};

fn main() {
    let text = b"abracadabra ".repeat(5000);
    let mut encoder = xz2::write::XzEncoder::new(Vec::new(), 6);
    encoder.write_all(&text).unwrap();
    let mut packed = encoder.finish().unwrap();
    assert!(packed.len() < 1000);
    let mut back = Vec::new();
    xz2::read::XzDecoder::new(&packed[..])
        .read_to_end(&mut back)
        .unwrap();
    assert_eq!(back, text);
    let middle = packed.len() / 2;
    packed[middle] ^= 0x40;
    assert!(xz2::read::XzDecoder::new(&packed[..])
        .read_to_end(&mut Vec::new())
        .is_err());
}
