// SPDX-License-Identifier: MIT OR Apache-2.0
//! How a run ended, and the `--stats` file: one JSON object, the same keys for every executor.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{files, Command, Options};

/// libos/include/zeroos/host.h, enum zeroos_failure_reason, as names of outcomes.
const OUTCOMES: [&str; 8] = [
    "exit", "trap", "deadlock", "fault", "halt", "halt", "trap", "halt",
];

/// The outcome of a guest that ended by itself, with what its `zeroos_failure` held.
pub fn outcome(reason: Option<u32>) -> &'static str {
    let known = reason.and_then(|reason| OUTCOMES.get(reason as usize));
    known.unwrap_or(&OUTCOMES[0])
}

#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    pub target: &'static str,
    pub outcome: String,
    pub exit_code: u64,
    /// From reset to halt; unknown when the guest killed the executor.
    pub instructions: Option<u64>,
    /// In the zkVM's own currencies, by name.
    pub cost: BTreeMap<&'static str, u64>,
    pub message: Option<String>,
}

#[derive(Serialize)]
struct Stats<'a> {
    schema: u32,
    target: &'a str,
    executor: &'a str,
    instructions: Option<u64>,
    exit_code: u64,
    outcome: &'a str,
    output_sha256: String,
    cost: &'a BTreeMap<&'static str, u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
}

impl Report {
    /// The process exit code: the guest's, and never 0 for one that does not fit in a byte.
    pub fn exit_status(&self) -> u8 {
        u8::try_from(self.exit_code).unwrap_or(u8::MAX)
    }

    /// Writes the files that the options ask for; returns the process exit code.
    pub fn deliver(
        &self,
        command: &Command,
        options: &Options,
        public: &[u8],
        stdout: &mut impl Write,
        stderr: &mut impl Write,
    ) -> Result<u8, String> {
        if let Some(file) = &options.output {
            files::write(file, public, stdout)?;
        }
        if let Some(file) = &options.stats {
            files::write(file, self.to_json(command.name, public)?.as_bytes(), stdout)?;
        } else if let Some(message) = &self.message {
            // The guest's stderr stays as it is when the message has another place.
            writeln!(stderr, "{}: {}: {message}", command.name, self.outcome)
                .map_err(|error| error.to_string())?;
        }
        Ok(self.exit_status())
    }

    fn to_json(&self, executor: &str, public: &[u8]) -> Result<String, String> {
        let digest = Sha256::digest(public);
        let stats = Stats {
            schema: 1,
            target: self.target,
            executor,
            instructions: self.instructions,
            exit_code: self.exit_code,
            outcome: &self.outcome,
            output_sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
            cost: &self.cost,
            message: self.message.as_deref(),
        };
        let text = serde_json::to_string(&stats).map_err(|error| error.to_string())?;
        Ok(text + "\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(exit_code: u64, message: Option<&str>) -> Report {
        Report {
            target: "x",
            outcome: "exit".into(),
            exit_code,
            instructions: Some(680),
            cost: BTreeMap::from([("gas", 12)]),
            message: message.map(str::to_owned),
        }
    }

    #[test]
    fn stats_have_the_keys_of_every_executor() {
        let text = report(42, None).to_json("zeroos-exec-x", b"").unwrap();
        assert_eq!(
            text,
            "{\"schema\":1,\"target\":\"x\",\"executor\":\"zeroos-exec-x\",\"instructions\":680,\
             \"exit_code\":42,\"outcome\":\"exit\",\"output_sha256\":\
             \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\
             \"cost\":{\"gas\":12}}\n"
        );
    }

    #[test]
    fn a_code_beyond_a_byte_is_a_failure() {
        assert_eq!(report(42, None).exit_status(), 42);
        assert_eq!(report(256, None).exit_status(), 255);
    }

    #[test]
    fn messages_are_quoted() {
        let text = report(1, Some("(a\"b): no\n")).to_json("x", b"").unwrap();
        assert!(text.contains(r#""message":"(a\"b): no\n""#));
    }

    #[test]
    fn unknown_reasons_are_plain_exits() {
        assert_eq!(outcome(Some(2)), "deadlock");
        assert_eq!((outcome(Some(99)), outcome(None)), ("exit", "exit"));
    }
}
