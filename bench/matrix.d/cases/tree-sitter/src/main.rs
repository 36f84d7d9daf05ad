//! Parses JSON.
fn main() {
    let mut parser = tree_sitter::Parser::new();
    parser
        .set_language(&tree_sitter_json::LANGUAGE.into())
        .unwrap();
    let tree = parser.parse(r#"{"a": [1, 2, null]}"#, None).unwrap();
    let text = tree.root_node().to_sexp();
    assert_eq!(text, "(document (object (pair key: (string (string_content)) value: (array (number) (number) (null)))))");
    assert!(parser.parse("{", None).unwrap().root_node().has_error());
}
