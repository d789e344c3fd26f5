// SPDX-License-Identifier: MIT OR Apache-2.0
//! The types of handlers' arguments, in one place.
//!
//! Made by zeroos-build VERSION from syscall_specs/; do not edit.
pub use crate::structs::*;
pub use crate::{Answer, Frame};
pub use core::ffi::{
    c_char, c_int, c_long, c_longlong, c_short, c_uchar, c_uint, c_ulong, c_ulonglong, c_ushort, c_void,
};
