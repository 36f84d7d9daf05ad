//! Puts text into a buffer and guesses its script and direction.
use harfbuzz_sys as hb;

fn main() {
    unsafe {
        let buffer = hb::hb_buffer_create();
        let text = "שלום";
        hb::hb_buffer_add_utf8(
            buffer,
            text.as_ptr().cast(),
            text.len() as i32,
            0,
            text.len() as i32,
        );
        hb::hb_buffer_guess_segment_properties(buffer);
        assert_eq!(hb::hb_buffer_get_length(buffer), 4);
        assert_eq!(hb::hb_buffer_get_direction(buffer), hb::HB_DIRECTION_RTL);
        assert_eq!(hb::hb_buffer_get_script(buffer), hb::HB_SCRIPT_HEBREW);
        hb::hb_buffer_destroy(buffer);
    }
}
