//! Signs and verifies.
use secp256k1::{ecdsa, Message, PublicKey, SecretKey};

fn main() {
    let mut bytes = [0u8; 32];
    bytes[31] = 1;
    let secret = SecretKey::from_secret_bytes(bytes).unwrap();
    let public = PublicKey::from_secret_key(&secret);
    // The generator itself.
    assert_eq!(
        public.to_string(),
        "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
    );
    let message = Message::from_digest([7; 32]);
    let signature = ecdsa::sign(message, &secret);
    signature.verify(message, &public).unwrap();
    signature
        .verify(Message::from_digest([8; 32]), &public)
        .unwrap_err();
}
