//! A greeting whose text is made in C.

use std::ffi::{c_char, c_int, CString};

extern "C" {
    fn greeting(name: *const c_char, buffer: *mut c_char, size: usize) -> c_int;
}

/// The greeting for `name`, or nothing when C cannot take the name or has no room for it.
fn greet(name: &str) -> Option<String> {
    let name = CString::new(name).ok()?;
    let mut buffer = [0u8; 128];
    // SAFETY: `name` ends with a zero byte, and C writes at most `buffer.len()` bytes.
    let length = unsafe { greeting(name.as_ptr(), buffer.as_mut_ptr().cast(), buffer.len()) };
    let text = buffer.get(..usize::try_from(length).ok()?)?;
    String::from_utf8(text.to_vec()).ok()
}

fn main() {
    let name = std::env::args().nth(1).unwrap_or_else(|| "C".to_owned());
    match greet(&name) {
        Some(text) => println!("{text}"),
        None => {
            eprintln!("hello-c: the name is too long, or not text that C can take");
            std::process::exit(1);
        }
    }
}
