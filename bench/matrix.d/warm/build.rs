fn main() {
    cc::Build::new().file("src/part.c").compile("part");
    cc::Build::new()
        .cpp(true)
        .file("src/part.cpp")
        .compile("partcpp");
}
