// SPDX-License-Identifier: MIT OR Apache-2.0
//! The host's side of the calls that the kernel passes on: stdin, stdout, stderr and the journal,
//! as risc0-zkvm@3.0.6 serves them (src/host/server/exec). All others end the run, randomness and
//! cycle counts included, which a prover could choose.

use std::cell::{Cell, RefCell};
use std::io::Write;

use anyhow::{anyhow, bail, Result};
use risc0_binfmt::ByteAddr;
use risc0_circuit_rv32im::execute::{platform::REG_A3, platform::REG_A4, Syscall, SyscallContext};

const REG_A5: usize = 15;
const WRITE: &str = "risc0_zkvm_platform::syscall::nr::SYS_WRITE";
const READ: &str = "risc0_zkvm_platform::syscall::nr::SYS_READ";
/// Longer than the names that exist.
const LONGEST_NAME: u32 = 128;
/// Descriptors: risc0-zkvm-platform@2.2.3, src/fileno.rs.
const STDIN: u32 = 0;
const STDOUT: u32 = 1;
const STDERR: u32 = 2;
const JOURNAL: u32 = 3;

pub struct Host {
    input: Vec<u8>,
    taken: Cell<usize>,
    /// What the last call leaves in a0 and a1; the kernel asks for it with descriptor 0.
    answer: Cell<(u32, u32)>,
    pub journal: RefCell<Vec<u8>>,
    /// Ours, not the guest's.
    pub problem: RefCell<Option<String>>,
}

impl Host {
    pub fn new(input: Vec<u8>) -> Self {
        Self {
            input,
            taken: Cell::default(),
            answer: Cell::default(),
            journal: RefCell::default(),
            problem: RefCell::default(),
        }
    }

    fn take(&self, room: &mut [u8]) -> usize {
        let rest = &self.input[self.taken.get()..];
        let count = rest.len().min(room.len());
        room[..count].copy_from_slice(&rest[..count]);
        self.taken.set(self.taken.get() + count);
        count
    }

    /// `room` is the part in whole words; up to three bytes more travel in a1.
    fn read(&self, ctx: &mut impl SyscallContext, room: &mut [u8]) -> Result<()> {
        let (fd, wanted) = (ctx.peek_register(REG_A3)?, ctx.peek_register(REG_A4)?);
        if fd != STDIN {
            bail!("reads from descriptor {fd}");
        }
        let mut count = self.take(room);
        let mut last = [0; 4];
        if count == room.len() {
            let more = (wanted as usize).saturating_sub(count).min(last.len());
            count += self.take(&mut last[..more]);
        }
        self.answer.set((count as u32, u32::from_le_bytes(last)));
        Ok(())
    }

    fn write(&self, ctx: &mut impl SyscallContext) -> Result<()> {
        let fd = ctx.peek_register(REG_A3)?;
        let address = ctx.peek_register(REG_A4)?;
        let length = ctx.peek_register(REG_A5)?;
        let data = ctx.peek_region(ByteAddr(address), length as usize)?;
        let done = match fd {
            STDOUT => std::io::stdout().write_all(&data),
            STDERR => std::io::stderr().write_all(&data),
            JOURNAL => std::io::Write::write_all(&mut *self.journal.borrow_mut(), &data),
            _ => bail!("writes to descriptor {fd}"),
        };
        if let Err(error) = done {
            *self.problem.borrow_mut() = Some(error.to_string());
            bail!("writes what cannot be passed on");
        }
        self.answer.set((length, 0));
        Ok(())
    }
}

impl Syscall for Host {
    fn host_read(&self, ctx: &mut impl SyscallContext, fd: u32, room: &mut [u8]) -> Result<u32> {
        if fd == 0 {
            let (a0, a1) = self.answer.get();
            let words = [a0.to_le_bytes(), a1.to_le_bytes()].concat();
            let length = room.len().min(words.len());
            room[..length].copy_from_slice(&words[..length]);
            return Ok(length as u32);
        }
        match name(ctx, fd)?.as_str() {
            READ => self.read(ctx, room)?,
            WRITE => self.write(ctx)?,
            other => bail!("makes the call `{other}`, which is not served"),
        }
        Ok(room.len() as u32)
    }

    /// Only the kernel writes: its last words when it panics.
    fn host_write(&self, _: &mut impl SyscallContext, _: u32, words: &[u8]) -> Result<u32> {
        bail!("made the kernel say: {}", String::from_utf8_lossy(words))
    }
}

/// A call's name is text in the guest's memory.
fn name(ctx: &mut impl SyscallContext, address: u32) -> Result<String> {
    let mut text = Vec::new();
    for at in address..address.saturating_add(LONGEST_NAME) {
        match ctx.peek_u8(ByteAddr(at))? {
            0 => return Ok(String::from_utf8_lossy(&text).into_owned()),
            byte => text.push(byte),
        }
    }
    Err(anyhow!("makes a call whose name has no end"))
}
