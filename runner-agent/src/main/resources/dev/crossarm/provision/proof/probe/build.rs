//! Compiles the C part exactly as a crate with bundled C would: with the compiler and archiver that the
//! job's variables name, and no crate from anywhere. So the C++ part, on a machine that has C++ for the target.

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    let target = env::var("TARGET").expect("cargo sets TARGET");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let object = Path::new(&out).join("probe.o");
    let archive = Path::new(&out).join("libprobe.a");

    run(tool("CC", &target)
        .args(["-O2", "-ffunction-sections", "-fdata-sections", "-fPIC", "-static", "-Wall", "-c", "-o"])
        .arg(&object)
        .arg("src/probe.c"));
    run(tool("AR", &target).arg("crs").arg(&archive).arg(&object));

    println!("cargo:rustc-check-cfg=cfg(cpp)");
    if Path::new("src/part.cc").exists() {
        cpp(&target, &out);
    }
    println!("cargo:rerun-if-changed=src/probe.c");
    println!("cargo:rustc-link-search=native={out}");
    println!("cargo:rustc-link-lib=static=probe");
}

fn cpp(target: &str, out: &str) {
    let object = Path::new(out).join("part.o");
    let archive = Path::new(out).join("libpart.a");
    run(tool("CXX", target).args(["-O2", "-fPIC", "-static", "-std=c++17", "-c", "-o"]).arg(&object).arg("src/part.cc"));
    run(tool("AR", target).arg("crs").arg(&archive).arg(&object));
    println!("cargo:rustc-cfg=cpp");
    println!("cargo:rustc-link-lib=static=part");
    println!("cargo:rustc-link-lib=stdc++");
}

/// A tool as its variable names it; like the cc crate, further words of the value are arguments.
fn tool(name: &str, target: &str) -> Command {
    let variable = format!("{name}_{}", target.replace('-', "_"));
    let value = env::var(&variable).unwrap_or_else(|_| panic!("the variable {variable} is not set"));
    let mut words = value.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_else(|| panic!("the variable {variable} is empty")));
    command.args(words);
    command
}

fn run(command: &mut Command) {
    match command.status() {
        Ok(status) if status.success() => {}
        Ok(status) => panic!("{command:?} ended with {status}"),
        Err(error) => panic!("{command:?} cannot be run: {error}"),
    }
}
