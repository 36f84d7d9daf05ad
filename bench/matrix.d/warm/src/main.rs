//! C and C++ enough for zig to build its libc, libc++ and libunwind.
extern "C" {
    fn c_part(n: i32) -> i32;
    fn cpp_part(text: *const std::ffi::c_char) -> i32;
}

fn main() {
    unsafe {
        assert_eq!(c_part(12345), 5);
        assert_eq!(cpp_part(c"42".as_ptr()), 42);
        assert_eq!(cpp_part(c"none".as_ptr()), -1);
    }
}
