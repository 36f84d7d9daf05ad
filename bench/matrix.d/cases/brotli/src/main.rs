//! Compresses and reads back.
use std::io::{Read, Write};

fn main() {
    let text = b"abracadabra ".repeat(5000);
    let mut writer = brotlic::CompressorWriter::new(Vec::new());
    writer.write_all(&text).unwrap();
    let packed = writer.into_inner().unwrap();
    assert!(packed.len() < 1000);
    let mut back = Vec::new();
    brotlic::DecompressorReader::new(&packed[..])
        .read_to_end(&mut back)
        .unwrap();
    assert_eq!(back, text);
}
