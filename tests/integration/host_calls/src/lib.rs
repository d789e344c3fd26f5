// SPDX-License-Identifier: MIT OR Apache-2.0
//! A program without a standard library that makes host calls of its target and uses what every
//! zkVM has.
#![no_std]

use core::ffi::{c_int, c_void};
use zeroos_target::{accelerators, host, io, TARGET};

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}

fn permute(lanes: &mut [u64; 25]) {
    let state = lanes.as_mut_ptr().cast::<c_void>();
    #[cfg(feature = "sp1")]
    unsafe {
        host::keccak_permute(state, 0)
    };
    #[cfg(feature = "zisk")]
    unsafe {
        host::keccak_permute(state)
    };
}

fn leave(code: u32) -> ! {
    #[cfg(feature = "sp1")]
    unsafe {
        // The digest of the public output, which is empty, is the bootloader's; it ends the run.
        exit(code as c_int)
    }
    #[cfg(feature = "zisk")]
    unsafe {
        host::exit(code)
    }
}

#[cfg(feature = "sp1")]
extern "C" {
    fn exit(code: c_int) -> !;
}

extern "C" {
    fn write(fd: c_int, data: *const u8, length: usize) -> isize;
}

fn say(text: &[u8]) {
    unsafe { write(1, text.as_ptr(), text.len()) };
}

fn hex(data: &[u8]) {
    for byte in data {
        let digit = |n: u8| b"0123456789abcdef"[n as usize];
        say(&[digit(byte >> 4), digit(byte & 15)]);
    }
    say(b"\n");
}

#[no_mangle]
pub extern "C" fn main() -> c_int {
    say(TARGET.as_bytes());
    say(b"\n");
    let mut lanes = [0u64; 25];
    permute(&mut lanes);
    hex(&lanes[0].to_be_bytes());
    hex(&accelerators::sha256(io::read_input()));
    hex(&accelerators::keccak256(b""));
    leave(7)
}
