//! Substrings of a text, counted by a suffix array.
fn main() {
    let text = "ABRACADABRA";
    let suffix = esaxx_rs::suffix(text).unwrap();
    let found: Vec<(String, u32)> = suffix
        .iter()
        .map(|(letters, count)| (letters.iter().collect(), count))
        .collect();
    assert!(found.contains(&("A".to_string(), 5)));
    assert!(found.contains(&("ABRA".to_string(), 2)));
}
