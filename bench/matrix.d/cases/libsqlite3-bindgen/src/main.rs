//! The bindings are made while building, so their types and constants are on trial.
use libsqlite3_sys as sql;
use std::ptr;

fn main() {
    unsafe {
        assert_eq!(sql::sqlite3_libversion_number(), sql::SQLITE_VERSION_NUMBER);
        let mut db = ptr::null_mut();
        assert_eq!(
            sql::sqlite3_open(c":memory:".as_ptr(), &mut db),
            sql::SQLITE_OK
        );
        let mut statement = ptr::null_mut();
        let text = c"select 6 * 7, length('abc')";
        assert_eq!(
            sql::sqlite3_prepare_v2(db, text.as_ptr(), -1, &mut statement, ptr::null_mut()),
            sql::SQLITE_OK
        );
        assert_eq!(sql::sqlite3_step(statement), sql::SQLITE_ROW);
        assert_eq!(sql::sqlite3_column_int64(statement, 0), 42);
        assert_eq!(sql::sqlite3_column_int(statement, 1), 3);
        assert_eq!(sql::sqlite3_finalize(statement), sql::SQLITE_OK);
        assert_eq!(sql::sqlite3_close(db), sql::SQLITE_OK);
    }
}
