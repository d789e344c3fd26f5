// SPDX-License-Identifier: MIT OR Apache-2.0
//! The `--stats` file: one JSON object, the same keys as every other executor.

use sha2::{Digest, Sha256};

/// How a run ended. `steps` are ZisK's own instructions, its boot ROM's included.
pub struct Report {
    pub outcome: &'static str,
    pub exit_code: u64,
    pub instructions: u64,
    pub steps: u64,
    pub message: Option<String>,
}

impl Report {
    /// The process exit code: the guest's, and never 0 for one that does not fit in a byte.
    pub fn exit_status(&self) -> u8 {
        u8::try_from(self.exit_code).unwrap_or(u8::MAX)
    }

    pub fn to_json(&self, public: &[u8]) -> String {
        let digest: String = Sha256::digest(public)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let message = self.message.as_deref().map_or(String::new(), |text| {
            format!(",\"message\":{}", quote(text))
        });
        format!(
            "{{\"schema\":1,\"target\":\"zisk\",\"executor\":\"zeroos-exec-zisk\",\"instructions\":{},\
             \"exit_code\":{},\"outcome\":\"{}\",\"output_sha256\":\"{digest}\",\"cost\":{{\"steps\":{}}}{message}}}\n",
            self.instructions, self.exit_code, self.outcome, self.steps,
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
