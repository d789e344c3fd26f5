// SPDX-License-Identifier: MIT OR Apache-2.0
//! A handler in Rust.
#![no_std]

use core::mem::size_of;
use zeroos_abi::types::*;
use zeroos_abi::{is_outside, Errno};

/// The reversed polynomial: RFC 1952, section 8.
const POLYNOMIAL: u32 = 0xedb8_8320;

struct Handlers;

impl zeroos_abi::Checksum for Handlers {
    unsafe fn checksum_crc32(data: *const c_void, size: usize, sum: *mut c_uint) -> Answer {
        if is_outside(data as usize, size) || is_outside(sum as usize, size_of::<c_uint>()) {
            return Err(Errno::EFAULT);
        }
        let mut state = !0u32;
        for &byte in core::slice::from_raw_parts(data as *const u8, size) {
            state ^= u32::from(byte);
            for _ in 0..8 {
                let carry = state & 1;
                state >>= 1;
                if carry != 0 {
                    state ^= POLYNOMIAL;
                }
            }
        }
        sum.write_unaligned(!state);
        Ok(0)
    }
}

zeroos_abi::export_checksum!(Handlers: checksum_crc32);

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    zeroos_abi::fail(c"a handler panicked")
}
