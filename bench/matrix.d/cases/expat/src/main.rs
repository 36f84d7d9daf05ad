//! Parses a document, counts its elements, and refuses a broken one.
use expat_sys as _;
use std::ffi::{c_char, c_int, c_void};

type Start = unsafe extern "C" fn(*mut c_void, *const c_char, *mut *const c_char);
type End = unsafe extern "C" fn(*mut c_void, *const c_char);

extern "C" {
    fn XML_ParserCreate(encoding: *const c_char) -> *mut c_void;
    fn XML_SetUserData(parser: *mut c_void, data: *mut c_void);
    fn XML_SetElementHandler(parser: *mut c_void, start: Start, end: End);
    fn XML_Parse(parser: *mut c_void, text: *const c_char, length: c_int, last: c_int) -> c_int;
    fn XML_ParserFree(parser: *mut c_void);
}

unsafe extern "C" fn start(counter: *mut c_void, _: *const c_char, _: *mut *const c_char) {
    *counter.cast::<u32>() += 1;
}

unsafe extern "C" fn end(_: *mut c_void, _: *const c_char) {}

fn elements(text: &str) -> Option<u32> {
    let mut counter = 0u32;
    let status = unsafe {
        let parser = XML_ParserCreate(std::ptr::null());
        XML_SetUserData(parser, (&mut counter as *mut u32).cast());
        XML_SetElementHandler(parser, start, end);
        let status = XML_Parse(parser, text.as_ptr().cast(), text.len() as c_int, 1);
        XML_ParserFree(parser);
        status
    };
    (status == 1).then_some(counter)
}

fn main() {
    assert_eq!(elements("<a><b/><b>x</b></a>"), Some(3));
    assert_eq!(elements("<a><b></a>"), None);
}
