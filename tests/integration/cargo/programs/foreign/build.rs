// SPDX-License-Identifier: MIT OR Apache-2.0
//! Links whatever object a test names.

fn main() {
    println!("cargo::rerun-if-env-changed=FOREIGN_OBJECT");
    if let Ok(path) = std::env::var("FOREIGN_OBJECT") {
        println!("cargo::rustc-link-arg={path}");
    }
}
