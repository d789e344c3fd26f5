# SPDX-License-Identifier: MIT OR Apache-2.0
"""RISC-V instructions: one table; decoding, encoding and liveness derive from it. No ELF here."""
