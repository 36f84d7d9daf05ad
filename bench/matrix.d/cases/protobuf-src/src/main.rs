//! The crate builds protoc. What it built is run here, if this machine can: it must be a program of the target.
fn main() {
    let protoc = protobuf_src::protoc();
    let said = std::process::Command::new(protoc)
        .arg("--version")
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&said.stdout).starts_with("libprotoc "));
}
