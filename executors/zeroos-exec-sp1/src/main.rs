// SPDX-License-Identifier: MIT OR Apache-2.0
//! `zeroos-exec-sp1`: runs an SP1 image on SP1's own executor, by the contract of `zeroos_exec`.
//!
//! A bad guest kills the executor's process (SIGILL, SIGSEGV, abort), so the guest runs in
//! children of this command: one measures, one records what the guest writes (see `echo`).

mod echo;
mod facts;
mod measure;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitCode, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};

use sp1_core_executor::Program;
use zeroos_exec::{files, one_line, Command, Options, Report, Symbols, OWN_FAILURE};

const COMMAND: Command = Command {
    name: "zeroos-exec-sp1",
    version: env!("CARGO_PKG_VERSION"),
    about: "Runs an SP1 image on SP1's own executor with its strict pass",
};
/// What is kept of the executor's own words; a guest's output, which it repeats, is dropped.
const LAST_WORDS: usize = 16 * 1024;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, job, image] = args.as_slice() {
        if flag == "--child" {
            return child(job, image);
        }
    }
    let done = COMMAND
        .options(&args)
        .and_then(|options| options.map_or(Ok(0), |options| supervise(&options)));
    match done {
        Ok(code) => ExitCode::from(code),
        Err(problem) => {
            eprintln!("{}: {problem}", COMMAND.name);
            ExitCode::from(OWN_FAILURE)
        }
    }
}

/// One job in a process of its own: the image's path as argument, the private input on stdin.
fn child(job: &str, path: &str) -> ExitCode {
    // A guest that loops must not outlive the command that somebody killed.
    // SAFETY: prctl with these arguments touches no memory.
    unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) };
    std::panic::set_hook(Box::new(|info| {
        let text = info.payload_as_str().unwrap_or("the executor panicked");
        eprintln!("{}", one_line(text));
    }));
    let work = || -> Result<(), String> {
        let image = files::read(path)?;
        let mut input = Vec::new();
        std::io::stdin()
            .read_to_end(&mut input)
            .map_err(|error| error.to_string())?;
        let program = std::panic::catch_unwind(|| Program::from(&image))
            .map_err(|_| "the loader refused the image".to_owned())
            .and_then(|loaded| loaded.map_err(|error| error.to_string()))?;
        match job {
            "echo" => echo::run(program, &input),
            _ => measure::run(program, &Symbols::read(&image), &input),
        }
    };
    match work() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{}", one_line(&problem));
            ExitCode::from(OWN_FAILURE)
        }
    }
}

fn supervise(options: &Options) -> Result<u8, String> {
    let input = options
        .input
        .as_deref()
        .map_or(Ok(Vec::new()), files::read)?;
    let mut echo = Job::start("echo", &options.image, &input)?;
    let measure = Job::start("measure", &options.image, &input)?;
    let public = show(echo.stdout())?;
    echo.finish()?;
    let (status, facts, words) = measure.finish()?;

    let report = if status.success() {
        let (facts, values) = split_line(&facts).ok_or("the measuring run said nothing")?;
        if values != public {
            return Err("two runs of one image gave different public values".into());
        }
        facts::parse(facts).ok_or(format!("cannot read `{facts}`"))?
    } else if let Some(signal) = status.signal() {
        died(signal, &words, &options.image)
    } else {
        return Err(format!(
            "cannot run {}: {}",
            options.image,
            words.join("; ")
        ));
    };
    let (mut stdout, mut stderr) = (std::io::stdout(), std::io::stderr());
    report.deliver(&COMMAND, options, &public, &mut stdout, &mut stderr)
}

/// The guest killed the executor; its last words say where, in the best case.
fn died(signal: i32, words: &[String], image: &str) -> Report {
    let name = match signal {
        libc::SIGILL => "SIGILL",
        libc::SIGSEGV => "SIGSEGV",
        libc::SIGABRT => "SIGABRT",
        libc::SIGBUS => "SIGBUS",
        libc::SIGKILL => "SIGKILL",
        _ => "a signal",
    };
    let place = words
        .iter()
        .find_map(|line| line.strip_prefix("Unimplemented instruction at pc: "));
    let why = match (place.and_then(|pc| pc.parse().ok()), words.first()) {
        (Some(pc), _) => {
            let symbols = Symbols::read(&files::read(image).unwrap_or_default());
            format!(
                "the machine does not implement the instruction at {}",
                symbols.describe(pc)
            )
        }
        (None, Some(first)) => first.clone(),
        (None, None) => "most likely a jump out of the text".to_owned(),
    };
    Report {
        target: facts::TARGET,
        outcome: "fault".into(),
        exit_code: 1,
        instructions: None,
        cost: BTreeMap::new(),
        message: Some(format!("the executor died of {name} ({signal}): {why}")),
    }
}

/// Writes the frames of the log to our streams; returns the public values.
fn show(mut log: impl Read) -> Result<Vec<u8>, String> {
    let mut public = Vec::new();
    let mut header = [0; echo::HEADER];
    while log.read_exact(&mut header).is_ok() {
        let word = |at: usize| u64::from_le_bytes(header[at..at + 8].try_into().unwrap());
        let mut piece = log.by_ref().take(word(16));
        let copied = match word(0) {
            1 => std::io::copy(&mut piece, &mut std::io::stdout()),
            2 => std::io::copy(&mut piece, &mut std::io::stderr()),
            _ => piece.read_to_end(&mut public).map(|n| n as u64),
        };
        copied.map_err(|error| format!("cannot pass on what the guest wrote: {error}"))?;
    }
    std::io::stdout()
        .flush()
        .map_err(|error| error.to_string())?;
    Ok(public)
}

/// A child with its pipes drained by threads.
struct Job {
    child: Child,
    words: JoinHandle<Vec<String>>,
    feed: JoinHandle<()>,
}

impl Job {
    fn start(job: &str, image: &str, input: &[u8]) -> Result<Self, String> {
        let mut child = std::env::current_exe()
            .and_then(|own| {
                std::process::Command::new(own)
                    .args(["--child", job, image])
                    .stdin(Stdio::piped())
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
            })
            .map_err(|error| format!("cannot start a process: {error}"))?;
        let (mut stdin, stderr) = (child.stdin.take().unwrap(), child.stderr.take().unwrap());
        let input = input.to_vec();
        Ok(Self {
            child,
            words: thread::spawn(move || last_words(stderr)),
            // A child that failed to load the image reads nothing; that shows in its status.
            feed: thread::spawn(move || drop(stdin.write_all(&input))),
        })
    }

    fn stdout(&mut self) -> impl Read {
        self.child.stdout.take().unwrap()
    }

    fn finish(mut self) -> Result<(ExitStatus, Vec<u8>, Vec<String>), String> {
        let mut out = Vec::new();
        if let Some(mut stdout) = self.child.stdout.take() {
            stdout
                .read_to_end(&mut out)
                .map_err(|error| error.to_string())?;
        }
        let status = self.child.wait().map_err(|error| error.to_string())?;
        self.feed.join().ok();
        Ok((status, out, self.words.join().unwrap_or_default()))
    }
}

fn last_words(stream: impl Read) -> Vec<String> {
    let mut words = Vec::new();
    let mut kept = 0;
    let mut stream = std::io::BufReader::new(stream);
    let mut line = Vec::new();
    while std::io::BufRead::read_until(&mut stream, b'\n', &mut line).is_ok_and(|n| n > 0) {
        let text = one_line(&String::from_utf8_lossy(&line));
        let echoed = text.starts_with("stdout: ") || text.starts_with("stderr: ");
        if !text.is_empty() && !echoed && kept < LAST_WORDS {
            kept += text.len();
            words.push(text);
        }
        line.clear();
    }
    words
}

fn split_line(data: &[u8]) -> Option<(&str, &[u8])> {
    let end = data.iter().position(|&byte| byte == b'\n')?;
    Some((std::str::from_utf8(&data[..end]).ok()?, &data[end + 1..]))
}
