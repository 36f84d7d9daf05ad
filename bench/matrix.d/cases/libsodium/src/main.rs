//! Seals, opens, and hashes.
use libsodium_sys as sodium;

fn main() {
    let (key, nonce, message) = ([1u8; 32], [2u8; 24], *b"message");
    let (mut sealed, mut back) = ([0u8; 7 + 16], [0u8; 7]);
    unsafe {
        assert!(sodium::sodium_init() >= 0);
        assert_eq!(
            sodium::crypto_secretbox_easy(
                sealed.as_mut_ptr(),
                message.as_ptr(),
                7,
                nonce.as_ptr(),
                key.as_ptr()
            ),
            0
        );
        assert_eq!(
            sodium::crypto_secretbox_open_easy(
                back.as_mut_ptr(),
                sealed.as_ptr(),
                23,
                nonce.as_ptr(),
                key.as_ptr()
            ),
            0
        );
        assert_eq!(back, message);
        sealed[3] ^= 1;
        assert_eq!(
            sodium::crypto_secretbox_open_easy(
                back.as_mut_ptr(),
                sealed.as_ptr(),
                23,
                nonce.as_ptr(),
                key.as_ptr()
            ),
            -1
        );
        let mut hash = [0u8; 32];
        sodium::crypto_hash_sha256(hash.as_mut_ptr(), b"abc".as_ptr(), 3);
        assert_eq!(&hash[..4], [0xba, 0x78, 0x16, 0xbf]);
    }
}
