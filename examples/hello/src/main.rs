//! The smallest program: a greeting.

fn main() {
    println!("Hello, world!");
}
