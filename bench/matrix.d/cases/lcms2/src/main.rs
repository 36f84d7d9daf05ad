//! White stays white from sRGB to Lab.
use lcms2::{Intent, PixelFormat, Profile, Transform};

fn main() {
    let (from, to) = (
        Profile::new_srgb(),
        Profile::new_lab4_context(
            lcms2::GlobalContext::new(),
            &lcms2::white_point_from_temp(5003.0).unwrap(),
        )
        .unwrap(),
    );
    let transform = Transform::new(
        &from,
        PixelFormat::RGB_8,
        &to,
        PixelFormat::Lab_DBL,
        Intent::Perceptual,
    )
    .unwrap();
    let mut lab = [[0f64; 3]];
    transform.transform_pixels(&[[255u8, 255, 255]], &mut lab);
    assert!(
        (lab[0][0] - 100.0).abs() < 0.1 && lab[0][1].abs() < 1.0,
        "{lab:?}"
    );
}
