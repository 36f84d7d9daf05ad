//! Fetches a page from a server of its own; the client sets up TLS, so ring is in the program.
use std::io::{Read, Write};

fn main() {
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap();
    let answering = std::thread::spawn(move || {
        let (mut client, _) = server.accept().unwrap();
        let mut request = [0; 4096];
        let length = client.read(&mut request).unwrap();
        client
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\nhello")
            .unwrap();
        String::from_utf8_lossy(&request[..length]).starts_with("GET /page ")
    });
    let client = reqwest::blocking::Client::builder()
        .use_rustls_tls()
        .no_proxy()
        .build()
        .unwrap();
    let answer = client
        .get(&format!("http://{address}/page"))
        .send()
        .unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.text().unwrap(), "hello");
    assert!(answering.join().unwrap());
    let refused = client.get("https://127.0.0.1:9/").send().unwrap_err();
    assert!(refused.status().is_none());
}
