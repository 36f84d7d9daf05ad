//! Encodes a tone and finds the frames of an MP3 file in what comes out.
use mp3lame_sys as lame;

fn main() {
    let tone: Vec<i16> = (0..44_100)
        .map(|i| (8000.0 * (i as f64 / 44.1 * std::f64::consts::TAU).sin()) as i16)
        .collect();
    let mut out = vec![0u8; 1 << 16];
    let length = unsafe {
        let flags = lame::lame_init();
        assert!(!flags.is_null());
        lame::lame_set_in_samplerate(flags, 44_100);
        lame::lame_set_num_channels(flags, 1);
        lame::lame_set_brate(flags, 128);
        assert!(lame::lame_init_params(flags) >= 0);
        let (samples, room) = (tone.len() as i32, out.len() as i32);
        let written = lame::lame_encode_buffer(flags, tone.as_ptr(), tone.as_ptr(), samples, out.as_mut_ptr(), room);
        assert!(written > 0);
        let rest = &mut out[written as usize..];
        let flushed = lame::lame_encode_flush(flags, rest.as_mut_ptr(), rest.len() as i32);
        assert!(flushed >= 0);
        lame::lame_close(flags);
        (written + flushed) as usize
    };
    // A second of 128 kbit/s, in frames of 1152 samples whose first eleven bits are set.
    assert!((14_000..18_000).contains(&length), "{length}");
    assert!(out[0] == 0xff && out[1] & 0xe0 == 0xe0);
}
