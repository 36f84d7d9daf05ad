//! A back-reference, compiled to machine code.
fn main() {
    assert!(pcre2::is_jit_available());
    let expression = pcre2::bytes::RegexBuilder::new()
        .jit(true)
        .utf(true)
        .build(r"(\w)(\w)\2\1")
        .unwrap();
    let found = expression
        .find("an anna or an otto".as_bytes())
        .unwrap()
        .unwrap();
    assert_eq!((found.start(), found.end()), (3, 7));
    assert!(pcre2::bytes::Regex::new("(").is_err());
}
