// SPDX-License-Identifier: MIT OR Apache-2.0
//! The `--stats` file: one JSON object, the same keys as every other executor.

use sha2::{Digest, Sha256};

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    pub outcome: String,
    pub exit_code: u32,
    /// From reset to halt; unknown when the guest killed the executor.
    pub instructions: Option<u64>,
    pub gas: Option<u64>,
    pub message: Option<String>,
}

impl Report {
    /// Reads the line of facts that the measuring run prints.
    pub fn parse(facts: &str) -> Option<Self> {
        let mut words = facts.splitn(5, ' ');
        let mut next = || words.next();
        let outcome = next()?.to_owned();
        let instructions = next()?.parse().ok()?;
        let gas = next()?.parse().ok().filter(|_| outcome != "fault");
        let exit_code = next()?.parse().ok()?;
        let message = next().filter(|text| !text.is_empty()).map(str::to_owned);
        Some(Self {
            outcome,
            exit_code,
            instructions: Some(instructions),
            gas,
            message,
        })
    }

    /// The process exit code: the guest's, and never 0 for one that does not fit in a byte.
    pub fn exit_status(&self) -> u8 {
        u8::try_from(self.exit_code).unwrap_or(u8::MAX)
    }

    pub fn to_json(&self, public: &[u8]) -> String {
        let number = |value: Option<u64>| value.map_or("null".to_owned(), |n| n.to_string());
        let cost = self
            .gas
            .map_or("{}".to_owned(), |gas| format!("{{\"gas\":{gas}}}"));
        let message = self.message.as_deref();
        let message = message.map_or(String::new(), |text| {
            format!(",\"message\":{}", quote(text))
        });
        let digest: String = Sha256::digest(public)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        format!(
            "{{\"schema\":1,\"target\":\"sp1\",\"executor\":\"zeroos-exec-sp1\",\"instructions\":{},\
             \"exit_code\":{},\"outcome\":{},\"output_sha256\":\"{digest}\",\"cost\":{cost}{message}}}\n",
            number(self.instructions),
            self.exit_code,
            quote(&self.outcome),
        )
    }
}

fn quote(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guest_that_ends() {
        let report = Report::parse("exit 680 12 42 ").unwrap();
        assert_eq!(
            (report.exit_code, report.gas, report.exit_status()),
            (42, Some(12), 42)
        );
        assert!(report.to_json(b"").ends_with("\"cost\":{\"gas\":12}}\n"));
    }

    #[test]
    fn a_code_beyond_a_byte_is_a_failure() {
        assert_eq!(Report::parse("exit 1 1 256 ").unwrap().exit_status(), 255);
    }

    #[test]
    fn messages_are_quoted() {
        let report = Report::parse("fault 9 0 1 0x78000000 (a\"b): no\n").unwrap();
        assert!(report
            .to_json(b"")
            .contains(r#""message":"0x78000000 (a\"b): no\u000a""#));
        assert_eq!(report.gas, None);
    }
}
