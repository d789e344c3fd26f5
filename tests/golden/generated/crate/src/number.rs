// SPDX-License-Identifier: MIT OR Apache-2.0
//! Numbers of system calls on this machine; names are those of the specs, else Linux's.
//!
//! Made by zeroos-build VERSION from syscall_specs/; do not edit.
use core::ffi::c_long;

#[cfg(target_pointer_width = "64")]
pub const MINE_SUM: c_long = 1000;
#[cfg(target_pointer_width = "64")]
pub const MINE_STOP: c_long = 1001;
#[cfg(target_pointer_width = "64")]
pub const MINE_FRAME: c_long = 1002;

#[cfg(target_pointer_width = "32")]
pub const MINE_SUM: c_long = 1000;
#[cfg(target_pointer_width = "32")]
pub const MINE_FRAME: c_long = 1002;
