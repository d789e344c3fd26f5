# SPDX-License-Identifier: MIT OR Apache-2.0
"""The command line: one file per command, each thin: parse, call, print."""
