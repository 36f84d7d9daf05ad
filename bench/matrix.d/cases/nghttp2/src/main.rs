//! A client session that sends its preface and settings.
use libnghttp2_sys as h2;

fn main() {
    unsafe {
        let (mut callbacks, mut session) = (std::ptr::null_mut(), std::ptr::null_mut());
        assert_eq!(h2::nghttp2_session_callbacks_new(&mut callbacks), 0);
        assert_eq!(
            h2::nghttp2_session_client_new(&mut session, callbacks, std::ptr::null_mut()),
            0
        );
        assert_eq!(
            h2::nghttp2_submit_settings(session, 0, std::ptr::null(), 0),
            0
        );
        let mut data = std::ptr::null();
        let length = h2::nghttp2_session_mem_send(session, &mut data);
        assert!(std::slice::from_raw_parts(data, length as usize).starts_with(b"PRI * HTTP/2.0"));
        h2::nghttp2_session_del(session);
        h2::nghttp2_session_callbacks_del(callbacks);
    }
}
