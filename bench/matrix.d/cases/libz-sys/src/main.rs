//! zlib: compresses, opens a gzip file (which is where the file functions are), reads back.
use libz_sys as z;
use std::ffi::CString;

fn main() {
    let text: Vec<u8> = (0..100_000u32).map(|i| (i / 7 % 251) as u8).collect();
    let path = std::env::temp_dir().join(format!("matrix-zlib-{}.gz", std::process::id()));
    let name = CString::new(path.to_str().unwrap()).unwrap();
    let mut back = vec![0u8; text.len()];
    unsafe {
        assert_eq!(
            z::crc32(0, text.as_ptr(), text.len() as u32) as u32,
            crc32fast::hash(&text)
        );
        let mut packed = vec![0u8; z::compressBound(text.len() as _) as usize];
        let mut length = packed.len() as _;
        assert_eq!(
            z::compress(
                packed.as_mut_ptr(),
                &mut length,
                text.as_ptr(),
                text.len() as _
            ),
            z::Z_OK
        );
        assert!((length as usize) < text.len() / 10);
        let mut size = back.len() as _;
        assert_eq!(
            z::uncompress(back.as_mut_ptr(), &mut size, packed.as_ptr(), length),
            z::Z_OK
        );
        assert_eq!(back, text);

        let file = z::gzopen(name.as_ptr(), c"wb".as_ptr());
        assert!(!file.is_null());
        assert_eq!(
            z::gzwrite(file, text.as_ptr().cast(), text.len() as u32),
            text.len() as i32
        );
        assert_eq!(z::gzclose(file), z::Z_OK);
        let file = z::gzopen(name.as_ptr(), c"rb".as_ptr());
        back.fill(0);
        assert_eq!(z::gzseek(file, 1000, 0), 1000);
        assert_eq!(z::gzread(file, back.as_mut_ptr().cast(), 500), 500);
        assert_eq!(z::gzclose(file), z::Z_OK);
    }
    assert_eq!(back[..500], text[1000..1500]);
    std::fs::remove_file(path).unwrap();
}
