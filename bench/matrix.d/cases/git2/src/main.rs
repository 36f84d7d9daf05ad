//! Makes a repository, commits a file, and reads it back; walks with a regular expression.
fn main() -> Result<(), git2::Error> {
    let path = std::env::temp_dir().join(format!("matrix-git2-{}", std::process::id()));
    let repository = git2::Repository::init(&path)?;
    std::fs::write(path.join("file"), "content\n").unwrap();
    let mut index = repository.index()?;
    index.add_path(std::path::Path::new("file"))?;
    index.write()?;
    let tree = repository.find_tree(index.write_tree()?)?;
    let somebody = git2::Signature::new(
        "Somebody",
        "somebody@example.org",
        &git2::Time::new(1_700_000_000, 0),
    )?;
    repository.commit(Some("HEAD"), &somebody, &somebody, "first", &tree, &[])?;
    let commit = repository.revparse_single(":/^fir")?.peel_to_commit()?;
    assert_eq!(commit.message()?, "first");
    let file = commit
        .tree()?
        .get_name("file")
        .unwrap()
        .to_object(&repository)?
        .peel_to_blob()?;
    assert_eq!(file.content(), b"content\n");
    assert_eq!(
        file.id().to_string(),
        "d95f3ad14dee633a758d2e331151e950dd13e4ed"
    );
    std::fs::remove_dir_all(path).unwrap();
    Ok(())
}
