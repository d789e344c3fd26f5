// SPDX-License-Identifier: MIT OR Apache-2.0
//! The standard library's start, its output, and an exit code.

fn main() {
    let squares: Vec<u64> = (1..=5).map(|n| n * n).collect();
    println!("Hello from Rust: {squares:?}");
    eprintln!("and a word on stderr: {:.3}", 2.0_f64.sqrt());
    std::process::exit(7);
}
