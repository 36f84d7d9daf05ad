//! A query through DuckDB's C interface.
use libduckdb_sys as duck;
use std::ptr;

fn main() {
    unsafe {
        let (mut db, mut connection) = (ptr::null_mut(), ptr::null_mut());
        assert_eq!(duck::duckdb_open(ptr::null(), &mut db), duck::DuckDBSuccess);
        assert_eq!(
            duck::duckdb_connect(db, &mut connection),
            duck::DuckDBSuccess
        );
        let mut result: duck::duckdb_result = std::mem::zeroed();
        let query = c"select sum(range) from range(1000)";
        assert_eq!(
            duck::duckdb_query(connection, query.as_ptr(), &mut result),
            duck::DuckDBSuccess
        );
        assert_eq!(duck::duckdb_value_int64(&mut result, 0, 0), 499_500);
        duck::duckdb_destroy_result(&mut result);
        duck::duckdb_disconnect(&mut connection);
        duck::duckdb_close(&mut db);
    }
}
