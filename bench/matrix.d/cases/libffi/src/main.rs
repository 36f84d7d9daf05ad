//! Calls a function whose signature is put together at run time, and is called back by a closure.
use libffi::high::{arg, call, ClosureOnce3, CodePtr};

extern "C" fn weighted(a: i32, b: f64, c: u8) -> f64 {
    f64::from(a) * b + f64::from(c)
}

fn main() {
    let answer: f64 = unsafe {
        call(
            CodePtr(weighted as *mut _),
            &[arg(&6), arg(&6.5f64), arg(&3u8)],
        )
    };
    assert_eq!(answer, 42.0);
    let kept = 10;
    let closure = ClosureOnce3::new(move |a: i32, b: i32, c: i32| a + b + c + kept);
    assert_eq!(closure.code_ptr().call(1, 2, 3), 16);
}
