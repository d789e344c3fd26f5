// SPDX-License-Identifier: MIT OR Apache-2.0
//! Our own standard streams. Upstream's code prints as well, and never to these.

use std::fs::File;
use std::os::fd::{AsRawFd, FromRawFd};

pub struct Streams {
    pub out: File,
    pub err: File,
}

impl Streams {
    /// Keeps standard output and error for the guest and gives upstream's code /dev/null instead.
    pub fn take() -> std::io::Result<Self> {
        let nowhere = File::options().write(true).open("/dev/null")?;
        let keep = |fd: libc::c_int| {
            // SAFETY: plain calls on descriptors; the copy has no other owner.
            unsafe {
                let copy = libc::dup(fd);
                if copy < 0 || libc::dup2(nowhere.as_raw_fd(), fd) < 0 {
                    return Err(std::io::Error::last_os_error());
                }
                Ok(File::from_raw_fd(copy))
            }
        };
        Ok(Self {
            out: keep(1)?,
            err: keep(2)?,
        })
    }
}
