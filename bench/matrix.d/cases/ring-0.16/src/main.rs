//! Hashes, and signs with Ed25519, the way reqwest 0.10 with rustls does.
use ring::digest::{digest, SHA256};
use ring::signature::{Ed25519KeyPair, KeyPair, UnparsedPublicKey, ED25519};

fn main() {
    let hash = digest(&SHA256, b"abc");
    assert_eq!(&hash.as_ref()[..4], [0xba, 0x78, 0x16, 0xbf]);
    let pair = Ed25519KeyPair::from_seed_unchecked(&[9; 32]).unwrap();
    let signature = pair.sign(b"message");
    let key = UnparsedPublicKey::new(&ED25519, pair.public_key().as_ref());
    key.verify(b"message", signature.as_ref()).unwrap();
    key.verify(b"other", signature.as_ref()).unwrap_err();
}
