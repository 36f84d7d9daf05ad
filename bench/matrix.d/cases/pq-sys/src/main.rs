//! A connection that nobody answers, and the string functions.
use openssl_sys as _;
use pq_sys as pq;
use std::ffi::CStr;

fn main() {
    unsafe {
        assert!(pq::PQlibVersion() >= 160_000);
        let connection = pq::PQconnectdb(c"host=127.0.0.1 port=9 connect_timeout=2".as_ptr());
        assert_ne!(pq::PQstatus(connection), pq::ConnStatusType::CONNECTION_OK);
        let text = CStr::from_ptr(pq::PQerrorMessage(connection))
            .to_string_lossy()
            .into_owned();
        assert!(text.contains("127.0.0.1"), "{text}");
        pq::PQfinish(connection);
    }
}
