//! Compresses a picture and reads its colours back.
fn main() {
    let picture: Vec<u8> = (0..64 * 64)
        .flat_map(|i| [(i % 64 * 4) as u8, (i / 64 * 4) as u8, 128])
        .collect();
    let mut writer = mozjpeg::Compress::new(mozjpeg::ColorSpace::JCS_RGB);
    writer.set_size(64, 64);
    writer.set_quality(95.0);
    let mut writer = writer.start_compress(Vec::new()).unwrap();
    writer.write_scanlines(&picture).unwrap();
    let packed = writer.finish().unwrap();
    assert!(packed.starts_with(&[0xff, 0xd8]) && packed.len() < picture.len() / 2);
    let mut reader = mozjpeg::Decompress::new_mem(&packed)
        .unwrap()
        .rgb()
        .unwrap();
    assert_eq!((reader.width(), reader.height()), (64, 64));
    let back: Vec<[u8; 3]> = reader.read_scanlines().unwrap();
    let worst = back
        .concat()
        .iter()
        .zip(&picture)
        .map(|(a, b)| a.abs_diff(*b))
        .max()
        .unwrap();
    assert!(worst < 40, "{worst}");
}
