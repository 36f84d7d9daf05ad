//! A look-behind and a named group, which the regex crate has not.
fn main() {
    let expression = onig::Regex::new(r"(?<=v)(?<major>\d+)\.(?<minor>\d+)").unwrap();
    let found = expression.captures("release v12.34").unwrap();
    assert_eq!((found.at(1), found.at(2)), (Some("12"), Some("34")));
    assert!(expression.captures("release 12.34").is_none());
    assert!(onig::Regex::new("(").is_err());
}
