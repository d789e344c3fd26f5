// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the guest wrote, byte for byte and in order.
//!
//! The executor prints a guest's WRITE to fd 1 and 2 split into lines and lossily decoded; only
//! fd 13, the public values, keeps bytes as they are. So the program is run once more with every
//! `ecall` sent through a stub: a WRITE to fd 1, 2 or 13 becomes two writes to fd 13, a frame
//! header (fd, address, length) and the bytes. The public values of this run are the log of what
//! the guest wrote. Code is Harvard here: the guest cannot see the stubs. Nothing else is taken
//! from this run; exit code, counts and public values come from the program as it is.

use std::io::Write;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::Arc;

use sp1_core_executor::{Instruction, MinimalExecutorEnum, Opcode, Program, MAX_PROGRAM_SIZE};

/// Five words below 2^16, where the prover refuses every access, so no valid guest keeps data.
const SCRATCH: u64 = 0xF000;
/// UNIMP between the program and the stubs: running off the end must not enter a stub.
const GAP: usize = 1024;
/// Bytes of a frame header: fd, address and length as little-endian u64.
pub const HEADER: usize = 24;

const ZERO: u64 = 0;
const T0: u64 = 5;
const T1: u64 = 6;
const A0: u64 = 10;
const A1: u64 = 11;
const A2: u64 = 12;

/// Runs the instrumented program and writes the log to stdout, also when the guest kills us.
pub fn run(mut program: Program, input: &[u8]) -> Result<(), String> {
    instrument(&mut program)?;
    let mut executor = MinimalExecutorEnum::new(Arc::new(program), false, None);
    if !input.is_empty() {
        executor.with_input(input);
    }
    LOG.store(
        std::ptr::from_ref(executor.public_values_stream()).cast_mut(),
        Ordering::SeqCst,
    );
    for signal in [
        libc::SIGILL,
        libc::SIGSEGV,
        libc::SIGBUS,
        libc::SIGABRT,
        libc::SIGFPE,
    ] {
        // SAFETY: the handler calls only write and _exit.
        unsafe { libc::signal(signal, save_log as *const () as libc::sighandler_t) };
    }
    while !executor.is_done() {
        executor.execute_chunk();
    }
    let mut out = std::io::stdout().lock();
    out.write_all(executor.public_values_stream())
        .and_then(|()| out.flush())
        .map_err(|e| e.to_string())
}

static LOG: AtomicPtr<Vec<u8>> = AtomicPtr::new(std::ptr::null_mut());

extern "C" fn save_log(signal: libc::c_int) {
    // SAFETY: guest code runs only between complete changes of the vector, which outlives it.
    unsafe {
        if let Some(log) = LOG.load(Ordering::SeqCst).as_ref() {
            let mut rest = log.as_slice();
            while !rest.is_empty() {
                let done = libc::write(1, rest.as_ptr().cast(), rest.len());
                if done <= 0 {
                    break;
                }
                rest = &rest[done as usize..];
            }
        }
        libc::_exit(128 + signal);
    }
}

fn instrument(program: &mut Program) -> Result<(), String> {
    let code = &mut program.instructions;
    let end = code.len();
    let sites: Vec<usize> = (0..end)
        .filter(|&at| code[at].opcode == Opcode::ECALL)
        .collect();
    let mut at = end + GAP;
    if at + sites.len() * stub(0, 0).len() > MAX_PROGRAM_SIZE {
        return Err("the text leaves no room to record output".into());
    }
    code.resize(at, Instruction::new(Opcode::UNIMP, 0, 0, 0, true, true));
    for site in sites {
        code[site] = jump(site, at);
        code.extend(stub(at, site + 1));
        at = code.len();
    }
    Ok(())
}

/// The stub for one site, placed at instruction index `at` and returning to index `back`.
fn stub(at: usize, back: usize) -> Vec<Instruction> {
    let ecall = Instruction::new(Opcode::ECALL, T0 as u8, A0, A1, false, false);
    let mut code = vec![
        store(T1, 0),
        set(T1, 2),
        branch(Opcode::BNE, T0, T1), // not WRITE: plain
        set(T1, 13),
        branch(Opcode::BEQ, A0, T1), // frame
        set(T1, 1),
        branch(Opcode::BEQ, A0, T1), // frame
        set(T1, 2),
        branch(Opcode::BNE, A0, T1), // plain
    ];
    let frame = code.len();
    code.extend([
        store(A0, 8),
        store(A1, 16),
        store(A2, 24),
        set(A0, 13),
        set(A1, SCRATCH + 8),
        set(A2, HEADER as u64),
        ecall,
        load(A1, 16),
        load(A2, 24),
        ecall,
        load(A0, 8),
        load(T1, 0),
    ]);
    code.push(jump(at + code.len(), back));
    let plain = code.len();
    code.extend([load(T1, 0), ecall]);
    code.push(jump(at + code.len(), back));
    for (index, target) in [(2, plain), (4, frame), (6, frame), (8, plain)] {
        code[index].op_c = ((target - index) * 4) as u64;
    }
    code
}

fn store(register: u64, offset: u64) -> Instruction {
    Instruction::new(
        Opcode::SD,
        register as u8,
        ZERO,
        SCRATCH + offset,
        false,
        true,
    )
}

fn load(register: u64, offset: u64) -> Instruction {
    Instruction::new(
        Opcode::LD,
        register as u8,
        ZERO,
        SCRATCH + offset,
        false,
        true,
    )
}

fn set(register: u64, value: u64) -> Instruction {
    Instruction::new(Opcode::ADDI, register as u8, ZERO, value, false, true)
}

fn branch(opcode: Opcode, left: u64, right: u64) -> Instruction {
    Instruction::new(opcode, left as u8, right, 0, false, true)
}

fn jump(from: usize, to: usize) -> Instruction {
    let distance = (to as i64 - from as i64) * 4;
    Instruction::new(Opcode::JAL, 0, distance as u64, 0, true, true)
}
