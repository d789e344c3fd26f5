# SPDX-License-Identifier: MIT OR Apache-2.0
"""Compiler flags that tie an image to one machine, or that lowering cannot follow."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS153"

_PREFIXES = {
    "-march": "the target's description says what it executes",
    "-mabi": "the target's description says how functions are called",
    "-mcpu": "the target's description says what it executes",
    "-mtune=native": "it means the machine that compiles",
    "-flto": "objects without machine code cannot be lowered",
    "-I/": "the directory exists on one machine only",
    "-L/": "the directory exists on one machine only",
}


def check(subject: Subject) -> Iterator[Finding]:
    for path, flag in subject.flags():
        for prefix, reason in _PREFIXES.items():
            if flag.startswith(prefix):
                yield Finding(path, f"`{flag}`: {reason}", "remove the flag")
                break
