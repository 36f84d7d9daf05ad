//! Writes a batch, reads it back, iterates, and opens the database again.
use rocksdb::{IteratorMode, WriteBatch, DB};

fn main() {
    let path = std::env::temp_dir().join(format!("matrix-rocksdb-{}", std::process::id()));
    {
        let db = DB::open_default(&path).unwrap();
        let mut batch = WriteBatch::default();
        for n in 0..1000u32 {
            batch.put(n.to_be_bytes(), format!("value {n}"));
        }
        db.write(batch).unwrap();
        db.flush().unwrap();
    }
    let db = DB::open_default(&path).unwrap();
    assert_eq!(db.get(77u32.to_be_bytes()).unwrap().unwrap(), b"value 77");
    assert_eq!(db.iterator(IteratorMode::Start).count(), 1000);
    drop(db);
    DB::destroy(&rocksdb::Options::default(), &path).unwrap();
}
