// SPDX-License-Identifier: MIT OR Apache-2.0
//! `zeroos-exec-zisk IMAGE [--input F] [--output F] [--stats F]`: runs a ZisK image on ZisK's own
//! transpiler, memory and operations. The guest's stdout and stderr are ours, byte for byte, its
//! exit code is ours; `--output` receives the public values; 125 is any failure of our own.

mod machine;
mod report;
#[path = "../../zeroos-exec-sp1/src/symbols.rs"]
mod symbols;

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::os::fd::FromRawFd;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::Mutex;

use elf::{abi, endian::LittleEndian, ElfBytes};
use machine::{End, Machine};
use report::Report;
use symbols::Symbols;

const USAGE: &str = "usage: zeroos-exec-zisk IMAGE [--input FILE] [--output FILE] [--stats FILE]
Runs a ZisK image on ZisK's own transpiler, memory and operations; FILE may be - .
";
/// The exit code of a failure that is not the guest's.
const OWN_FAILURE: u8 = 125;
/// libos/include/zeroos/host.h, enum zeroos_failure_reason, as names of outcomes.
const OUTCOMES: [&str; 8] = [
    "exit", "trap", "deadlock", "fault", "halt", "halt", "trap", "halt",
];
/// targets/zisk/host.c: the word that says which stream the UART's bytes belong to.
const STREAM: &str = "zeroos_uart_stream";
const STDERR: u32 = 2;

/// What upstream's code said when it panicked last.
static LAST_WORDS: Mutex<String> = Mutex::new(String::new());

#[derive(Default)]
struct Options {
    image: String,
    input: Option<String>,
    output: Option<String>,
    stats: Option<String>,
}

/// Our own standard streams. Upstream's code prints as well, and never to these.
struct Console {
    out: BufWriter<File>,
    err: BufWriter<File>,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["--help" | "-h"] => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        ["--version"] => {
            println!("zeroos-exec-zisk {}", env!("CARGO_PKG_VERSION"));
            return ExitCode::SUCCESS;
        }
        _ => {}
    }
    let mut console = match Console::take() {
        Ok(console) => console,
        Err(problem) => {
            eprintln!("zeroos-exec-zisk: {problem}");
            return ExitCode::from(OWN_FAILURE);
        }
    };
    let done = options(args).and_then(|options| run(&options, &mut console));
    let written = console.out.flush().and_then(|()| console.err.flush());
    match done.and_then(|code| written.map(|()| code).map_err(|e| e.to_string())) {
        Ok(code) => ExitCode::from(code),
        Err(problem) => {
            let _ = writeln!(console.err, "zeroos-exec-zisk: {problem}");
            let _ = console.err.flush();
            ExitCode::from(OWN_FAILURE)
        }
    }
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

fn options(args: Vec<String>) -> Result<Options, String> {
    let mut options = Options::default();
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        let slot = match arg.as_str() {
            "--input" => &mut options.input,
            "--output" => &mut options.output,
            "--stats" => &mut options.stats,
            _ if options.image.is_empty() && !arg.starts_with('-') => {
                options.image = arg;
                continue;
            }
            _ => return Err(format!("unexpected argument `{arg}`\n{USAGE}")),
        };
        *slot = Some(
            args.next()
                .ok_or(format!("`{arg}` needs a file\n{USAGE}"))?,
        );
    }
    if options.image.is_empty() {
        return Err(format!("no image is given\n{USAGE}"));
    }
    Ok(options)
}

fn run(options: &Options, console: &mut Console) -> Result<u8, String> {
    std::panic::set_hook(Box::new(|info| {
        let text = info.payload_as_str().unwrap_or("the executor panicked");
        *LAST_WORDS.lock().unwrap() = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }));
    let input = options.input.as_deref().map_or(Ok(Vec::new()), read)?;
    let image = read(&options.image)?;
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
    let report = report(&machine, &symbols, end);
    if let (Some(message), None) = (&report.message, &options.stats) {
        writeln!(
            console.err,
            "zeroos-exec-zisk: {}: {message}",
            report.outcome
        )
        .map_err(|error| error.to_string())?;
    }
    if let Some(file) = &options.output {
        write(file, &public, console)?;
    }
    if let Some(file) = &options.stats {
        write(file, report.to_json(&public).as_bytes(), console)?;
    }
    Ok(report.exit_status())
}

fn report(machine: &Machine, symbols: &Symbols, end: End) -> Report {
    let (outcome, exit_code, message) = match end {
        End::Exit(0) => (OUTCOMES[0], 0, None),
        End::Exit(code) => {
            let reason = symbols
                .address("zeroos_failure")
                .and_then(|a| machine.word(a));
            let outcome = OUTCOMES
                .get(reason.unwrap_or(0) as usize)
                .unwrap_or(&OUTCOMES[0]);
            (*outcome, code, None)
        }
        End::Fault(why, pc) => {
            let message = format!("the guest {why}, at {}", symbols.describe(pc));
            ("fault", 1, Some(message))
        }
    };
    Report {
        outcome,
        exit_code,
        instructions: machine.instructions,
        steps: machine.steps(),
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

fn read(file: &str) -> Result<Vec<u8>, String> {
    let mut data = Vec::new();
    let done = if file == "-" {
        std::io::stdin().read_to_end(&mut data)
    } else {
        File::open(file).and_then(|mut file| file.read_to_end(&mut data))
    };
    done.map_err(|error| format!("cannot read {file}: {error}"))?;
    Ok(data)
}

fn write(file: &str, data: &[u8], console: &mut Console) -> Result<(), String> {
    let done = if file == "-" {
        console.out.write_all(data)
    } else {
        std::fs::write(file, data)
    };
    done.map_err(|error| format!("cannot write {file}: {error}"))
}
