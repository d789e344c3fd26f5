# SPDX-License-Identifier: MIT OR Apache-2.0
"""Spec files of a project: system calls that it adds, to subsystems of its own or to ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from zeroos_build.diagnostics import Diagnostic, Location, ZeroosError
from zeroos_build.spec import SpecFile, Specs, Syscall, load_specs, read_file


def extended(paths: Iterable[Path]) -> Specs:
    """Our specs with those of more files.

    A call may be one of Linux that has no spec, under Linux's name and number, or one that Linux
    does not have, under a number that it does not have. ZOS303 for a file that breaks the
    schema, ZOS302 for a second spec of a name or number, ZOS301 for a number of something else.
    """
    specs = load_specs()
    files = dict(specs.files)
    names = dict.fromkeys(specs.by_name, "this version of zeroos-build")
    numbers: dict[tuple[int, int], str] = {}
    found: list[Diagnostic] = []
    for path in paths:
        more, where = read_file(path), Location(str(path))
        for call in more.syscall:
            found += _against_linux(call, specs, where)
            if call.name in names:
                words = f"`{call.name}` has a spec in {names[call.name]}"
                help = f"to replace its handler, name one in `[abi.handlers] {call.name}`"
                found.append(Diagnostic("ZOS302", words, where, help=help))
            names[call.name] = f"`{path}`"
            for xlen in (64, 32):
                number = call.number(xlen)
                # Numbers of Linux have been compared with Linux's names.
                if number is None or specs.linux_name(number, xlen) is not None:
                    continue
                other = numbers.setdefault((xlen, number), call.name)
                if other != call.name:
                    words = f"`{call.name}` and `{other}` have the same number on rv{xlen}"
                    found.append(Diagnostic("ZOS302", words, where))
            before = files.get(call.subsystem, SpecFile(doc=more.doc))
            calls = (*before.syscall, call)
            files[call.subsystem] = before.model_copy(update={"syscall": calls})
    if found:
        raise ZeroosError(found)
    return Specs(files, specs.linux, specs.edges) if files != specs.files else specs


def _against_linux(call: Syscall, specs: Specs, where: Location) -> Iterator[Diagnostic]:
    for xlen in (64, 32):
        number = call.number(xlen)
        if number is None:
            continue
        name = call.linux32 or call.name if xlen == 32 else call.name
        theirs = specs.linux_name(number, xlen)
        own_number = specs.linux[f"rv{xlen}"].get(name)
        if theirs not in (None, name):
            words = f"number {number} on rv{xlen} is Linux's `{theirs}`, not `{name}`"
            last = max(specs.linux[f"rv{xlen}"].values())
            yield Diagnostic(
                "ZOS301", words, where, help=f"take a number that Linux does not have: {last + 1} "
                f"to 4095 are free, and it grows slowly; or correct the name",
            )  # fmt: skip
        elif theirs is None and own_number is not None:
            words = f"Linux's `{name}` is number {own_number} on rv{xlen}, not {number}"
            yield Diagnostic("ZOS301", words, where, help=f"write {own_number}")
