// SPDX-License-Identifier: MIT OR Apache-2.0
//! Structures in the program's memory, laid out as the kernel does.
//!
//! Made by zeroos-build VERSION from syscall_specs/; do not edit.
#![allow(non_camel_case_types)]
use core::ffi::{
    c_char, c_int, c_long, c_longlong, c_short, c_uint, c_ulong, c_ulonglong, c_ushort, c_void,
};
use core::mem::{offset_of, size_of};

/// `struct __kernel_timespec` of linux/time_types.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct timespec {
    pub tv_sec: c_longlong,
    pub tv_nsec: c_longlong,
}

impl timespec {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<timespec>() == 16);
    assert!(offset_of!(timespec, tv_sec) == 0);
    assert!(offset_of!(timespec, tv_nsec) == 8);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<timespec>() == 16);
    assert!(offset_of!(timespec, tv_sec) == 0);
    assert!(offset_of!(timespec, tv_nsec) == 8);
};

/// `struct __kernel_old_timeval` of linux/time_types.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct timeval {
    pub tv_sec: c_long,
    pub tv_usec: c_long,
}

impl timeval {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<timeval>() == 16);
    assert!(offset_of!(timeval, tv_sec) == 0);
    assert!(offset_of!(timeval, tv_usec) == 8);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<timeval>() == 8);
    assert!(offset_of!(timeval, tv_sec) == 0);
    assert!(offset_of!(timeval, tv_usec) == 4);
};

/// `struct timezone` of linux/time.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct timezone {
    pub tz_minuteswest: c_int,
    pub tz_dsttime: c_int,
}

impl timezone {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<timezone>() == 8);
    assert!(offset_of!(timezone, tz_minuteswest) == 0);
    assert!(offset_of!(timezone, tz_dsttime) == 4);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<timezone>() == 8);
    assert!(offset_of!(timezone, tz_minuteswest) == 0);
    assert!(offset_of!(timezone, tz_dsttime) == 4);
};

/// `struct __kernel_itimerspec` of linux/time_types.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct itimerspec {
    pub it_interval: timespec,
    pub it_value: timespec,
}

impl itimerspec {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<itimerspec>() == 32);
    assert!(offset_of!(itimerspec, it_interval) == 0);
    assert!(offset_of!(itimerspec, it_value) == 16);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<itimerspec>() == 32);
    assert!(offset_of!(itimerspec, it_interval) == 0);
    assert!(offset_of!(itimerspec, it_value) == 16);
};

/// `struct __kernel_old_itimerval` of linux/time_types.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct itimerval {
    pub it_interval: timeval,
    pub it_value: timeval,
}

impl itimerval {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<itimerval>() == 32);
    assert!(offset_of!(itimerval, it_interval) == 0);
    assert!(offset_of!(itimerval, it_value) == 16);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<itimerval>() == 16);
    assert!(offset_of!(itimerval, it_interval) == 0);
    assert!(offset_of!(itimerval, it_value) == 8);
};

/// `struct tms` of linux/times.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct tms {
    pub tms_utime: c_long,
    pub tms_stime: c_long,
    pub tms_cutime: c_long,
    pub tms_cstime: c_long,
}

impl tms {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<tms>() == 32);
    assert!(offset_of!(tms, tms_utime) == 0);
    assert!(offset_of!(tms, tms_stime) == 8);
    assert!(offset_of!(tms, tms_cutime) == 16);
    assert!(offset_of!(tms, tms_cstime) == 24);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<tms>() == 16);
    assert!(offset_of!(tms, tms_utime) == 0);
    assert!(offset_of!(tms, tms_stime) == 4);
    assert!(offset_of!(tms, tms_cutime) == 8);
    assert!(offset_of!(tms, tms_cstime) == 12);
};

/// `struct iovec` of linux/uio.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct iovec {
    pub iov_base: *mut c_void,
    pub iov_len: c_ulong,
}

impl iovec {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<iovec>() == 16);
    assert!(offset_of!(iovec, iov_base) == 0);
    assert!(offset_of!(iovec, iov_len) == 8);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<iovec>() == 8);
    assert!(offset_of!(iovec, iov_base) == 0);
    assert!(offset_of!(iovec, iov_len) == 4);
};

/// `struct pollfd` of asm/poll.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct pollfd {
    pub fd: c_int,
    pub events: c_short,
    pub revents: c_short,
}

impl pollfd {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<pollfd>() == 8);
    assert!(offset_of!(pollfd, fd) == 0);
    assert!(offset_of!(pollfd, events) == 4);
    assert!(offset_of!(pollfd, revents) == 6);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<pollfd>() == 8);
    assert!(offset_of!(pollfd, fd) == 0);
    assert!(offset_of!(pollfd, events) == 4);
    assert!(offset_of!(pollfd, revents) == 6);
};

/// `struct stat` of asm/stat.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct stat {
    pub st_dev: c_ulong,
    pub st_ino: c_ulong,
    pub st_mode: c_uint,
    pub st_nlink: c_uint,
    pub st_uid: c_uint,
    pub st_gid: c_uint,
    pub st_rdev: c_ulong,
    pub _pad1: c_ulong,
    pub st_size: c_long,
    pub st_blksize: c_int,
    pub _pad2: c_int,
    pub st_blocks: c_long,
    pub st_atime: c_long,
    pub st_atime_nsec: c_ulong,
    pub st_mtime: c_long,
    pub st_mtime_nsec: c_ulong,
    pub st_ctime: c_long,
    pub st_ctime_nsec: c_ulong,
    pub _unused4: c_uint,
    pub _unused5: c_uint,
}

impl stat {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<stat>() == 128);
    assert!(offset_of!(stat, st_dev) == 0);
    assert!(offset_of!(stat, st_ino) == 8);
    assert!(offset_of!(stat, st_mode) == 16);
    assert!(offset_of!(stat, st_nlink) == 20);
    assert!(offset_of!(stat, st_uid) == 24);
    assert!(offset_of!(stat, st_gid) == 28);
    assert!(offset_of!(stat, st_rdev) == 32);
    assert!(offset_of!(stat, _pad1) == 40);
    assert!(offset_of!(stat, st_size) == 48);
    assert!(offset_of!(stat, st_blksize) == 56);
    assert!(offset_of!(stat, _pad2) == 60);
    assert!(offset_of!(stat, st_blocks) == 64);
    assert!(offset_of!(stat, st_atime) == 72);
    assert!(offset_of!(stat, st_atime_nsec) == 80);
    assert!(offset_of!(stat, st_mtime) == 88);
    assert!(offset_of!(stat, st_mtime_nsec) == 96);
    assert!(offset_of!(stat, st_ctime) == 104);
    assert!(offset_of!(stat, st_ctime_nsec) == 112);
    assert!(offset_of!(stat, _unused4) == 120);
    assert!(offset_of!(stat, _unused5) == 124);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<stat>() == 80);
    assert!(offset_of!(stat, st_dev) == 0);
    assert!(offset_of!(stat, st_ino) == 4);
    assert!(offset_of!(stat, st_mode) == 8);
    assert!(offset_of!(stat, st_nlink) == 12);
    assert!(offset_of!(stat, st_uid) == 16);
    assert!(offset_of!(stat, st_gid) == 20);
    assert!(offset_of!(stat, st_rdev) == 24);
    assert!(offset_of!(stat, _pad1) == 28);
    assert!(offset_of!(stat, st_size) == 32);
    assert!(offset_of!(stat, st_blksize) == 36);
    assert!(offset_of!(stat, _pad2) == 40);
    assert!(offset_of!(stat, st_blocks) == 44);
    assert!(offset_of!(stat, st_atime) == 48);
    assert!(offset_of!(stat, st_atime_nsec) == 52);
    assert!(offset_of!(stat, st_mtime) == 56);
    assert!(offset_of!(stat, st_mtime_nsec) == 60);
    assert!(offset_of!(stat, st_ctime) == 64);
    assert!(offset_of!(stat, st_ctime_nsec) == 68);
    assert!(offset_of!(stat, _unused4) == 72);
    assert!(offset_of!(stat, _unused5) == 76);
};

/// `struct statx_timestamp` of linux/stat.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct statx_timestamp {
    pub tv_sec: c_longlong,
    pub tv_nsec: c_uint,
    pub _reserved: c_int,
}

impl statx_timestamp {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<statx_timestamp>() == 16);
    assert!(offset_of!(statx_timestamp, tv_sec) == 0);
    assert!(offset_of!(statx_timestamp, tv_nsec) == 8);
    assert!(offset_of!(statx_timestamp, _reserved) == 12);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<statx_timestamp>() == 16);
    assert!(offset_of!(statx_timestamp, tv_sec) == 0);
    assert!(offset_of!(statx_timestamp, tv_nsec) == 8);
    assert!(offset_of!(statx_timestamp, _reserved) == 12);
};

/// `struct statx` of linux/stat.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct statx {
    pub stx_mask: c_uint,
    pub stx_blksize: c_uint,
    pub stx_attributes: c_ulonglong,
    pub stx_nlink: c_uint,
    pub stx_uid: c_uint,
    pub stx_gid: c_uint,
    pub stx_mode: c_ushort,
    pub _spare0: c_ushort,
    pub stx_ino: c_ulonglong,
    pub stx_size: c_ulonglong,
    pub stx_blocks: c_ulonglong,
    pub stx_attributes_mask: c_ulonglong,
    pub stx_atime: statx_timestamp,
    pub stx_btime: statx_timestamp,
    pub stx_ctime: statx_timestamp,
    pub stx_mtime: statx_timestamp,
    pub stx_rdev_major: c_uint,
    pub stx_rdev_minor: c_uint,
    pub stx_dev_major: c_uint,
    pub stx_dev_minor: c_uint,
    pub stx_mnt_id: c_ulonglong,
    #[cfg(target_pointer_width = "64")]
    pub _reserved: [u8; 104],
    #[cfg(target_pointer_width = "32")]
    pub _reserved: [u8; 104],
}

impl statx {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<statx>() == 256);
    assert!(offset_of!(statx, stx_mask) == 0);
    assert!(offset_of!(statx, stx_blksize) == 4);
    assert!(offset_of!(statx, stx_attributes) == 8);
    assert!(offset_of!(statx, stx_nlink) == 16);
    assert!(offset_of!(statx, stx_uid) == 20);
    assert!(offset_of!(statx, stx_gid) == 24);
    assert!(offset_of!(statx, stx_mode) == 28);
    assert!(offset_of!(statx, _spare0) == 30);
    assert!(offset_of!(statx, stx_ino) == 32);
    assert!(offset_of!(statx, stx_size) == 40);
    assert!(offset_of!(statx, stx_blocks) == 48);
    assert!(offset_of!(statx, stx_attributes_mask) == 56);
    assert!(offset_of!(statx, stx_atime) == 64);
    assert!(offset_of!(statx, stx_btime) == 80);
    assert!(offset_of!(statx, stx_ctime) == 96);
    assert!(offset_of!(statx, stx_mtime) == 112);
    assert!(offset_of!(statx, stx_rdev_major) == 128);
    assert!(offset_of!(statx, stx_rdev_minor) == 132);
    assert!(offset_of!(statx, stx_dev_major) == 136);
    assert!(offset_of!(statx, stx_dev_minor) == 140);
    assert!(offset_of!(statx, stx_mnt_id) == 144);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<statx>() == 256);
    assert!(offset_of!(statx, stx_mask) == 0);
    assert!(offset_of!(statx, stx_blksize) == 4);
    assert!(offset_of!(statx, stx_attributes) == 8);
    assert!(offset_of!(statx, stx_nlink) == 16);
    assert!(offset_of!(statx, stx_uid) == 20);
    assert!(offset_of!(statx, stx_gid) == 24);
    assert!(offset_of!(statx, stx_mode) == 28);
    assert!(offset_of!(statx, _spare0) == 30);
    assert!(offset_of!(statx, stx_ino) == 32);
    assert!(offset_of!(statx, stx_size) == 40);
    assert!(offset_of!(statx, stx_blocks) == 48);
    assert!(offset_of!(statx, stx_attributes_mask) == 56);
    assert!(offset_of!(statx, stx_atime) == 64);
    assert!(offset_of!(statx, stx_btime) == 80);
    assert!(offset_of!(statx, stx_ctime) == 96);
    assert!(offset_of!(statx, stx_mtime) == 112);
    assert!(offset_of!(statx, stx_rdev_major) == 128);
    assert!(offset_of!(statx, stx_rdev_minor) == 132);
    assert!(offset_of!(statx, stx_dev_major) == 136);
    assert!(offset_of!(statx, stx_dev_minor) == 140);
    assert!(offset_of!(statx, stx_mnt_id) == 144);
};

/// `__kernel_fsid_t` of asm/statfs.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct fsid {
    pub val: [c_int; 2],
}

impl fsid {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<fsid>() == 8);
    assert!(offset_of!(fsid, val) == 0);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<fsid>() == 8);
    assert!(offset_of!(fsid, val) == 0);
};

/// `struct statfs` of asm/statfs.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct statfs {
    pub f_type: c_long,
    pub f_bsize: c_long,
    pub f_blocks: c_ulong,
    pub f_bfree: c_ulong,
    pub f_bavail: c_ulong,
    pub f_files: c_ulong,
    pub f_ffree: c_ulong,
    pub f_fsid: fsid,
    pub f_namelen: c_long,
    pub f_frsize: c_long,
    pub f_flags: c_long,
    pub _spare: [c_long; 4],
}

impl statfs {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<statfs>() == 120);
    assert!(offset_of!(statfs, f_type) == 0);
    assert!(offset_of!(statfs, f_bsize) == 8);
    assert!(offset_of!(statfs, f_blocks) == 16);
    assert!(offset_of!(statfs, f_bfree) == 24);
    assert!(offset_of!(statfs, f_bavail) == 32);
    assert!(offset_of!(statfs, f_files) == 40);
    assert!(offset_of!(statfs, f_ffree) == 48);
    assert!(offset_of!(statfs, f_fsid) == 56);
    assert!(offset_of!(statfs, f_namelen) == 64);
    assert!(offset_of!(statfs, f_frsize) == 72);
    assert!(offset_of!(statfs, f_flags) == 80);
    assert!(offset_of!(statfs, _spare) == 88);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<statfs>() == 64);
    assert!(offset_of!(statfs, f_type) == 0);
    assert!(offset_of!(statfs, f_bsize) == 4);
    assert!(offset_of!(statfs, f_blocks) == 8);
    assert!(offset_of!(statfs, f_bfree) == 12);
    assert!(offset_of!(statfs, f_bavail) == 16);
    assert!(offset_of!(statfs, f_files) == 20);
    assert!(offset_of!(statfs, f_ffree) == 24);
    assert!(offset_of!(statfs, f_fsid) == 28);
    assert!(offset_of!(statfs, f_namelen) == 36);
    assert!(offset_of!(statfs, f_frsize) == 40);
    assert!(offset_of!(statfs, f_flags) == 44);
    assert!(offset_of!(statfs, _spare) == 48);
};

/// `struct statfs64` of asm/statfs.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct statfs64 {
    pub f_type: c_long,
    pub f_bsize: c_long,
    pub f_blocks: c_ulonglong,
    pub f_bfree: c_ulonglong,
    pub f_bavail: c_ulonglong,
    pub f_files: c_ulonglong,
    pub f_ffree: c_ulonglong,
    pub f_fsid: fsid,
    pub f_namelen: c_long,
    pub f_frsize: c_long,
    pub f_flags: c_long,
    pub _spare: [c_long; 4],
}

impl statfs64 {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<statfs64>() == 120);
    assert!(offset_of!(statfs64, f_type) == 0);
    assert!(offset_of!(statfs64, f_bsize) == 8);
    assert!(offset_of!(statfs64, f_blocks) == 16);
    assert!(offset_of!(statfs64, f_bfree) == 24);
    assert!(offset_of!(statfs64, f_bavail) == 32);
    assert!(offset_of!(statfs64, f_files) == 40);
    assert!(offset_of!(statfs64, f_ffree) == 48);
    assert!(offset_of!(statfs64, f_fsid) == 56);
    assert!(offset_of!(statfs64, f_namelen) == 64);
    assert!(offset_of!(statfs64, f_frsize) == 72);
    assert!(offset_of!(statfs64, f_flags) == 80);
    assert!(offset_of!(statfs64, _spare) == 88);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<statfs64>() == 88);
    assert!(offset_of!(statfs64, f_type) == 0);
    assert!(offset_of!(statfs64, f_bsize) == 4);
    assert!(offset_of!(statfs64, f_blocks) == 8);
    assert!(offset_of!(statfs64, f_bfree) == 16);
    assert!(offset_of!(statfs64, f_bavail) == 24);
    assert!(offset_of!(statfs64, f_files) == 32);
    assert!(offset_of!(statfs64, f_ffree) == 40);
    assert!(offset_of!(statfs64, f_fsid) == 48);
    assert!(offset_of!(statfs64, f_namelen) == 56);
    assert!(offset_of!(statfs64, f_frsize) == 60);
    assert!(offset_of!(statfs64, f_flags) == 64);
    assert!(offset_of!(statfs64, _spare) == 68);
};

/// `struct flock` of asm/fcntl.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct flock {
    pub l_type: c_short,
    pub l_whence: c_short,
    pub l_start: c_long,
    pub l_len: c_long,
    pub l_pid: c_int,
}

impl flock {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<flock>() == 32);
    assert!(offset_of!(flock, l_type) == 0);
    assert!(offset_of!(flock, l_whence) == 2);
    assert!(offset_of!(flock, l_start) == 8);
    assert!(offset_of!(flock, l_len) == 16);
    assert!(offset_of!(flock, l_pid) == 24);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<flock>() == 16);
    assert!(offset_of!(flock, l_type) == 0);
    assert!(offset_of!(flock, l_whence) == 2);
    assert!(offset_of!(flock, l_start) == 4);
    assert!(offset_of!(flock, l_len) == 8);
    assert!(offset_of!(flock, l_pid) == 12);
};

/// `struct new_utsname` of linux/utsname.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct new_utsname {
    pub sysname: [c_char; 65],
    pub nodename: [c_char; 65],
    pub release: [c_char; 65],
    pub version: [c_char; 65],
    pub machine: [c_char; 65],
    pub domainname: [c_char; 65],
}

impl new_utsname {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<new_utsname>() == 390);
    assert!(offset_of!(new_utsname, sysname) == 0);
    assert!(offset_of!(new_utsname, nodename) == 65);
    assert!(offset_of!(new_utsname, release) == 130);
    assert!(offset_of!(new_utsname, version) == 195);
    assert!(offset_of!(new_utsname, machine) == 260);
    assert!(offset_of!(new_utsname, domainname) == 325);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<new_utsname>() == 390);
    assert!(offset_of!(new_utsname, sysname) == 0);
    assert!(offset_of!(new_utsname, nodename) == 65);
    assert!(offset_of!(new_utsname, release) == 130);
    assert!(offset_of!(new_utsname, version) == 195);
    assert!(offset_of!(new_utsname, machine) == 260);
    assert!(offset_of!(new_utsname, domainname) == 325);
};

/// `struct rlimit64` of linux/resource.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct rlimit64 {
    pub rlim_cur: c_ulonglong,
    pub rlim_max: c_ulonglong,
}

impl rlimit64 {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<rlimit64>() == 16);
    assert!(offset_of!(rlimit64, rlim_cur) == 0);
    assert!(offset_of!(rlimit64, rlim_max) == 8);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<rlimit64>() == 16);
    assert!(offset_of!(rlimit64, rlim_cur) == 0);
    assert!(offset_of!(rlimit64, rlim_max) == 8);
};

/// `struct rusage` of linux/resource.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct rusage {
    pub ru_utime: timeval,
    pub ru_stime: timeval,
    pub ru_maxrss: c_long,
    pub ru_ixrss: c_long,
    pub ru_idrss: c_long,
    pub ru_isrss: c_long,
    pub ru_minflt: c_long,
    pub ru_majflt: c_long,
    pub ru_nswap: c_long,
    pub ru_inblock: c_long,
    pub ru_oublock: c_long,
    pub ru_msgsnd: c_long,
    pub ru_msgrcv: c_long,
    pub ru_nsignals: c_long,
    pub ru_nvcsw: c_long,
    pub ru_nivcsw: c_long,
}

impl rusage {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<rusage>() == 144);
    assert!(offset_of!(rusage, ru_utime) == 0);
    assert!(offset_of!(rusage, ru_stime) == 16);
    assert!(offset_of!(rusage, ru_maxrss) == 32);
    assert!(offset_of!(rusage, ru_ixrss) == 40);
    assert!(offset_of!(rusage, ru_idrss) == 48);
    assert!(offset_of!(rusage, ru_isrss) == 56);
    assert!(offset_of!(rusage, ru_minflt) == 64);
    assert!(offset_of!(rusage, ru_majflt) == 72);
    assert!(offset_of!(rusage, ru_nswap) == 80);
    assert!(offset_of!(rusage, ru_inblock) == 88);
    assert!(offset_of!(rusage, ru_oublock) == 96);
    assert!(offset_of!(rusage, ru_msgsnd) == 104);
    assert!(offset_of!(rusage, ru_msgrcv) == 112);
    assert!(offset_of!(rusage, ru_nsignals) == 120);
    assert!(offset_of!(rusage, ru_nvcsw) == 128);
    assert!(offset_of!(rusage, ru_nivcsw) == 136);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<rusage>() == 72);
    assert!(offset_of!(rusage, ru_utime) == 0);
    assert!(offset_of!(rusage, ru_stime) == 8);
    assert!(offset_of!(rusage, ru_maxrss) == 16);
    assert!(offset_of!(rusage, ru_ixrss) == 20);
    assert!(offset_of!(rusage, ru_idrss) == 24);
    assert!(offset_of!(rusage, ru_isrss) == 28);
    assert!(offset_of!(rusage, ru_minflt) == 32);
    assert!(offset_of!(rusage, ru_majflt) == 36);
    assert!(offset_of!(rusage, ru_nswap) == 40);
    assert!(offset_of!(rusage, ru_inblock) == 44);
    assert!(offset_of!(rusage, ru_oublock) == 48);
    assert!(offset_of!(rusage, ru_msgsnd) == 52);
    assert!(offset_of!(rusage, ru_msgrcv) == 56);
    assert!(offset_of!(rusage, ru_nsignals) == 60);
    assert!(offset_of!(rusage, ru_nvcsw) == 64);
    assert!(offset_of!(rusage, ru_nivcsw) == 68);
};

/// `struct sysinfo` of linux/sysinfo.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct sysinfo {
    pub uptime: c_long,
    pub loads: [c_ulong; 3],
    pub totalram: c_ulong,
    pub freeram: c_ulong,
    pub sharedram: c_ulong,
    pub bufferram: c_ulong,
    pub totalswap: c_ulong,
    pub freeswap: c_ulong,
    pub procs: c_ushort,
    pub _pad: c_ushort,
    pub totalhigh: c_ulong,
    pub freehigh: c_ulong,
    pub mem_unit: c_uint,
    #[cfg(target_pointer_width = "32")]
    pub _reserved: [u8; 8],
}

impl sysinfo {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<sysinfo>() == 112);
    assert!(offset_of!(sysinfo, uptime) == 0);
    assert!(offset_of!(sysinfo, loads) == 8);
    assert!(offset_of!(sysinfo, totalram) == 32);
    assert!(offset_of!(sysinfo, freeram) == 40);
    assert!(offset_of!(sysinfo, sharedram) == 48);
    assert!(offset_of!(sysinfo, bufferram) == 56);
    assert!(offset_of!(sysinfo, totalswap) == 64);
    assert!(offset_of!(sysinfo, freeswap) == 72);
    assert!(offset_of!(sysinfo, procs) == 80);
    assert!(offset_of!(sysinfo, _pad) == 82);
    assert!(offset_of!(sysinfo, totalhigh) == 88);
    assert!(offset_of!(sysinfo, freehigh) == 96);
    assert!(offset_of!(sysinfo, mem_unit) == 104);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<sysinfo>() == 64);
    assert!(offset_of!(sysinfo, uptime) == 0);
    assert!(offset_of!(sysinfo, loads) == 4);
    assert!(offset_of!(sysinfo, totalram) == 16);
    assert!(offset_of!(sysinfo, freeram) == 20);
    assert!(offset_of!(sysinfo, sharedram) == 24);
    assert!(offset_of!(sysinfo, bufferram) == 28);
    assert!(offset_of!(sysinfo, totalswap) == 32);
    assert!(offset_of!(sysinfo, freeswap) == 36);
    assert!(offset_of!(sysinfo, procs) == 40);
    assert!(offset_of!(sysinfo, _pad) == 42);
    assert!(offset_of!(sysinfo, totalhigh) == 44);
    assert!(offset_of!(sysinfo, freehigh) == 48);
    assert!(offset_of!(sysinfo, mem_unit) == 52);
};

/// `int` of linux/types.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct sched_param {
    pub sched_priority: c_int,
}

impl sched_param {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<sched_param>() == 4);
    assert!(offset_of!(sched_param, sched_priority) == 0);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<sched_param>() == 4);
    assert!(offset_of!(sched_param, sched_priority) == 0);
};

/// `sigset_t` of asm/signal.h.
#[repr(C)]
#[cfg_attr(target_pointer_width = "64", repr(align(8)))]
#[derive(Clone, Copy, Debug)]
pub struct sigset {
    pub sig: [c_uint; 2],
}

impl sigset {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<sigset>() == 8);
    assert!(offset_of!(sigset, sig) == 0);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<sigset>() == 8);
    assert!(offset_of!(sigset, sig) == 0);
};

/// `struct sigaction` of asm/signal.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct sigaction {
    pub sa_handler: *mut c_void,
    pub sa_flags: c_ulong,
    pub sa_mask: sigset,
}

impl sigaction {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<sigaction>() == 24);
    assert!(offset_of!(sigaction, sa_handler) == 0);
    assert!(offset_of!(sigaction, sa_flags) == 8);
    assert!(offset_of!(sigaction, sa_mask) == 16);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<sigaction>() == 16);
    assert!(offset_of!(sigaction, sa_handler) == 0);
    assert!(offset_of!(sigaction, sa_flags) == 4);
    assert!(offset_of!(sigaction, sa_mask) == 8);
};

/// `stack_t` of asm/signal.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct sigaltstack {
    pub ss_sp: *mut c_void,
    pub ss_flags: c_int,
    pub ss_size: c_ulong,
}

impl sigaltstack {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<sigaltstack>() == 24);
    assert!(offset_of!(sigaltstack, ss_sp) == 0);
    assert!(offset_of!(sigaltstack, ss_flags) == 8);
    assert!(offset_of!(sigaltstack, ss_size) == 16);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<sigaltstack>() == 12);
    assert!(offset_of!(sigaltstack, ss_sp) == 0);
    assert!(offset_of!(sigaltstack, ss_flags) == 4);
    assert!(offset_of!(sigaltstack, ss_size) == 8);
};

/// `siginfo_t` of asm/siginfo.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct siginfo {
    pub si_signo: c_int,
    pub si_errno: c_int,
    pub si_code: c_int,
    #[cfg(target_pointer_width = "64")]
    pub _gap3: [u8; 4],
    pub si_pid: c_int,
    pub si_uid: c_uint,
    pub si_value: *mut c_void,
    #[cfg(target_pointer_width = "64")]
    pub _reserved: [u8; 96],
    #[cfg(target_pointer_width = "32")]
    pub _reserved: [u8; 104],
}

impl siginfo {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<siginfo>() == 128);
    assert!(offset_of!(siginfo, si_signo) == 0);
    assert!(offset_of!(siginfo, si_errno) == 4);
    assert!(offset_of!(siginfo, si_code) == 8);
    assert!(offset_of!(siginfo, si_pid) == 16);
    assert!(offset_of!(siginfo, si_uid) == 20);
    assert!(offset_of!(siginfo, si_value) == 24);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<siginfo>() == 128);
    assert!(offset_of!(siginfo, si_signo) == 0);
    assert!(offset_of!(siginfo, si_errno) == 4);
    assert!(offset_of!(siginfo, si_code) == 8);
    assert!(offset_of!(siginfo, si_pid) == 12);
    assert!(offset_of!(siginfo, si_uid) == 16);
    assert!(offset_of!(siginfo, si_value) == 20);
};

/// `struct robust_list_head` of linux/futex.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct robust_list_head {
    pub list: *mut c_void,
    pub futex_offset: c_long,
    pub list_op_pending: *mut c_void,
}

impl robust_list_head {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<robust_list_head>() == 24);
    assert!(offset_of!(robust_list_head, list) == 0);
    assert!(offset_of!(robust_list_head, futex_offset) == 8);
    assert!(offset_of!(robust_list_head, list_op_pending) == 16);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<robust_list_head>() == 12);
    assert!(offset_of!(robust_list_head, list) == 0);
    assert!(offset_of!(robust_list_head, futex_offset) == 4);
    assert!(offset_of!(robust_list_head, list_op_pending) == 8);
};

/// `unsigned long` of linux/types.h.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct cpu_set {
    pub bits: c_ulong,
}

impl cpu_set {
    /// All bytes zero.
    pub const fn zeroed() -> Self {
        unsafe { core::mem::MaybeUninit::zeroed().assume_init() }
    }
}
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<cpu_set>() == 8);
    assert!(offset_of!(cpu_set, bits) == 0);
};
#[cfg(target_pointer_width = "32")]
const _: () = {
    assert!(size_of::<cpu_set>() == 4);
    assert!(offset_of!(cpu_set, bits) == 0);
};
