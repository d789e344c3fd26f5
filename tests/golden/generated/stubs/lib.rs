//! Handlers of system calls; each answers ENOSYS until it is filled in.
#![no_std]

use zeroos_abi::types::*;
use zeroos_abi::Errno;

pub struct Handlers;

impl zeroos_abi::Mine for Handlers {
    /// Sees all registers.
    unsafe fn mine_frame(frame: *mut Frame) -> Answer {
        let _ = (frame,);
        Err(Errno::ENOSYS)
    }

    /// Ends the run.
    #[cfg(target_pointer_width = "64")]
    unsafe fn mine_stop(status: c_int) -> ! {
        let _ = (status,);
        zeroos_abi::fail(c"mine_stop is not implemented")
    }

    /// Adds up numbers.
    ///
    /// Errors: EFAULT, EINVAL.
    unsafe fn mine_sum(r#type: *const c_uint, count: usize, time: *mut timespec, names: *const *const c_char, mode: c_uint) -> Answer {
        let _ = (r#type, count, time, names, mode,);
        Err(Errno::ENOSYS)
    }
}

zeroos_abi::export_mine!(Handlers: mine_frame, mine_stop, mine_sum);

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    zeroos_abi::fail(c"a handler panicked")
}
