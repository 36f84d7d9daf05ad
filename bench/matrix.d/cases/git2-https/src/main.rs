//! All of git2: a commit, and what the library says it can do.
fn main() -> Result<(), git2::Error> {
    let version = git2::Version::get();
    assert!(version.https() && version.ssh() && version.threads());
    let path = std::env::temp_dir().join(format!("matrix-git2-https-{}", std::process::id()));
    let repository = git2::Repository::init_bare(&path)?;
    let id = repository.blob(b"content\n")?;
    assert_eq!(id.to_string(), "d95f3ad14dee633a758d2e331151e950dd13e4ed");
    // Nobody listens there; what counts is that the TLS transport answers, not "unsupported protocol".
    let mut remote = repository.remote_anonymous("https://127.0.0.1:9/none.git")?;
    let error = remote.connect(git2::Direction::Fetch).unwrap_err();
    assert!(
        error.class() == git2::ErrorClass::Os || error.class() == git2::ErrorClass::Net,
        "{error:?}"
    );
    drop(remote);
    std::fs::remove_dir_all(path).unwrap();
    Ok(())
}
