// SPDX-License-Identifier: MIT OR Apache-2.0
//! A handler of each subsystem, as the libOS has it in C.
#![no_std]

mod socket;

use core::mem::size_of;
use zeroos_abi::flags::*;
use zeroos_abi::handlers::{sys_tkill, sys_write};
use zeroos_abi::types::*;
use zeroos_abi::{is_outside, Errno};

struct Handlers;

const PAGE: usize = 4096;
/// What Linux moves at once: linux/fs.h.
const MAX_RW_COUNT: usize = 0x7fff_f000;

extern "C" {
    static zeroos_stack_low: [c_ulong; 0];
    static zeroos_stack_high: [c_ulong; 0];
    fn zeroos_range_mapped(start: usize, size: usize) -> bool;
    fn zeroos_range_in_heap(start: usize, size: usize) -> bool;
    fn zeroos_yield();
    fn zeroos_cpu_clock(clock: c_int) -> bool;
    fn zeroos_take_signals() -> bool;
    fn zeroos_random_bytes(buffer: *mut c_void, length: usize, secure: bool);
}

fn outside<T>(pointer: *const T) -> bool {
    is_outside(pointer as usize, size_of::<T>())
}

impl zeroos_abi::Process for Handlers {
    unsafe fn prlimit64(pid: c_int, resource: c_uint, new: *const rlimit64, old: *mut rlimit64) -> Answer {
        if resource > RLIMIT_RTTIME {
            return Err(Errno::EINVAL);
        }
        if pid != 0 && pid != 1 {
            return Err(Errno::ESRCH);
        }
        if !new.is_null() {
            if outside(new) {
                return Err(Errno::EFAULT);
            }
            if (*new).rlim_cur > (*new).rlim_max {
                return Err(Errno::EINVAL);
            }
        }
        if !old.is_null() {
            if outside(old) {
                return Err(Errno::EFAULT);
            }
            let low = core::ptr::addr_of!(zeroos_stack_low) as usize;
            let high = core::ptr::addr_of!(zeroos_stack_high) as usize;
            let limit = match resource {
                RLIMIT_STACK => (high - low) as u64,
                RLIMIT_NOFILE => 1024,
                RLIMIT_CORE => 0,
                _ => RLIM64_INFINITY,
            };
            old.write(rlimit64 { rlim_cur: limit, rlim_max: limit });
        }
        Ok(0)
    }
}

impl zeroos_abi::Memory for Handlers {
    unsafe fn madvise(address: *mut c_void, length: usize, advice: c_int) -> Answer {
        let start = address as usize;
        let size = length.wrapping_add(PAGE - 1) & !(PAGE - 1);
        let known = (MADV_NORMAL..=MADV_DONTNEED).contains(&advice)
            || ((MADV_FREE..=MADV_COLLAPSE).contains(&advice) && advice != MADV_REMOVE);
        if !known || start % PAGE != 0 || (length != 0 && size == 0) {
            return Err(Errno::EINVAL);
        }
        if size == 0 {
            return Ok(0);
        }
        if !zeroos_range_mapped(start, size) {
            return Err(Errno::ENOMEM);
        }
        if advice == MADV_DONTNEED || advice == MADV_DONTNEED_LOCKED {
            if !zeroos_range_in_heap(start, size) {
                return Err(Errno::EINVAL);
            }
            core::ptr::write_bytes(address as *mut u8, 0, size);
        }
        Ok(0)
    }
}

impl zeroos_abi::Threads for Handlers {
    unsafe fn sched_yield() -> Answer {
        zeroos_yield();
        zeroos_take_signals();
        Ok(0)
    }
}

impl zeroos_abi::Signals for Handlers {
    unsafe fn tgkill(tgid: c_int, tid: c_int, signal: c_int) -> Answer {
        if tgid <= 0 {
            return Err(Errno::EINVAL);
        }
        if tgid != 1 {
            return Err(Errno::ESRCH);
        }
        // In the same object of the libOS as the handler that this one replaces.
        Ok(sys_tkill(tid, signal))
    }
}

impl zeroos_abi::Vfs for Handlers {
    unsafe fn writev(fd: c_int, vector: *const iovec, count: c_int) -> Answer {
        let refused = sys_write(fd, core::ptr::null(), 0);
        if refused < 0 {
            return Ok(refused);
        }
        if !(0..=1024).contains(&count) {
            return Err(Errno::EINVAL);
        }
        if count == 0 {
            return Ok(0);
        }
        if is_outside(vector as usize, count as usize * size_of::<iovec>()) {
            return Err(Errno::EFAULT);
        }
        let pieces = core::slice::from_raw_parts(vector, count as usize);
        let mut sum = 0usize;
        for piece in pieces {
            let length = piece.iov_len as usize;
            if length > isize::MAX as usize {
                return Err(Errno::EINVAL);
            }
            if length != 0 && is_outside(piece.iov_base as usize, length) {
                return Err(Errno::EFAULT);
            }
            sum += length;
        }
        if sum > MAX_RW_COUNT {
            return Err(Errno::EINVAL);
        }
        let mut total = 0;
        for piece in pieces.iter().filter(|piece| piece.iov_len != 0) {
            let done = sys_write(fd, piece.iov_base, piece.iov_len as usize);
            if done < 0 {
                return Ok(if total != 0 { total } else { done });
            }
            total += done;
            if (done as c_ulong) < piece.iov_len {
                break;
            }
        }
        Ok(total)
    }
}

impl zeroos_abi::Random for Handlers {
    unsafe fn getrandom(buffer: *mut c_void, length: usize, flags: c_uint) -> Answer {
        let both = GRND_RANDOM | GRND_INSECURE;
        if flags & !(GRND_NONBLOCK | both) != 0 || flags & both == both {
            return Err(Errno::EINVAL);
        }
        let length = length.min(i32::MAX as usize);
        if is_outside(buffer as usize, length) {
            return Err(Errno::EFAULT);
        }
        zeroos_random_bytes(buffer, length, flags & GRND_INSECURE == 0);
        Ok(length as c_long)
    }
}

impl zeroos_abi::Time for Handlers {
    unsafe fn clock_getres(clock: c_int, resolution: *mut timespec) -> Answer {
        // Number 10 was CLOCK_SGI_CYCLE.
        let common = (CLOCK_REALTIME..=CLOCK_TAI).contains(&clock) && clock != 10;
        if !common && !zeroos_cpu_clock(clock) {
            return Err(Errno::EINVAL);
        }
        if resolution.is_null() {
            return Ok(0);
        }
        if outside(resolution) {
            return Err(Errno::EFAULT);
        }
        resolution.write(timespec { tv_sec: 0, tv_nsec: 1000 });
        Ok(0)
    }
}

impl zeroos_abi::Socket for Handlers {
    unsafe fn socketpair(family: c_int, kind: c_int, protocol: c_int, fds: *mut c_int) -> Answer {
        socket::socketpair(family, kind, protocol, fds)
    }
}

zeroos_abi::export_process!(Handlers: prlimit64);
zeroos_abi::export_memory!(Handlers: madvise);
zeroos_abi::export_threads!(Handlers: sched_yield);
zeroos_abi::export_signals!(Handlers: tgkill);
zeroos_abi::export_vfs!(Handlers: writev);
zeroos_abi::export_random!(Handlers: getrandom);
zeroos_abi::export_socket!(Handlers: socketpair);
zeroos_abi::export_time!(Handlers: clock_getres);

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    zeroos_abi::fail(c"a handler panicked")
}
