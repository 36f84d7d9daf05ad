//! A C++ class behind a unique pointer, and an exception that becomes an error.
#[cxx::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("part.h");
        type Counter;
        fn new_counter(start: i32) -> UniquePtr<Counter>;
        fn add(self: &Counter, text: &CxxString) -> Result<i32>;
        fn name_of(counter: &Counter) -> UniquePtr<CxxString>;
    }
}

fn main() {
    let counter = ffi::new_counter(40);
    cxx::let_cxx_string!(two = "2");
    cxx::let_cxx_string!(word = "word");
    assert_eq!(counter.add(&two).unwrap(), 42);
    assert!(counter
        .add(&word)
        .unwrap_err()
        .what()
        .contains("no number: word"));
    assert_eq!(ffi::name_of(&counter).to_str().unwrap(), "counter 40");
}
