// SPDX-License-Identifier: MIT OR Apache-2.0
//! `zeroos-exec-risc0`: runs a RISC Zero image on RISC Zero's own executor and kernel, by the
//! contract of `zeroos_exec`. An image is the program's ELF file or a container of it (R0BF).

mod digest;
mod host;
mod machine;

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

use machine::{End, Run};
use risc0_binfmt::ProgramBinary;
use risc0_zkos_v1compat::V1COMPAT_ELF;
use zeroos_exec::{files, report, Command, Options, Report, Symbols, OWN_FAILURE};

const COMMAND: Command = Command {
    name: "zeroos-exec-risc0",
    version: env!("CARGO_PKG_VERSION"),
    about: "Runs a RISC Zero image on RISC Zero's own executor and kernel",
};
/// The argument that wraps an ELF file instead of running it: IMAGE --container FILE.
const CONTAINER: &str = "--container";
/// What a container of RISC Zero begins with.
const MAGIC: &[u8] = b"R0BF";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let done = match args.as_slice() {
        [image, flag, file] if flag == CONTAINER => wrap(image, file),
        _ => COMMAND
            .options(&args)
            .and_then(|options| options.map_or(Ok(0), |options| run(&options))),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(problem) => {
            eprintln!("{}: {problem}", COMMAND.name);
            ExitCode::from(OWN_FAILURE)
        }
    }
}

/// Writes the container that RISC Zero's own tools take: the program and the stock kernel.
fn wrap(image: &str, file: &str) -> Result<u8, String> {
    let program = files::read(image)?;
    let container = ProgramBinary::new(&program, V1COMPAT_ELF);
    // Refuses what the loader would refuse.
    container
        .to_image()
        .map_err(|why| format!("cannot load {image}: {why}"))?;
    files::write(file, &container.encode(), &mut std::io::stdout())?;
    Ok(0)
}

fn run(options: &Options) -> Result<u8, String> {
    let input = options
        .input
        .as_deref()
        .map_or(Ok(Vec::new()), files::read)?;
    let image = files::read(&options.image)?;
    let binary = if image.starts_with(MAGIC) {
        ProgramBinary::decode(&image).map_err(|why| format!("{}: {why}", options.image))?
    } else {
        ProgramBinary::new(&image, V1COMPAT_ELF)
    };
    let loaded = binary
        .to_image()
        .map_err(|why| format!("cannot load {}: {why}", options.image))?;
    let symbols = Symbols::read(binary.user_elf);
    let run = machine::run(loaded, input)?;
    let (mut stdout, mut stderr) = (std::io::stdout(), std::io::stderr());
    stdout.flush().map_err(|error| error.to_string())?;
    let public = run.journal.clone();
    ended(run, &symbols).deliver(&COMMAND, options, &public, &mut stdout, &mut stderr)
}

fn ended(mut run: Run, symbols: &Symbols) -> Report {
    let (outcome, exit_code, message) = match &run.end {
        End::Exit(_, committed) if !digest::commits(committed, &run.journal) => {
            let why =
                "the committed digest is not that of the public output, no proof would verify";
            ("fault", 1, Some(why.to_owned()))
        }
        End::Exit(0, _) => (report::outcome(None), 0, None),
        End::Exit(code, _) => {
            let code = *code;
            let failure = symbols.address("zeroos_failure");
            let reason = failure.and_then(|address| run.word(address));
            (report::outcome(reason), code, None)
        }
        End::Fault(why, pc) => {
            let place = symbols.describe(u64::from(*pc));
            ("fault", 1, Some(format!("the guest {why}, at {place}")))
        }
    };
    Report {
        target: "risc0",
        outcome: outcome.into(),
        exit_code,
        instructions: Some(run.instructions),
        cost: BTreeMap::from([
            ("user_cycles", run.user_cycles),
            ("paging_cycles", run.paging_cycles),
            ("total_cycles", run.total_cycles),
            ("segments", run.segments),
        ]),
        message,
    }
}
