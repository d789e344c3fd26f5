// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the commands `zeroos-exec-<zkvm> IMAGE [--input F] [--output F] [--stats F]` share. Each
//! runs an image on the executor of its zkVM: the guest's stdout and stderr are ours, byte for
//! byte, its exit code is ours; `--output` receives the public values.

pub mod files;
pub mod options;
pub mod report;
pub mod symbols;

pub use options::{Command, Options};
pub use report::Report;
pub use symbols::Symbols;

/// The exit code of a failure that is not the guest's.
pub const OWN_FAILURE: u8 = 125;

/// Words of several lines as one.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
