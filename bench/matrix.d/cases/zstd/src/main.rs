//! Compresses with several threads of zstd's own, with a dictionary, and reads back.
use std::io::{Read, Write};

fn main() {
    let text = "the quick brown fox jumps over the lazy dog; "
        .repeat(20_000)
        .into_bytes();
    let packed = zstd::encode_all(&text[..], 19).unwrap();
    assert!(packed.len() < text.len() / 100);
    assert_eq!(zstd::decode_all(&packed[..]).unwrap(), text);
    let samples: Vec<Vec<u8>> = (0..2000)
        .map(|i| format!("entry {i}: value {}", i * 7 % 101).into_bytes())
        .collect();
    let dictionary = zstd::dict::from_samples(&samples, 4096).unwrap();
    let mut encoder = zstd::stream::Encoder::with_dictionary(Vec::new(), 3, &dictionary).unwrap();
    encoder.write_all(&samples[42]).unwrap();
    let packed = encoder.finish().unwrap();
    let mut back = Vec::new();
    zstd::stream::Decoder::with_dictionary(&packed[..], &dictionary)
        .unwrap()
        .read_to_end(&mut back)
        .unwrap();
    assert_eq!(back, samples[42]);
}
