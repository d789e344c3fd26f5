// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files that options name; `-` is standard input or output.

use std::io::{Read, Write};

pub fn read(path: &str) -> Result<Vec<u8>, String> {
    let done = if path == "-" {
        let mut data = Vec::new();
        std::io::stdin().read_to_end(&mut data).map(|_| data)
    } else {
        std::fs::read(path)
    };
    done.map_err(|error| format!("cannot read {path}: {error}"))
}

pub fn write(path: &str, data: &[u8], stdout: &mut impl Write) -> Result<(), String> {
    let done = if path == "-" {
        stdout.write_all(data)
    } else {
        std::fs::write(path, data)
    };
    done.map_err(|error| format!("cannot write {path}: {error}"))
}
