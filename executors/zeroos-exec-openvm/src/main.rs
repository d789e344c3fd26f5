// SPDX-License-Identifier: MIT OR Apache-2.0
//! `zeroos-exec-openvm`: runs an OpenVM image on OpenVM's own transpiler and interpreter, by the
//! contract of `zeroos_exec`.

mod console;
mod machine;
mod streams;

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use console::Console;
use machine::{End, Guest, Run};
use streams::Streams;
use zeroos_exec::{files, report, Command, Options, Report, Symbols, OWN_FAILURE};

const COMMAND: Command = Command {
    name: "zeroos-exec-openvm",
    version: env!("CARGO_PKG_VERSION"),
    about: "Runs an OpenVM image on OpenVM's own transpiler and interpreter",
};
/// targets/openvm/host.c: the word that says which stream is printed to.
const STREAM: &str = "zeroos_print_stream";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let options = match COMMAND.options(&args) {
        Ok(Some(options)) => options,
        Ok(None) => return ExitCode::SUCCESS,
        Err(problem) => return failed(&mut std::io::stderr(), &problem),
    };
    let streams = match Streams::take() {
        Ok(streams) => Arc::new(streams),
        Err(problem) => return failed(&mut std::io::stderr(), &problem.to_string()),
    };
    match run(&options, &streams) {
        Ok(code) => ExitCode::from(code),
        Err(problem) => failed(&mut &streams.err, &problem),
    }
}

fn failed(stderr: &mut impl Write, problem: &str) -> ExitCode {
    let _ = writeln!(stderr, "{}: {problem}", COMMAND.name);
    ExitCode::from(OWN_FAILURE)
}

fn run(options: &Options, streams: &Arc<Streams>) -> Result<u8, String> {
    std::panic::set_hook(Box::new(|_| {}));
    let input = options
        .input
        .as_deref()
        .map_or(Ok(Vec::new()), files::read)?;
    let image = files::read(&options.image)?;
    let symbols = Symbols::read(&image);
    let console = Console {
        chosen: symbols
            .address(STREAM)
            .and_then(|address| u32::try_from(address).ok()),
        shown: Arc::default(),
        streams: Arc::clone(streams),
        problem: Arc::new(Mutex::new(None)),
    };
    let run = Guest::load(&image, console, input)
        .map_err(|why| format!("cannot load {}: {why}", options.image))?
        .run()?;
    let (mut stdout, mut stderr) = (&streams.out, &streams.err);
    ended(&run, &symbols).deliver(&COMMAND, options, &run.public, &mut stdout, &mut stderr)
}

fn ended(run: &Run, symbols: &Symbols) -> Report {
    let (outcome, exit_code, message) = match &run.end {
        End::Exit(0) => (report::outcome(None), 0, None),
        End::Exit(code) => {
            let failure = symbols.address("zeroos_failure");
            let reason = failure.and_then(|address| run.word(address));
            (report::outcome(reason), *code, None)
        }
        End::Fault(why, pc) => {
            let place = symbols.describe(u64::from(*pc));
            ("fault", 1, Some(format!("the guest {why}, at {place}")))
        }
    };
    Report {
        target: "openvm",
        outcome: outcome.into(),
        exit_code,
        instructions: Some(run.instructions),
        cost: BTreeMap::new(),
        message,
    }
}
