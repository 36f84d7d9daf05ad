//! Exceptions through frames of Rust's build, streams, maps, threads, and destructors of thread locals.
extern crate link_cplusplus as _;

extern "C" {
    fn thrown_and_caught(depth: i32) -> i32;
    fn words(text: *const std::ffi::c_char) -> i32;
    fn sum_of_threads(threads: i32) -> i32;
    fn casts() -> i32;
}

fn main() {
    unsafe {
        assert_eq!(thrown_and_caught(40), 40);
        assert_eq!(words(c"one two three two".as_ptr()), 3);
        assert_eq!(sum_of_threads(4), 4 * 1000 + 4);
        assert_eq!(casts(), 1);
    }
}
