//! Starts the library, and refuses what is no font.
use freetype_sys as ft;

fn main() {
    unsafe {
        let mut library = std::ptr::null_mut();
        assert_eq!(ft::FT_Init_FreeType(&mut library), 0);
        let mut face = std::ptr::null_mut();
        let no_font = [b'x'; 4096];
        assert_eq!(
            ft::FT_New_Memory_Face(library, no_font.as_ptr(), 4096, 0, &mut face),
            2
        );
        assert_eq!(ft::FT_New_Face(library, c"/none".as_ptr(), 0, &mut face), 1);
        assert_eq!(ft::FT_MulDiv(6, 14, 2), 42);
        assert_eq!(ft::FT_Done_FreeType(library), 0);
    }
}
