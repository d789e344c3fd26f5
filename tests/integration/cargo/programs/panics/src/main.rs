// SPDX-License-Identifier: MIT OR Apache-2.0
//! Panics: one that is caught, one in a thread, and one that ends the program.

use std::panic;
use std::thread;

struct Loud(&'static str);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}

fn third_item(items: &[u32]) -> u32 {
    let _loud = Loud("in third_item");
    items[2]
}

fn main() {
    let caught = panic::catch_unwind(|| third_item(&[1, 2]));
    println!("caught {}", caught.is_err());
    let joined = thread::spawn(|| -> u32 { panic!("in a thread: {}", 42) }).join();
    println!("{:?}", joined.unwrap_err().downcast_ref::<String>());
    let _loud = Loud("in main");
    let none: Option<u32> = None;
    println!("{}", none.expect("nothing there"));
}
