//! What a self-test runs: C linked in, threads with thread-local destructors, and panics that unwind; C++ where the machine has it.

use std::cell::RefCell;
use std::ffi::{CStr, CString};
use std::os::raw::{c_char, c_int};
use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

extern "C" {
    fn probe_digest(text: *const c_char) -> u64;
    fn probe_words(text: *const c_char, out: *mut c_char, size: usize) -> c_int;
}

static ENDED: AtomicUsize = AtomicUsize::new(0);

struct CountsItsEnd;

impl Drop for CountsItsEnd {
    fn drop(&mut self) {
        ENDED.fetch_add(1, Ordering::SeqCst);
    }
}

thread_local! {
    static LOCAL: RefCell<Option<CountsItsEnd>> = const { RefCell::new(None) };
}

fn main() {
    let text = std::env::args().nth(1).expect("one argument");
    print!("words={} digest={:016x} threads={} unwind={}", words(&text), digest(&text), threads(), unwind());
    println!("{}", cpp());
}

#[cfg(cpp)]
fn cpp() -> &'static str {
    extern "C" {
        fn probe_cpp() -> c_int;
    }
    if unsafe { probe_cpp() } == 1 {
        " c++=yes"
    } else {
        " c++=no"
    }
}

#[cfg(not(cpp))]
fn cpp() -> &'static str {
    ""
}

fn words(text: &str) -> String {
    let text = CString::new(text).expect("no NUL");
    let mut out = [0u8; 256];
    let count = unsafe { probe_words(text.as_ptr(), out.as_mut_ptr().cast(), out.len()) };
    assert!(count > 0, "C gave {count}");
    CStr::from_bytes_until_nul(&out).expect("NUL").to_string_lossy().into_owned()
}

fn digest(text: &str) -> u64 {
    let text = CString::new(text).expect("no NUL");
    unsafe { probe_digest(text.as_ptr()) }
}

/// Four threads; the answer counts the thread-local values that were dropped at their ends.
fn threads() -> usize {
    let before = ENDED.load(Ordering::SeqCst);
    let all: Vec<_> = (0..4)
        .map(|_| thread::spawn(|| LOCAL.with(|local| *local.borrow_mut() = Some(CountsItsEnd))))
        .collect();
    for one in all {
        one.join().expect("the thread ends well");
    }
    ENDED.load(Ordering::SeqCst) - before
}

/// A panic must run destructors on its way and be caught, in this thread and across a join.
fn unwind() -> &'static str {
    panic::set_hook(Box::new(|_| {}));
    let before = ENDED.load(Ordering::SeqCst);
    let here = panic::catch_unwind(|| {
        let _guard = CountsItsEnd;
        panic!("on purpose");
    });
    let there = thread::spawn(|| {
        let _guard = CountsItsEnd;
        panic!("on purpose");
    })
    .join();
    let dropped = ENDED.load(Ordering::SeqCst) - before;
    if here.is_err() && there.is_err() && dropped == 2 {
        "yes"
    } else {
        "no"
    }
}
