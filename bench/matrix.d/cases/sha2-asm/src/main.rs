//! One block, the one of an empty message.
fn main() {
    let mut state: [u32; 8] = [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab,
        0x5be0cd19,
    ];
    let mut block = [0u8; 64];
    block[0] = 0x80;
    sha2_asm::compress256(&mut state, &[block]);
    assert_eq!(state[0], 0xe3b0c442);
    assert_eq!(state[7], 0x7852b855);
}
