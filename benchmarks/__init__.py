# SPDX-License-Identifier: MIT OR Apache-2.0
"""Instruction counts and sizes, exact; see README.md in this directory."""
