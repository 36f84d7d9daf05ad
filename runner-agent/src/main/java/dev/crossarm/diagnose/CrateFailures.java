package dev.crossarm.diagnose;

import java.util.List;

/** What a crate wants of the machine or of its own settings. */
final class CrateFailures {
    private static final String PROVISION = "crossarm provision";

    static final List<FailureClass> ALL = List.of(
            FailureClass.of(
                            "cxx-header",
                            "C++ needs a standard library for musl",
                            "<(\\w+)> belongs to the standard library of C\\+\\+|fatal error: ['\"]?((?:c(?:stdint|stddef|stdlib|string"
                                    + "|stdio|assert|math|limits|errno|float|inttypes|ctype|time|stdarg|wchar)|algorithm|array|atomic"
                                    + "|bitset|chrono|condition_variable|deque|exception|fstream|functional|future|initializer_list"
                                    + "|iomanip|ios|iosfwd|iostream|istream|iterator|limits|list|locale|map|memory|mutex|new|numeric"
                                    + "|optional|ostream|queue|random|ratio|regex|set|shared_mutex|span|sstream|stack|stdexcept"
                                    + "|streambuf|string|string_view|system_error|thread|tuple|type_traits|typeindex|typeinfo"
                                    + "|unordered_map|unordered_set|utility|valarray|variant|vector))['\"]?(?:: No such file| file not"
                                    + " found)",
                            "A crate contains C++ that uses the standard library, and the distributions have none for musl.",
                            "crossarm provision --cpp",
                            "If C++ is already installed and the message is bindgen's: give bindgen a C header",
                            "Or look for a feature of the crate that avoids C++")
                    .wantingCpp(),
            FailureClass.of(
                    "no-libclang",
                    "libclang is not installed",
                    "Unable to find libclang|couldn't find any valid shared libraries matching: \\['libclang"
                            + "|libclang\\S* .*cannot open shared object",
                    "A crate runs bindgen during the build, and bindgen needs libclang on this machine.",
                    PROVISION,
                    "sudo apt-get install libclang-dev"),
            FailureClass.of(
                    "openssl-not-found",
                    "OpenSSL is missing for the target",
                    "Could not find directory of OpenSSL installation|Could not find openssl via pkg-config"
                            + "|Could not find directory of OpenSSL",
                    "A crate links OpenSSL, and there is none for the target: the machine's own is for another"
                            + " processor or another libc.",
                    "Build it from source: openssl = { version = \"0.10\", features = [\"vendored\"] } (native-tls:"
                            + " feature vendored)",
                    "Or use rustls instead, if the crate has a feature for it"),
            FailureClass.of(
                    "pkg-config-cross",
                    "pkg-config is not set up for the target",
                    "pkg-config has not been configured to support cross-compilation",
                    "A crate asks pkg-config for a library of the target, but pkg-config only knows this machine's"
                            + " libraries, which are for another processor or another libc.",
                    PROVISION,
                    "Look for a feature of the crate that builds the bundled C: vendored, bundled, static",
                    "For libraries of your own: put their .pc files into the folder in"
                            + " PKG_CONFIG_LIBDIR_x86_64_unknown_linux_musl"),
            FailureClass.of(
                    "pkg-config-library",
                    "A library is missing for the target",
                    "The system library `([^`]+)` required by crate `[^`]+` was not found",
                    "A crate asks pkg-config for the library {1}, and there is none for the target.",
                    "Look for a feature of the crate that builds the bundled C: vendored, bundled, static",
                    "For libraries of your own: put their .pc files into the folder in"
                            + " PKG_CONFIG_LIBDIR_x86_64_unknown_linux_musl"),
            FailureClass.of(
                    "no-protoc",
                    "protoc is not installed",
                    "Could not find `protoc`",
                    "A crate compiles protocol buffers during the build and needs the program protoc on this machine.",
                    "sudo apt-get install protobuf-compiler"),
            FailureClass.of(
                    "no-build-tool",
                    "A build tool is not installed",
                    "is `([a-z0-9+-]+)` not installed\\?|Command '([a-z0-9+-]+)' not found"
                            + "|^(?!.*configure: ).*: ([a-z0-9+-]+): (?:command )?not found"
                            + "|failed to execute command: No such file",
                    "A build script runs a program ({1}) that is not installed on this machine.",
                    PROVISION,
                    "sudo apt-get install cmake make perl nasm autoconf automake libtool m4 bison flex"),
            FailureClass.of(
                    "cdylib",
                    "A static musl target has no shared libraries",
                    "dropping unsupported crate type `(cdylib|dylib|proc-macro)`|cannot produce (cdylib|dylib|proc-macro) for",
                    "The crate builds only a shared library, which Rust cannot make for this static target.",
                    "Build a program ([[bin]]), or set crate-type = [\"staticlib\"]"),
            FailureClass.of(
                    "library-not-found",
                    "A library is missing for the target",
                    "cannot find -l(\\S+?):? |unable to find library -l(\\S+)|could not find native static library `([^`]+)`",
                    "The linker does not find the library {1} for the target.",
                    "Look for a feature of the crate that builds the bundled C: vendored, bundled, static",
                    "For a library of your own: name its folder with cargo:rustc-link-search in the build script"),
            FailureClass.of(
                    "undefined-symbol",
                    "A function is missing when linking",
                    "undefined (?:reference to|symbol:) [`']?([^`'\\s]+)",
                    "The linker does not find {1}. Either a library is missing from its command line, or C was"
                            + " compiled against headers that declare functions musl does not have.",
                    "crossarm doctor",
                    "cargo clean, if objects from another compiler may be left over"));

    private CrateFailures() {}
}
