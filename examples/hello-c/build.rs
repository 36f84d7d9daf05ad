//! Compiles the C part with whatever C compiler the `cc` crate finds for the target.

fn main() {
    println!("cargo::rerun-if-changed=src/greeting.c");
    cc::Build::new()
        .file("src/greeting.c")
        .warnings_into_errors(true)
        .compile("greeting");
}
