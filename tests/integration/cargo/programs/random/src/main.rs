// SPDX-License-Identifier: MIT OR Apache-2.0
//! Random bytes that have to be secure.

fn main() {
    let mut bytes = [0u8; 16];
    match getrandom::fill(&mut bytes) {
        Ok(()) => println!("{bytes:02x?}"),
        Err(problem) => println!("no random bytes: {problem}"),
    }
}
