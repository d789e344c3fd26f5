// SPDX-License-Identifier: MIT OR Apache-2.0
//! A dependency in C, compiled by the crate `cc`.

use std::ffi::{CStr, CString, c_char};

unsafe extern "C" {
    fn part_join(
        words: *const *const c_char,
        count: usize,
        measure: extern "C" fn(*const c_char) -> u64,
    ) -> *mut c_char;
    fn free(memory: *mut c_char);
}

extern "C" fn measure(word: *const c_char) -> u64 {
    unsafe { CStr::from_ptr(word) }.to_bytes().len() as u64
}

fn main() {
    let words = ["one", "zwei", "trois"].map(|word| CString::new(word).unwrap());
    let pointers = words.each_ref().map(|word| word.as_ptr());
    let joined = unsafe { part_join(pointers.as_ptr(), pointers.len(), measure) };
    println!(
        "Rust: {}",
        unsafe { CStr::from_ptr(joined) }.to_str().unwrap()
    );
    unsafe { free(joined) };
}
