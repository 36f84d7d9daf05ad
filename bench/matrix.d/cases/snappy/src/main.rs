//! Compresses and reads back through Snappy's C interface.
use snappy_src as _;

extern "C" {
    fn snappy_compress(from: *const u8, length: usize, to: *mut u8, size: *mut usize) -> i32;
    fn snappy_uncompress(from: *const u8, length: usize, to: *mut u8, size: *mut usize) -> i32;
}

fn main() {
    let text = b"abracadabra ".repeat(5000);
    let (mut packed, mut back) = (vec![0u8; 2 * text.len()], vec![0u8; text.len()]);
    let (mut length, mut size) = (packed.len(), back.len());
    unsafe {
        assert_eq!(
            snappy_compress(text.as_ptr(), text.len(), packed.as_mut_ptr(), &mut length),
            0
        );
        assert!(length < text.len() / 10);
        assert_eq!(
            snappy_uncompress(packed.as_ptr(), length, back.as_mut_ptr(), &mut size),
            0
        );
    }
    assert_eq!(back, text);
}
