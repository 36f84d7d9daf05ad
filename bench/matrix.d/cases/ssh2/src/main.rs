//! A session that meets a server which does not speak SSH.
use std::io::Write;

fn main() {
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap();
    std::thread::spawn(move || server.accept().unwrap().0.write_all(b"no such thing\r\n"));
    let mut session = ssh2::Session::new().unwrap();
    session.set_timeout(5000);
    assert!(session
        .supported_algs(ssh2::MethodType::Kex)
        .unwrap()
        .iter()
        .any(|name| name.contains("curve25519")));
    session.set_tcp_stream(std::net::TcpStream::connect(address).unwrap());
    let error = session.handshake().unwrap_err();
    assert!(
        matches!(error.code(), ssh2::ErrorCode::Session(_)),
        "{error:?}"
    );
}
