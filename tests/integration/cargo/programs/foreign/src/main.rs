// SPDX-License-Identifier: MIT OR Apache-2.0
//! Links an object of another compiler.

fn main() {}
