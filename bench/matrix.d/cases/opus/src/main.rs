//! Encodes a tone and decodes it again.
use audiopus_sys as opus;

fn main() {
    let tone: Vec<i16> = (0..960)
        .map(|i| (8000.0 * (i as f64 / 48.0 * std::f64::consts::TAU).sin()) as i16)
        .collect();
    let (mut packet, mut back, mut error) = ([0u8; 4000], [0i16; 960], 0);
    unsafe {
        let encoder =
            opus::opus_encoder_create(48_000, 1, opus::OPUS_APPLICATION_AUDIO, &mut error);
        assert_eq!(error, opus::OPUS_OK);
        let decoder = opus::opus_decoder_create(48_000, 1, &mut error);
        assert_eq!(error, opus::OPUS_OK);
        for _ in 0..5 {
            let length = opus::opus_encode(encoder, tone.as_ptr(), 960, packet.as_mut_ptr(), 4000);
            assert!(length > 0 && length < 960);
            assert_eq!(
                opus::opus_decode(decoder, packet.as_ptr(), length, back.as_mut_ptr(), 960, 0),
                960
            );
        }
        opus::opus_encoder_destroy(encoder);
        opus::opus_decoder_destroy(decoder);
    }
    assert!(back.iter().any(|sample| sample.unsigned_abs() > 4000));
}
