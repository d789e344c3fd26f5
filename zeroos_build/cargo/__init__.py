# SPDX-License-Identifier: MIT OR Apache-2.0
"""Rust programs by a stock cargo: `zeroos-build cargo ...` and `cargo zeroos ...`.

cargo compiles the standard library and the project for a machine that differs from Rust's own
Linux machines only in its instructions. In the place of the linker stands a program that writes
down what was to be linked; what cargo takes for an executable is that record. Images are made
from records: one for each target, without compiling anything again, since cargo could not know
that a change of target or manifest asks for a new link.
"""
