// SPDX-License-Identifier: MIT OR Apache-2.0
//! Two streams between two sockets, on the libOS's pipes: a node with operations of its own.

use core::mem::size_of;
use core::ptr::{addr_of, addr_of_mut, null_mut};
use zeroos_abi::flags::*;
use zeroos_abi::types::*;
use zeroos_abi::{is_outside, Errno};

// libos/include/zeroos/vfs.h, pipes.h, tree.h and memory.h.
#[repr(C)]
struct Operations {
    read: unsafe extern "C" fn(*mut File, *mut c_void, usize, usize) -> c_long,
    write: unsafe extern "C" fn(*mut File, *const c_void, usize, usize) -> c_long,
    seek: Option<unsafe extern "C" fn(*mut File, c_longlong, c_int) -> c_longlong>,
    more: *const More,
}

#[repr(C)]
struct More {
    open: Option<unsafe extern "C" fn(*mut File, usize) -> c_long>,
    release: unsafe extern "C" fn(*mut File),
    poll: unsafe extern "C" fn(*mut File) -> c_int,
    available: unsafe extern "C" fn(*mut File) -> c_long,
    kind: *const c_char,
}

#[repr(C)]
struct Node {
    operations: *const Operations,
    mode: c_uint,
    device: c_uint,
}

#[repr(C)]
struct File {
    node: *mut Node,
    flags: c_uint,
    references: c_uint,
    entry: *mut c_void,
    position: c_longlong,
}

#[repr(C)]
struct Pipe {
    readers: c_uint,
    writers: c_uint,
    filled: c_int,
    drained: c_int,
    buffer: *mut c_char,
    room: usize,
    start: usize,
    length: usize,
}

#[repr(C)]
struct Pool {
    size: usize,
    free: *mut c_void,
    next: *mut c_char,
    end: *mut c_char,
}

#[repr(C)]
struct Descriptor {
    file: *mut File,
    flags: c_uint,
}

extern "C" {
    static zeroos_descriptors: *mut Descriptor;
    fn zeroos_object_take(pool: *mut Pool) -> *mut c_void;
    fn zeroos_pool_give(pool: *mut Pool, object: *mut c_void);
    fn zeroos_open_node(node: *mut Node, flags: c_uint) -> c_long;
    fn zeroos_release(file: *mut File);
    fn zeroos_new_pipe() -> *mut Pipe;
    fn zeroos_drop_pipe(pipe: *mut Pipe);
    fn zeroos_pipe_read(pipe: *mut Pipe, flags: c_uint, buffer: *mut c_void, size: usize, site: usize) -> c_long;
    fn zeroos_pipe_write(pipe: *mut Pipe, flags: c_uint, buffer: *const c_void, size: usize, site: usize) -> c_long;
    fn zeroos_pipe_close(pipe: *mut Pipe, reader: bool);
}

// ZEROOS_NEEDS: ioctl knows more of an image with this symbol.
core::arch::global_asm!(".globl zeroos_controls");

#[repr(C)]
struct Socket {
    node: Node,
    /// Null: it is closed.
    other: *mut Socket,
    input: *mut Pipe,
    output: *mut Pipe,
    /// The other one was closed before it had read everything.
    reset: bool,
}

const ROOM: usize = 65536;
const PIECE: usize = 4096;
// As many as AF_ families and SOCK_ types there are in Linux.
const MOST_FAMILIES: c_int = 46;
const MOST_TYPES: c_int = 11;
const SOCK_TYPE: c_int = 15;

struct Shared<T>(T);
// There is one hart.
unsafe impl<T> Sync for Shared<T> {}

static mut POOL: Pool = Pool {
    size: size_of::<Socket>().next_multiple_of(16),
    free: null_mut(),
    next: null_mut(),
    end: null_mut(),
};
static MORE: Shared<More> =
    Shared(More { open: None, release, poll, available, kind: c"socket:[".as_ptr() });
static OPERATIONS: Shared<Operations> =
    Shared(Operations { read, write, seek: None, more: addr_of!(MORE.0) });

unsafe fn socket_of<'a>(file: *mut File) -> &'a mut Socket {
    &mut *((*file).node as *mut Socket)
}

/// Where the program made the call, if the operation is called by a jump: its own return address.
#[inline(always)]
fn site_or_caller(site: usize) -> usize {
    let caller: usize;
    unsafe { core::arch::asm!("mv {}, ra", out(reg) caller, options(nomem, nostack, preserves_flags)) };
    if site != 0 { site } else { caller }
}

unsafe extern "C" fn read(file: *mut File, buffer: *mut c_void, size: usize, site: usize) -> c_long {
    let site = site_or_caller(site);
    let socket = socket_of(file);
    if socket.reset && (*socket.input).length == 0 {
        socket.reset = false;
        return zeroos_abi::encode(Err(Errno::ECONNRESET));
    }
    zeroos_pipe_read(socket.input, (*file).flags, buffer, size, site)
}

unsafe extern "C" fn write(file: *mut File, buffer: *const c_void, size: usize, site: usize) -> c_long {
    let site = site_or_caller(site);
    zeroos_pipe_write(socket_of(file).output, (*file).flags, buffer, size, site)
}

unsafe extern "C" fn release(file: *mut File) {
    let socket = socket_of(file);
    let (input, output) = (socket.input, socket.output);
    let other = socket.other;
    if !other.is_null() {
        (*other).other = null_mut();
        (*other).reset = (*input).length != 0;
    }
    zeroos_pipe_close(input, true);
    zeroos_pipe_close(output, false);
    if other.is_null() {
        zeroos_drop_pipe(input);
        zeroos_drop_pipe(output);
    }
    zeroos_pool_give(addr_of_mut!(POOL), socket as *mut Socket as *mut c_void);
}

unsafe extern "C" fn poll(file: *mut File) -> c_int {
    let socket = socket_of(file);
    let mut events = if (*socket.input).length != 0 { POLLIN | POLLRDNORM } else { 0 };
    if socket.other.is_null() {
        events |= POLLIN | POLLRDNORM | POLLHUP | POLLRDHUP;
        events |= if socket.reset { POLLERR } else { 0 };
    }
    if (*socket.output).length + PIECE <= ROOM {
        events |= POLLOUT | POLLWRNORM;
    }
    events.into()
}

unsafe extern "C" fn available(file: *mut File) -> c_long {
    (*socket_of(file).input).length as c_long
}

unsafe fn give(sockets: [*mut Socket; 2], pipes: [*mut Pipe; 2]) {
    for socket in sockets.into_iter().filter(|socket| !socket.is_null()) {
        zeroos_pool_give(addr_of_mut!(POOL), socket as *mut c_void);
    }
    for pipe in pipes.into_iter().filter(|pipe| !pipe.is_null()) {
        zeroos_drop_pipe(pipe);
    }
}

unsafe fn make(flags: c_uint) -> Result<[c_int; 2], c_long> {
    let take = || zeroos_object_take(addr_of_mut!(POOL)) as *mut Socket;
    let sockets = [take(), take()];
    let pipes = [zeroos_new_pipe(), zeroos_new_pipe()];
    let lacking = sockets.contains(&null_mut()) || pipes.contains(&null_mut());
    if lacking {
        give(sockets, pipes);
        return Err(zeroos_abi::encode(Err(Errno::ENOMEM)));
    }
    for (i, &socket) in sockets.iter().enumerate() {
        (*pipes[i]).readers = 1;
        (*pipes[i]).writers = 1;
        socket.write(Socket {
            node: Node { operations: addr_of!(OPERATIONS.0), mode: S_IFSOCK | 0o777, device: 0 },
            other: sockets[1 - i],
            input: pipes[1 - i],
            output: pipes[i],
            reset: false,
        });
    }
    let first = zeroos_open_node(addr_of_mut!((*sockets[0]).node), flags);
    if first < 0 {
        give(sockets, pipes);
        return Err(first);
    }
    let second = zeroos_open_node(addr_of_mut!((*sockets[1]).node), flags);
    if second < 0 {
        // The first one takes itself and no pipe along; the second one is still ours.
        let place = zeroos_descriptors.add(first as usize);
        let file = (*place).file;
        (*place).file = null_mut();
        zeroos_release(file);
        give([null_mut(), sockets[1]], pipes);
        return Err(second);
    }
    Ok([first as c_int, second as c_int])
}

pub unsafe fn socketpair(family: c_int, kind: c_int, protocol: c_int, fds: *mut c_int) -> Answer {
    let flags = (kind & !SOCK_TYPE) as c_uint;
    let kind = kind & SOCK_TYPE;
    if flags & !((O_CLOEXEC | O_NONBLOCK) as c_uint) != 0 {
        return Err(Errno::EINVAL);
    }
    if is_outside(fds as usize, size_of::<[c_int; 2]>()) {
        return Err(Errno::EFAULT);
    }
    if !(0..MOST_FAMILIES).contains(&family) {
        return Err(Errno::EAFNOSUPPORT);
    }
    if kind >= MOST_TYPES {
        return Err(Errno::EINVAL);
    }
    match family {
        AF_UNIX => {}
        AF_INET => return Err(Errno::EOPNOTSUPP),
        _ => return Err(Errno::EAFNOSUPPORT),
    }
    if protocol != 0 && protocol != AF_UNIX {
        return Err(Errno::EPROTONOSUPPORT);
    }
    if kind != SOCK_STREAM {
        return Err(Errno::ESOCKTNOSUPPORT);
    }
    match make(O_RDWR as c_uint | flags) {
        Ok(made) => {
            fds.cast::<[c_int; 2]>().write_unaligned(made);
            Ok(0)
        }
        Err(problem) => Ok(problem),
    }
}
