//! Recursion far deeper than one stack.
fn depth(n: u64) -> u64 {
    let here = std::hint::black_box([n as u8; 512]);
    if n == 0 {
        return 0;
    }
    stacker::maybe_grow(32 << 10, 1 << 20, || depth(n - 1)) + 1 + u64::from(here[0] != n as u8)
}

fn main() {
    assert_eq!(depth(100_000), 100_000);
}
