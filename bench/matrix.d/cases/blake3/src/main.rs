//! Hashes a little and a lot, and compares with known values.
fn main() {
    assert_eq!(
        blake3::hash(b"").to_hex().as_str(),
        "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"
    );
    let many: Vec<u8> = (0..100_000u32).map(|i| (i % 251) as u8).collect();
    let mut piecewise = blake3::Hasher::new();
    for piece in many.chunks(777) {
        piecewise.update(piece);
    }
    assert_eq!(blake3::hash(&many), piecewise.finalize());
}
