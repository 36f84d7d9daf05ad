fn main() {
    cxx_build::bridge("src/main.rs")
        .file("src/part.cpp")
        .include("src")
        .std("c++17")
        .compile("part");
}
