fn main() {
    cc::Build::new()
        .cpp(true)
        .std("c++17")
        .file("src/part.cpp")
        .compile("part");
}
