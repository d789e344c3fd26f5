// SPDX-License-Identifier: MIT OR Apache-2.0
//! A trait per subsystem, with its handlers; each answers ENOSYS until it is implemented.
//!
//! Made by zeroos-build VERSION from syscall_specs/; do not edit.
#![allow(clippy::missing_safety_doc)]
use crate::types::*;
use crate::Errno;

/// A subsystem that a project adds.
pub trait Mine {
    /// Sees all registers.
    unsafe fn mine_frame(frame: *mut Frame) -> Answer {
        let _ = (frame,);
        Err(Errno::ENOSYS)
    }
    /// Ends the run.
    #[cfg(target_pointer_width = "64")]
    unsafe fn mine_stop(status: c_int) -> ! {
        let _ = (status,);
        crate::fail(c"mine_stop is exported and not implemented")
    }
    /// Adds up numbers.
    ///
    /// Errors: EFAULT, EINVAL.
    unsafe fn mine_sum(r#type: *const c_uint, count: usize, time: *mut timespec, names: *const *const c_char, mode: c_uint) -> Answer {
        let _ = (r#type, count, time, names, mode,);
        Err(Errno::ENOSYS)
    }
}

/// Exports functions of an implementation of [`Mine`] as handlers.
#[macro_export]
macro_rules! export_mine {
    (@ $who:ty, mine_frame) => {
        #[no_mangle]
        unsafe extern "C" fn sys_mine_frame(frame: *mut $crate::types::Frame) -> $crate::types::c_long {
            $crate::encode(unsafe { <$who as $crate::Mine>::mine_frame(frame) })
        }
    };
    (@ $who:ty, mine_stop) => {
        #[cfg(target_pointer_width = "64")]
        #[no_mangle]
        unsafe extern "C" fn sys_mine_stop(status: $crate::types::c_int) -> ! {
            unsafe { <$who as $crate::Mine>::mine_stop(status) }
        }
    };
    (@ $who:ty, mine_sum) => {
        #[no_mangle]
        unsafe extern "C" fn sys_mine_sum(r#type: *const $crate::types::c_uint, count: usize, time: *mut $crate::types::timespec, names: *const *const $crate::types::c_char, mode: $crate::types::c_uint) -> $crate::types::c_long {
            $crate::encode(unsafe { <$who as $crate::Mine>::mine_sum(r#type, count, time, names, mode) })
        }
    };
    ($who:ty: $($call:ident),+ $(,)?) => {
        $($crate::export_mine!(@ $who, $call);)+
    };
}
