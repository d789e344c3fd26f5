// SPDX-License-Identifier: MIT OR Apache-2.0
//! One run on RISC Zero's executor.

use std::cell::RefCell;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::rc::Rc;

use risc0_binfmt::{ByteAddr, MemoryImage, KERNEL_START_ADDR};
use risc0_circuit_rv32im::execute::{CycleLimit, Executor, DEFAULT_SEGMENT_LIMIT_PO2};
use risc0_circuit_rv32im::trace::{TraceCallback, TraceEvent};
use risc0_circuit_rv32im::{Rv32imV2Claim, MAX_INSN_CYCLES};
use zeroos_exec::one_line;

use crate::host::Host;

const PAGE: u64 = 1024;
/// What the executor says of an exception, for which the stock kernel has no handler.
const TRAP: &str = "Invalid trap address: ";

/// How a run ended.
pub enum End {
    /// The guest's exit code and the digest that it committed to.
    Exit(u64, [u8; 32]),
    /// What the guest did wrong, at a pc.
    Fault(String, u32),
}

pub struct Run {
    pub end: End,
    pub journal: Vec<u8>,
    /// Of the program; the kernel's are in `user_cycles`.
    pub instructions: u64,
    pub user_cycles: u64,
    pub paging_cycles: u64,
    pub total_cycles: u64,
    pub segments: u64,
    memory: Option<MemoryImage>,
}

impl Run {
    /// The 32 bits at an address when the run had ended.
    pub fn word(&mut self, address: u64) -> Option<u32> {
        let page = u32::try_from(address / PAGE).ok()?;
        let page = self.memory.as_mut()?.get_page(page).ok()?;
        Some(page.load(ByteAddr(u32::try_from(address).ok()?).waddr()))
    }
}

/// Runs to the end. An error is one of ours.
pub fn run(image: MemoryImage, input: Vec<u8>) -> Result<Run, String> {
    let host = Host::new(input);
    let watch = Rc::new(RefCell::new(Watch::default()));
    let callback = Rc::clone(&watch);
    std::panic::set_hook(Box::new(|_| {}));
    let done = catch_unwind(AssertUnwindSafe(|| {
        let mut executor = Executor::new(image, &host, None, vec![callback], None);
        executor.run(
            DEFAULT_SEGMENT_LIMIT_PO2,
            MAX_INSN_CYCLES,
            CycleLimit::None,
            |_| Ok(()),
        )
    }));
    let _ = std::panic::take_hook();
    if let Some(problem) = host.problem.take() {
        return Err(format!("cannot pass on what the guest wrote: {problem}"));
    }
    let mut run = Run {
        end: End::Fault(String::new(), watch.borrow().pc),
        journal: host.journal.take(),
        instructions: watch.borrow().instructions,
        user_cycles: 0,
        paging_cycles: 0,
        total_cycles: 0,
        segments: 0,
        memory: None,
    };
    let pc = watch.borrow().pc;
    match done {
        Ok(Ok(result)) => {
            run.user_cycles = result.user_cycles;
            run.paging_cycles = result.paging_cycles;
            run.total_cycles = result.total_cycles;
            run.segments = result.segments;
            run.end = ending(&result.claim, pc);
            run.memory = Some(result.post_image);
        }
        Ok(Err(error)) => run.end = End::Fault(why(&format!("{error:#}")), pc),
        Err(panic) => {
            let words = panic
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
                .unwrap_or_default();
            run.end = End::Fault(format!("made the machine panic: {}", one_line(&words)), pc);
        }
    }
    Ok(run)
}

/// Where the program stands and how far it has come.
#[derive(Default)]
struct Watch {
    pc: u32,
    instructions: u64,
}

impl TraceCallback for Watch {
    fn trace_callback(&mut self, event: TraceEvent) -> anyhow::Result<()> {
        if let TraceEvent::InstructionStart { pc, .. } = event {
            if pc < KERNEL_START_ADDR.0 {
                self.pc = pc;
                self.instructions += 1;
            }
        }
        Ok(())
    }
}

/// The high half of a0 is the code, the low half says how: 0 ends the program, 1 only stops it.
fn ending(claim: &Rv32imV2Claim, pc: u32) -> End {
    match (claim.terminate_state, claim.output) {
        (Some(state), Some(output)) if state.a0.1 == 0 => {
            let digest: [u8; 32] = output.into();
            End::Exit(u64::from(state.a0.0), digest)
        }
        _ => End::Fault("halts without ending its run".into(), pc),
    }
}

fn why(error: &str) -> String {
    match error
        .split_once(TRAP)
        .and_then(|(_, rest)| rest.split_once("cause: "))
    {
        Some((_, cause)) => format!("raises {}", one_line(cause)),
        None => one_line(error),
    }
}
