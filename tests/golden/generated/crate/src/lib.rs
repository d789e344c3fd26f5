// SPDX-License-Identifier: MIT OR Apache-2.0
//! What a handler of a Linux system call needs when it is written in Rust.
//!
//! Made by zeroos-build VERSION from syscall_specs/; do not edit.
//!
//! A handler is a function of a trait in [`subsystems`]; the trait's macro exports it under the
//! name that the libOS calls:
//!
//! ```ignore
//! struct Mine;
//! impl zeroos_abi::Process for Mine {
//!     unsafe fn getppid() -> zeroos_abi::Answer {
//!         Ok(1)
//!     }
//! }
//! zeroos_abi::export_process!(Mine: getppid);
//! ```
#![no_std]
#![cfg_attr(rustfmt, rustfmt_skip)]

pub mod errno;
pub mod flags;
pub mod handlers;
pub mod number;
pub mod structs;
pub mod subsystems;
pub mod types;

pub use errno::Errno;
pub use subsystems::*;

use core::ffi::{c_char, c_int, c_long, c_ulong};

/// What a handler answers: a value, or an error.
pub type Answer = Result<c_long, Errno>;

/// All registers at a system call of a frame handler; `x[n]` is register xn.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    pub x: [c_ulong; 32],
}

/// An answer in Linux's form: errors are small negative numbers.
#[inline]
pub fn encode(answer: Answer) -> c_long {
    match answer {
        Ok(value) => value,
        Err(error) => -(error.0 as c_long),
    }
}

/// Ends the run as a failure with a message.
pub fn fail(message: &core::ffi::CStr) -> ! {
    // libos/include/zeroos/host.h: ZEROOS_HALT.
    const HALT: c_int = 4;
    extern "C" {
        fn zeroos_fail(reason: c_int, message: *const c_char) -> !;
    }
    unsafe { zeroos_fail(HALT, message.as_ptr()) }
}

/// Whether any of so many bytes lies outside of the program's memory; then a handler answers
/// `EFAULT`.
pub fn is_outside(address: usize, size: usize) -> bool {
    // libos/include/zeroos/image.h: struct zeroos_memory.
    #[repr(C)]
    struct Memory {
        start: usize,
        size: usize,
    }
    extern "C" {
        static zeroos_memory: Memory;
    }
    let memory = unsafe { &*core::ptr::addr_of!(zeroos_memory) };
    let offset = address.wrapping_sub(memory.start);
    offset > memory.size || size > memory.size - offset
}
