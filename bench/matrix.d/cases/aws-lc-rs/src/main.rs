//! Hashes, and signs with ML-free classics.
use aws_lc_rs::digest::{digest, SHA256};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    EcdsaKeyPair, KeyPair, UnparsedPublicKey, ECDSA_P256_SHA256_ASN1,
    ECDSA_P256_SHA256_ASN1_SIGNING,
};

fn main() {
    assert_eq!(
        &digest(&SHA256, b"abc").as_ref()[..4],
        [0xba, 0x78, 0x16, 0xbf]
    );
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
    let pair =
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref()).unwrap();
    let signature = pair.sign(&random, b"message").unwrap();
    let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, pair.public_key().as_ref());
    key.verify(b"message", signature.as_ref()).unwrap();
    key.verify(b"other", signature.as_ref()).unwrap_err();
}
