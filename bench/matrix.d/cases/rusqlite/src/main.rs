//! A database in a file: a transaction, a query, the integrity check, and a second connection.
use rusqlite::Connection;

fn main() -> rusqlite::Result<()> {
    let path = std::env::temp_dir().join(format!("matrix-sqlite-{}.db", std::process::id()));
    let mut db = Connection::open(&path)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.execute_batch("create table t (n integer primary key, s text)")?;
    let transaction = db.transaction()?;
    for n in 0..1000 {
        transaction.execute("insert into t values (?1, ?2)", (n, format!("row {n}")))?;
    }
    transaction.commit()?;
    let other = Connection::open(&path)?;
    let sum: i64 = other.query_row("select sum(n) from t where s like 'row %'", [], |row| {
        row.get(0)
    })?;
    assert_eq!(sum, 499_500);
    let check: String = other.query_row("pragma integrity_check", [], |row| row.get(0))?;
    assert_eq!(check, "ok");
    drop((db, other));
    std::fs::remove_file(path).unwrap();
    Ok(())
}
