use std::ffi::{c_char, c_int};

type Entry = unsafe extern "C" fn(*mut rusqlite::ffi::sqlite3, *mut *mut c_char, *const rusqlite::ffi::sqlite3_api_routines) -> c_int;

fn main() {
    unsafe {
        let entry = std::mem::transmute::<*const (), Entry>(sqlite_vec::sqlite3_vec_init as *const ());
        rusqlite::ffi::sqlite3_auto_extension(Some(entry));
    }
    let database = rusqlite::Connection::open_in_memory().unwrap();
    database
        .execute_batch("create virtual table points using vec0(at float[2]); insert into points(rowid, at) values (1, '[1, 1]'), (2, '[3, 4]')")
        .unwrap();
    let (row, distance): (i64, f64) = database
        .query_row("select rowid, distance from points where at match '[3, 5]' order by distance limit 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!((row, distance), (2, 1.0));
}
