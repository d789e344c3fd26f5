// SPDX-License-Identifier: MIT OR Apache-2.0
//! Runs on OpenVM's interpreter. What it does not tell of a run that fails, how many instructions
//! it took and where it stood, comes from further runs that stop before.

use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::atomic::Ordering;

use openvm_circuit::arch::{
    execution_mode::MeteredCostCtx, ExecutionError, Streams, VmExecutionConfig, VmExecutor, VmState,
};
use openvm_circuit::system::memory::merkle::public_values::extract_public_values;
use openvm_circuit::system::memory::online::GuestMemory;
use openvm_instructions::exe::VmExe;
use openvm_platform::memory::MEM_SIZE;
use openvm_rv32im_circuit::Rv32ImConfig;
use openvm_rv32im_transpiler::{
    Rv32ITranspilerExtension, Rv32IoTranspilerExtension, Rv32MTranspilerExtension,
};
use openvm_transpiler::{elf::Elf, transpiler::Transpiler, FromElf};
use p3_baby_bear::BabyBear;
use zeroos_exec::one_line;

use crate::console::{self, Console, Machine};

type F = BabyBear;
type State = VmState<F, GuestMemory>;

/// How a run ended.
pub enum End {
    /// The guest's exit code.
    Exit(u64),
    /// What the guest did wrong, at a pc.
    Fault(String, u32),
}

pub struct Run {
    pub end: End,
    pub instructions: u64,
    pub public: Vec<u8>,
    /// Memory before the last instruction of a run that failed.
    memory: Option<State>,
}

impl Run {
    /// The 32 bits at an address when the run ended.
    pub fn word(&self, address: u64) -> Option<u32> {
        console::word(&self.memory.as_ref()?.memory, u32::try_from(address).ok()?)
    }
}

/// What one of the runs told.
enum Told {
    Goes(Box<State>),
    Ends,
}

pub struct Guest {
    exe: VmExe<F>,
    machine: Machine,
    input: Vec<u8>,
}

impl Guest {
    /// Transpiles an image; an error is the transpiler's.
    pub fn load(image: &[u8], console: Console, input: Vec<u8>) -> Result<Self, String> {
        let exe = catch_unwind(|| -> Result<VmExe<F>, String> {
            let elf = Elf::decode(image, MEM_SIZE as u32).map_err(|error| error.to_string())?;
            let transpiler = Transpiler::<F>::default()
                .with_extension(Rv32ITranspilerExtension)
                .with_extension(Rv32MTranspilerExtension)
                .with_extension(Rv32IoTranspilerExtension);
            VmExe::from_elf(elf, transpiler).map_err(|error| error.to_string())
        })
        .unwrap_or_else(|panic| Err(words(&*panic)))?;
        let mut guest = Self {
            exe,
            machine: Machine {
                config: Rv32ImConfig::default(),
                console,
            },
            input,
        };
        console::redirect(&mut guest.exe);
        Ok(guest)
    }

    /// Runs to the end. An error is one of ours.
    pub fn run(&self) -> Result<Run, String> {
        let executor = VmExecutor::new(self.machine.clone()).map_err(|error| error.to_string())?;
        let shown = &self.machine.console.shown;
        shown.store(true, Ordering::Relaxed);
        let whole = self.counted(&executor)?;
        shown.store(false, Ordering::Relaxed);
        if let Some(problem) = self.machine.console.problem.lock().unwrap().take() {
            return Err(format!("cannot pass on what the guest wrote: {problem}"));
        }
        match whole {
            Ok((instructions, state)) => {
                let room = self.machine.config.as_ref().num_public_values;
                Ok(Run {
                    end: End::Exit(0),
                    instructions,
                    public: extract_public_values(room, &state.memory.memory),
                    memory: None,
                })
            }
            Err(end) => self.failed(&executor, end),
        }
    }

    fn streams(&self) -> Streams<F> {
        Streams::new(vec![console::elements(&self.input)])
    }

    /// A whole run that counts, with all costs 0.
    fn counted(
        &self,
        executor: &VmExecutor<F, Machine>,
    ) -> Result<Result<(u64, State), End>, String> {
        let kinds = self
            .machine
            .create_executors()
            .map_err(|error| error.to_string())?
            .executors
            .len();
        let indices = vec![0; kinds];
        let instance = executor
            .metered_cost_instance(&self.exe, &indices)
            .map_err(|error| error.to_string())?;
        let done = catch_unwind(AssertUnwindSafe(|| {
            instance.execute_metered_cost(self.streams(), MeteredCostCtx::new(vec![0]))
        }));
        Ok(match done {
            Ok(Ok((context, state))) => Ok((context.instret, state)),
            Ok(Err(error)) => Err(ending(&error)),
            Err(panic) => Err(panicked(&*panic)),
        })
    }

    /// Finds the last instruction: the fewest steps after which the run has ended.
    fn failed(&self, executor: &VmExecutor<F, Machine>, end: End) -> Result<Run, String> {
        let instance = executor
            .instance(&self.exe)
            .map_err(|error| error.to_string())?;
        let told = |steps: u64| {
            let done = catch_unwind(AssertUnwindSafe(|| {
                instance.execute(self.streams(), Some(steps))
            }));
            match done {
                Ok(Ok(state)) => Told::Goes(Box::new(state)),
                Ok(Err(_)) => Told::Ends,
                Err(_) => Told::Ends,
            }
        };
        let (mut low, mut high) = (0, 1024);
        let mut last = match told(0) {
            Told::Goes(state) => Some(state),
            Told::Ends => None,
        };
        while let Told::Goes(state) = told(high) {
            last = Some(state);
            (low, high) = (high, high * 2);
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            match told(middle) {
                Told::Goes(state) => {
                    last = Some(state);
                    low = middle;
                }
                Told::Ends => high = middle,
            }
        }
        let pc = last.as_ref().map_or(self.exe.pc_start, |state| state.pc());
        Ok(Run {
            end: match end {
                End::Fault(why, _) => End::Fault(why, pc),
                exit => exit,
            },
            instructions: high,
            public: Vec::new(),
            memory: last.map(|state| *state),
        })
    }
}

fn ending(error: &ExecutionError) -> End {
    match error {
        ExecutionError::FailedWithExitCode(code) => End::Exit(u64::from(*code)),
        other => End::Fault(
            format!("made the machine stop: {}", one_line(&other.to_string())),
            0,
        ),
    }
}

fn panicked(panic: &(dyn std::any::Any + Send)) -> End {
    End::Fault(format!("made the machine panic: {}", words(panic)), 0)
}

fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    one_line(text.unwrap_or("no words"))
}
