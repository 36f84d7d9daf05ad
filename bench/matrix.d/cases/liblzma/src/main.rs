//! Compresses with two threads of the library and reads back.
use liblzma::stream::MtStreamBuilder;
use std::io::{Read, Write};

fn main() {
    let text = b"abracadabra ".repeat(100_000);
    let stream = MtStreamBuilder::new()
        .threads(2)
        .preset(3)
        .encoder()
        .unwrap();
    let mut encoder = liblzma::write::XzEncoder::new_stream(Vec::new(), stream);
    encoder.write_all(&text).unwrap();
    let packed = encoder.finish().unwrap();
    assert!(packed.len() < text.len() / 100);
    let mut back = Vec::new();
    liblzma::read::XzDecoder::new(&packed[..])
        .read_to_end(&mut back)
        .unwrap();
    assert_eq!(back, text);
}
