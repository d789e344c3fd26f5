// SPDX-License-Identifier: MIT OR Apache-2.0
//! The run that counts: the program as it is, every chunk replayed by the strict pass.
//!
//! The first pass hides what cannot be proven (misaligned accesses); the pass that estimates gas
//! refuses it, so it always runs. Chunks have the size on which the gas formula was calibrated.

use std::io::Write;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use sp1_core_executor::{
    ExecutionError, ExecutionReport, GasEstimatingVMEnum, MinimalExecutorEnum, Program, SP1CoreOpts,
};

use zeroos_exec::{report, Symbols};

/// Runs the program; writes a line of facts and then the public values to stdout.
pub fn run(program: Program, symbols: &Symbols, input: &[u8]) -> Result<(), String> {
    let program = Arc::new(program);
    let options = SP1CoreOpts::default();
    let mut executor = MinimalExecutorEnum::new(
        Arc::clone(&program),
        false,
        Some(options.gas_trace_chunk_threshold),
    );
    if !input.is_empty() {
        executor.with_input(input);
    }
    let mut report = ExecutionReport::default();
    let mut refused = None;
    while refused.is_none() {
        let Some(chunk) = executor.execute_chunk() else {
            break;
        };
        let mut strict =
            GasEstimatingVMEnum::new(&chunk, Arc::clone(&program), [0; 4], options.clone());
        match catch_unwind(AssertUnwindSafe(|| strict.execute())) {
            Ok(Ok(part)) => report += part,
            Ok(Err(ExecutionError::InvalidMemoryAccess(opcode, address))) => {
                let place = symbols.describe(strict.pc());
                refused = Some(format!(
                    "misaligned {opcode} of address {address:#x} at {place}"
                ));
            }
            Ok(Err(error)) => {
                refused = Some(format!("{error} at {}", symbols.describe(strict.pc())))
            }
            Err(_) => {
                let place = symbols.describe(strict.pc());
                refused = Some(format!("the strict pass panicked at {place}"));
            }
        }
    }
    let public = executor.public_values_stream();
    if refused.is_none() && digest_words(public) != executor.public_value_digest() {
        let why =
            "the committed digest is not the SHA-256 of the public output, no proof would verify";
        refused = Some(why.into());
    }
    let facts = match refused {
        Some(why) => format!("fault {} 0 1 {why}", executor.global_clk()),
        None => format!(
            "{} {} {} {} ",
            outcome(&executor, symbols),
            executor.global_clk(),
            report.gas().unwrap_or(0),
            executor.exit_code(),
        ),
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{facts}")
        .and_then(|()| out.write_all(public))
        .and_then(|()| out.flush())
        .map_err(|error| error.to_string())
}

fn outcome(executor: &MinimalExecutorEnum, symbols: &Symbols) -> &'static str {
    let failure = symbols.address("zeroos_failure");
    report::outcome(
        failure
            .filter(|_| executor.exit_code() != 0)
            .map(|address| {
                let word = executor.get_memory_value(address & !7).value;
                (word >> ((address & 4) * 8)) as u32
            }),
    )
}

fn digest_words(data: &[u8]) -> [u32; 8] {
    let digest = Sha256::digest(data);
    std::array::from_fn(|i| u32::from_le_bytes(digest[4 * i..4 * i + 4].try_into().unwrap()))
}
