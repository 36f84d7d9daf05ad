//! Hashes, seals and opens a message.
use ring::aead::{Aad, LessSafeKey, Nonce, UnboundKey, AES_256_GCM};
use ring::digest::{digest, SHA256};

fn main() {
    let hash = digest(&SHA256, b"abc");
    let hex: String = hash.as_ref().iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(
        hex,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &[7; 32]).unwrap());
    let mut sealed = b"message".to_vec();
    let nonce = || Nonce::assume_unique_for_key([3; 12]);
    key.seal_in_place_append_tag(nonce(), Aad::empty(), &mut sealed)
        .unwrap();
    assert_ne!(&sealed[..7], b"message");
    assert_eq!(
        key.open_in_place(nonce(), Aad::empty(), &mut sealed)
            .unwrap(),
        b"message"
    );
}
