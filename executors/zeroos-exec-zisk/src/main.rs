// SPDX-License-Identifier: MIT OR Apache-2.0
//! `zeroos-exec-zisk`: runs a ZisK image on ZisK's own transpiler, memory and operations, by the
//! contract of `zeroos_exec`.

mod machine;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::fd::FromRawFd;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::Mutex;

use elf::{abi, endian::LittleEndian, ElfBytes};
use machine::{End, Machine};
use zeroos_exec::{files, one_line, report, Command, Options, Report, Symbols, OWN_FAILURE};

const COMMAND: Command = Command {
    name: "zeroos-exec-zisk",
    version: env!("CARGO_PKG_VERSION"),
    about: "Runs a ZisK image on ZisK's own transpiler, memory and operations",
};
/// targets/zisk/host.c: the word that says which stream the UART's bytes belong to.
const STREAM: &str = "zeroos_uart_stream";
const STDERR: u32 = 2;

/// What upstream's code said when it panicked last.
static LAST_WORDS: Mutex<String> = Mutex::new(String::new());

/// Our own standard streams. Upstream's code prints as well, and never to these.
struct Console {
    out: BufWriter<File>,
    err: BufWriter<File>,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let options = match COMMAND.options(&args) {
        Ok(Some(options)) => options,
        Ok(None) => return ExitCode::SUCCESS,
        Err(problem) => return failed(&mut std::io::stderr(), &problem),
    };
    let mut console = match Console::take() {
        Ok(console) => console,
        Err(problem) => return failed(&mut std::io::stderr(), &problem.to_string()),
    };
    let done = run(&options, &mut console);
    let written = console.out.flush().and_then(|()| console.err.flush());
    match done.and_then(|code| written.map(|()| code).map_err(|e| e.to_string())) {
        Ok(code) => ExitCode::from(code),
        Err(problem) => failed(&mut console.err, &problem),
    }
}

fn failed(stderr: &mut impl Write, problem: &str) -> ExitCode {
    let _ = writeln!(stderr, "{}: {problem}", COMMAND.name);
    let _ = stderr.flush();
    ExitCode::from(OWN_FAILURE)
}

impl Console {
    /// Keeps standard output and error for the guest and gives upstream's code /dev/null instead.
    fn take() -> std::io::Result<Self> {
        let nowhere = File::options().write(true).open("/dev/null")?;
        let keep = |fd: libc::c_int| {
            use std::os::fd::AsRawFd;
            // SAFETY: plain calls on descriptors; the copy has no other owner.
            unsafe {
                let copy = libc::dup(fd);
                if copy < 0 || libc::dup2(nowhere.as_raw_fd(), fd) < 0 {
                    return Err(std::io::Error::last_os_error());
                }
                Ok(BufWriter::new(File::from_raw_fd(copy)))
            }
        };
        Ok(Self {
            out: keep(1)?,
            err: keep(2)?,
        })
    }
}

fn run(options: &Options, console: &mut Console) -> Result<u8, String> {
    std::panic::set_hook(Box::new(|info| {
        let text = info.payload_as_str().unwrap_or("the executor panicked");
        *LAST_WORDS.lock().unwrap() = one_line(text);
    }));
    let input = options
        .input
        .as_deref()
        .map_or(Ok(Vec::new()), files::read)?;
    let image = files::read(&options.image)?;
    let rom = catch_unwind(|| zisk_riscv::elf2rom(&image).map_err(|error| error.to_string()))
        .unwrap_or_else(|_| Err(last_words()))
        .map_err(|why| format!("cannot load {}: {why}", options.image))?;
    let symbols = Symbols::read(&image);
    let mut machine = Machine::new(&rom, &code(&image)?, &input)?;

    let chosen = symbols.address(STREAM);
    let mut problem = None;
    let end = catch_unwind(AssertUnwindSafe(|| {
        machine.run(&mut |machine, byte| {
            let stream = chosen.and_then(|address| machine.word(address));
            let to = if stream == Some(STDERR) {
                &mut console.err
            } else {
                &mut console.out
            };
            if let Err(error) = to.write_all(&[byte]) {
                problem = Some(error.to_string());
            }
        })
    }))
    .unwrap_or_else(|_| End::Fault(last_words(), machine.pc()));
    if let Some(problem) = problem {
        return Err(format!("cannot pass on what the guest wrote: {problem}"));
    }

    let public = match end {
        End::Exit(0) => machine.public(),
        _ => Vec::new(),
    };
    let report = ended(&machine, &symbols, end);
    report.deliver(
        &COMMAND,
        options,
        &public,
        &mut console.out,
        &mut console.err,
    )
}

fn ended(machine: &Machine, symbols: &Symbols, end: End) -> Report {
    let (outcome, exit_code, message) = match end {
        End::Exit(0) => (report::outcome(None), 0, None),
        End::Exit(code) => {
            let failure = symbols.address("zeroos_failure");
            let reason = failure.and_then(|address| machine.word(address));
            (report::outcome(reason), code, None)
        }
        End::Fault(why, pc) => {
            let message = format!("the guest {why}, at {}", symbols.describe(pc));
            ("fault", 1, Some(message))
        }
    };
    Report {
        target: "zisk",
        outcome: outcome.into(),
        exit_code,
        instructions: Some(machine.instructions),
        cost: BTreeMap::from([("steps", machine.steps())]),
        message,
    }
}

fn last_words() -> String {
    let words = std::mem::take(&mut *LAST_WORDS.lock().unwrap());
    format!("made the machine panic: {words}")
}

/// Address and bytes of the executable segments; the transpiler has accepted the file.
fn code(image: &[u8]) -> Result<Vec<(u64, &[u8])>, String> {
    let file = ElfBytes::<LittleEndian>::minimal_parse(image).map_err(|e| e.to_string())?;
    let segments = file.segments().ok_or("the image has no segments")?;
    segments
        .iter()
        .filter(|s| s.p_type == abi::PT_LOAD && s.p_flags & abi::PF_X != 0 && s.p_memsz != 0)
        .map(|s| {
            let data = file.segment_data(&s).map_err(|e| e.to_string())?;
            Ok((s.p_vaddr, data))
        })
        .collect()
}
