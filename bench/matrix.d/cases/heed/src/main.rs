//! A memory-mapped database: a transaction, an abort, and a second look.
use heed::types::Str;
use heed::CommitOrAbort;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::temp_dir().join(format!("matrix-lmdb-{}", std::process::id()));
    std::fs::create_dir_all(&path)?;
    let env = unsafe {
        heed::EnvOpenOptions::new()
            .map_size(10 << 20)
            .max_dbs(2)
            .open(&path)?
    };
    let db = env
        .create_databases_and_commit(env.write_txn()?, |opener, write| {
            opener
                .create_database::<Str, Str>(write, Some("names"))
                .map(CommitOrAbort::<_, ()>::Commit)
        })?
        .unwrap_commit();
    let mut write = env.write_txn()?;
    for n in 0..500 {
        db.put(&mut write, &format!("key {n:03}"), &format!("value {n}"))?;
    }
    write.commit()?;
    let mut aborted = env.write_txn()?;
    db.clear(&mut aborted)?;
    aborted.abort();
    let read = env.read_txn()?;
    assert_eq!(db.len(&read)?, 500);
    assert_eq!(db.get(&read, "key 042")?, Some("value 42"));
    drop(read);
    std::fs::remove_dir_all(path)?;
    Ok(())
}
