//! Agrees on a secret with a fresh key pair.
use pqcrypto_mlkem::mlkem768;

fn main() {
    let (public, secret) = mlkem768::keypair();
    let (mine, sealed) = mlkem768::encapsulate(&public);
    let theirs = mlkem768::decapsulate(&sealed, &secret);
    assert!(mine == theirs);
    let (other, _) = mlkem768::encapsulate(&public);
    assert!(other != mine);
}
