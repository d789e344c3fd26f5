# SPDX-License-Identifier: MIT OR Apache-2.0
"""Compiler flags whose runtime no image has."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS165"

_PREFIXES = {
    "-fsanitize": "a sanitizer's runtime needs shadow memory and a process",
    "--coverage": "counts of executed lines go to files that nobody reads",
    "-fprofile": "counts of executed code go to files that nobody reads",
    "-ftest-coverage": "counts of executed lines go to files that nobody reads",
    "-fcoverage": "counts of executed lines go to files that nobody reads",
    "-pg": "a profiler's signals do not exist in a zkVM",
    "-finstrument-functions": "each function would call hooks that are not there",
    "-fopenmp": "there is one hart, and no runtime for parallel loops",
    "-fsplit-stack": "there is no runtime that grows a stack",
}
_HARMLESS = ("-fsanitize-trap", "-fno-sanitize")


def check(subject: Subject) -> Iterator[Finding]:
    for path, flag in subject.flags():
        for prefix, reason in _PREFIXES.items():
            if flag.startswith(prefix) and not flag.startswith(_HARMLESS):
                yield Finding(path, f"`{flag}`: {reason}", "remove the flag")
                break
