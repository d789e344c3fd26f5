// SPDX-License-Identifier: MIT OR Apache-2.0
//! Compiles the C part for the target.

fn main() {
    println!("cargo::rerun-if-changed=src/part.c");
    cc::Build::new()
        .file("src/part.c")
        .warnings(true)
        .compile("part");
}
