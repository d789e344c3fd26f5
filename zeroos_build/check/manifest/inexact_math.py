# SPDX-License-Identifier: MIT OR Apache-2.0
"""Compiler flags that let floating-point results depend on the compiler."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS166"

_FLAGS = {
    "-ffast-math", "-Ofast", "-funsafe-math-optimizations", "-fassociative-math",
    "-freciprocal-math", "-ffinite-math-only", "-fno-signed-zeros", "-ffp-contract=fast",
    "-ffp-model=fast",
}  # fmt: skip


def check(subject: Subject) -> Iterator[Finding]:
    for path, flag in subject.flags("cflags", "cxxflags"):
        if flag in _FLAGS:
            yield Finding(
                path,
                f"`{flag}`: results may differ between compilers, versions and levels",
                "remove the flag",
                ("floating-point numbers are computed by software here: little is won by it",),
            )
