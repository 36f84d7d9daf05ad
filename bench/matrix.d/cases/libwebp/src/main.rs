//! Compresses a picture without loss and reads it back.
use libwebp_sys as webp;

fn main() {
    let picture: Vec<u8> = (0..64 * 64)
        .flat_map(|i| [(i % 64 * 4) as u8, (i / 64 * 4) as u8, 128])
        .collect();
    unsafe {
        let mut packed = std::ptr::null_mut();
        let length = webp::WebPEncodeLosslessRGB(picture.as_ptr(), 64, 64, 64 * 3, &mut packed);
        assert!(length > 0 && length < picture.len() / 2);
        let (mut width, mut height) = (0, 0);
        let back = webp::WebPDecodeRGB(packed, length, &mut width, &mut height);
        assert_eq!((width, height), (64, 64));
        assert_eq!(std::slice::from_raw_parts(back, picture.len()), picture);
        webp::WebPFree(packed.cast());
        webp::WebPFree(back.cast());
    }
}
