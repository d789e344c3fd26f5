# SPDX-License-Identifier: MIT OR Apache-2.0
"""Linker flags that compete with the generated linker script."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS164"

_EXACT = {
    "-T", "-N", "-n", "-r", "-e", "-pie", "--pie", "-shared", "--shared", "--omagic", "--nmagic",
    "--relocatable", "--no-gc-sections", "-execstack", "execstack",
}  # fmt: skip
_PREFIXES = (
    "--script", "-T", "--section-start", "--image-base", "--entry", "-Wl,", "--defsym=zeroos_",
    "--dynamic-linker",
)  # fmt: skip


def check(subject: Subject) -> Iterator[Finding]:
    for path, flag in subject.flags("ldflags"):
        if flag.startswith("-Wl,"):
            message = f"`{flag}`: the flags go to the linker itself, which knows no `-Wl,`"
            yield Finding(path, message, f'write "{flag.removeprefix("-Wl,")}"')
        elif flag in _EXACT or flag.startswith(_PREFIXES):
            message = f"`{flag}`: the target's description decides how the image lies in memory"
            yield Finding(path, message, "remove the flag")
