// SPDX-License-Identifier: MIT OR Apache-2.0
//! The handlers of the libOS, for code that calls them.
//!
//! Made by zeroos-build VERSION from syscall_specs/; do not edit.
use crate::types::*;

extern "C" {
    pub fn sys_mine_frame(frame: *mut Frame) -> c_long;
    #[cfg(target_pointer_width = "64")]
    pub fn sys_mine_stop(status: c_int) -> !;
    pub fn sys_mine_sum(r#type: *const c_uint, count: usize, time: *mut timespec, names: *const *const c_char, mode: c_uint) -> c_long;
}
