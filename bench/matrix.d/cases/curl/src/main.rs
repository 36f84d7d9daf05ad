//! Fetches a page over HTTP and a file, each through libcurl.
use std::io::{Read, Write};

fn fetch(url: &str) -> Vec<u8> {
    let mut body = Vec::new();
    let mut easy = curl::easy::Easy::new();
    easy.url(url).unwrap();
    let mut transfer = easy.transfer();
    transfer
        .write_function(|part| {
            body.extend_from_slice(part);
            Ok(part.len())
        })
        .unwrap();
    transfer.perform().unwrap();
    drop(transfer);
    body
}

fn main() {
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap();
    let answering = std::thread::spawn(move || {
        let (mut client, _) = server.accept().unwrap();
        let _ = client.read(&mut [0; 4096]).unwrap();
        client
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\nhello")
            .unwrap();
    });
    std::env::set_var("no_proxy", "127.0.0.1");
    assert_eq!(fetch(&format!("http://{address}/")), b"hello");
    answering.join().unwrap();
    let path = std::env::temp_dir().join(format!("matrix-curl-{}", std::process::id()));
    std::fs::write(&path, "of a file").unwrap();
    assert_eq!(fetch(&format!("file://{}", path.display())), b"of a file");
    std::fs::remove_file(path).unwrap();
}
