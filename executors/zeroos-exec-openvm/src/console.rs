// SPDX-License-Identifier: MIT OR Apache-2.0
//! The console. OpenVM prints text to the standard output of its host; here it goes to the stream
//! that the guest means, and only in the run that is shown.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use openvm_circuit::arch::{
    ExecutorInventory, ExecutorInventoryBuilder, ExecutorInventoryError, PhantomSubExecutor,
    Streams, SystemConfig, VmExecutionConfig, VmExecutionExtension,
};
use openvm_circuit::system::memory::online::{GuestMemory, LinearMemory};
use openvm_instructions::exe::VmExe;
use openvm_instructions::{PhantomDiscriminant, SystemOpcode, VmOpcode};
use openvm_rv32im_circuit::Rv32ImConfig;
use openvm_rv32im_transpiler::Rv32Phantom;
use p3_baby_bear::BabyBear;
use p3_field::PrimeCharacteristicRing;
use rand::rngs::StdRng;

use crate::streams;

type F = BabyBear;
type Executor = <Rv32ImConfig as VmExecutionConfig<F>>::Executor;

/// openvm-instructions@2.0.2: src/riscv.rs; address spaces of registers and memory.
const REGISTERS: u32 = 1;
const MEMORY: u32 = 2;
/// No extension of OpenVM has it.
const OWN: u16 = 0x7a05;
/// targets/openvm/host.c: what the word that chooses a stream holds for standard error.
const STDERR: u32 = 2;

/// rv32im as OpenVM has it, with this console.
#[derive(Clone)]
pub struct Machine {
    pub config: Rv32ImConfig,
    pub console: Console,
}

/// Shared by all runs of one image.
#[derive(Clone)]
pub struct Console {
    /// Where the guest says which stream it means.
    pub chosen: Option<u32>,
    pub shown: Arc<AtomicBool>,
    pub streams: Arc<streams::Streams>,
    pub problem: Arc<Mutex<Option<String>>>,
}

impl AsRef<SystemConfig> for Machine {
    fn as_ref(&self) -> &SystemConfig {
        self.config.as_ref()
    }
}

impl VmExecutionConfig<F> for Machine {
    type Executor = Executor;

    fn create_executors(&self) -> Result<ExecutorInventory<Executor>, ExecutorInventoryError> {
        self.config
            .create_executors()?
            .extend::<F, _, _>(&self.console)
    }
}

impl VmExecutionExtension<F> for Console {
    type Executor = Executor;

    fn extend_execution(
        &self,
        inventory: &mut ExecutorInventoryBuilder<F, Executor>,
    ) -> Result<(), ExecutorInventoryError> {
        inventory.add_phantom_sub_executor(self.clone(), PhantomDiscriminant(OWN))
    }
}

/// Has every instruction that prints print here.
pub fn redirect(exe: &mut VmExe<F>) {
    let phantom = VmOpcode::from_usize(SystemOpcode::PHANTOM as usize);
    let prints = F::from_u32(Rv32Phantom::PrintStr as u32);
    for (instruction, _) in exe
        .program
        .instructions_and_debug_infos
        .iter_mut()
        .flatten()
    {
        if instruction.opcode == phantom && instruction.c == prints {
            instruction.c = F::from_u32(u32::from(OWN));
        }
    }
}

/// The 32 bits at an address; none where no memory is.
pub fn word(memory: &GuestMemory, address: u32) -> Option<u32> {
    let bytes = bytes(memory, address, 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn bytes(memory: &GuestMemory, address: u32, length: u32) -> Option<Vec<u8>> {
    let whole = memory.memory.mem[MEMORY as usize].as_slice();
    let end = address.checked_add(length)?;
    Some(whole.get(address as usize..end as usize)?.to_vec())
}

fn register(memory: &GuestMemory, pointer: u32) -> u32 {
    // SAFETY: registers are four bytes in their address space.
    u32::from_le_bytes(unsafe { memory.read::<u8, 4>(REGISTERS, pointer) })
}

impl PhantomSubExecutor<F> for Console {
    fn phantom_execute(
        &self,
        memory: &GuestMemory,
        _: &mut Streams<F>,
        _: &mut StdRng,
        _: PhantomDiscriminant,
        a: u32,
        b: u32,
        _: u16,
    ) -> eyre::Result<()> {
        let data = bytes(memory, register(memory, a), register(memory, b))
            .ok_or_else(|| eyre::eyre!("prints what lies outside of the memory"))?;
        let text = String::from_utf8(data)?;
        if !self.shown.load(Ordering::Relaxed) {
            return Ok(());
        }
        let stderr = self.chosen.and_then(|address| word(memory, address)) == Some(STDERR);
        let mut to = if stderr {
            &self.streams.err
        } else {
            &self.streams.out
        };
        if let Err(error) = to.write_all(text.as_bytes()) {
            *self.problem.lock().unwrap() = Some(error.to_string());
            eyre::bail!("prints what cannot be passed on");
        }
        Ok(())
    }
}

/// Values of one byte each, as OpenVM has its inputs.
pub fn elements(data: &[u8]) -> Vec<F> {
    data.iter().map(|byte| F::from_u8(*byte)).collect()
}
