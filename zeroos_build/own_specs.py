# SPDX-License-Identifier: MIT OR Apache-2.0
"""Spec files of a project: system calls that it adds, to subsystems of its own or to ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from zeroos_build.diagnostics import Diagnostic, Location, ZeroosError, error
from zeroos_build.manifest.suggest import did_you_mean
from zeroos_build.manifest.toml import Document, parse
from zeroos_build.spec import Argument, SpecFile, Specs, Syscall, load_specs

_NOTE = "what is made from a spec would be wrong in the same way"


def read_own(path: Path, shown: str) -> tuple[SpecFile, Document]:
    """A file of specs, and where things stand in it; `shown` is its name in errors.

    ZOS303 where it breaks the schema; what `parse` raises for a text that is no TOML.
    """
    try:
        raw = path.read_bytes()
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise error("ZOS303", f"cannot read the spec file `{shown}`: {reason}") from problem
    document = parse(raw, shown)
    try:
        return SpecFile.model_validate(document.data), document
    except ValidationError as problem:
        items = problem.errors(include_url=False)
        raise ZeroosError(_misfit(item, document) for item in items) from problem


def _misfit(item: Any, document: Document) -> Diagnostic:
    """In the words of errors in manifests."""
    path, kind = item["loc"], item["type"]
    table, key = _words(path[:-1]), str(path[-1]) if path else ""
    if kind == "missing":
        words, help = f"{table} has no `{key}`", f"add `{key} = ...`"
        return Diagnostic("ZOS303", words, document.at_value(path[:-1]), (_NOTE,), help)
    if kind == "extra_forbidden":
        model = Argument if "args" in path else Syscall if path[0] == "syscall" else SpecFile
        names = [info.alias or name for name, info in model.model_fields.items()]
        help = did_you_mean(key, names) or "remove it"
        words = f"{table} has no key `{key}`"
        return Diagnostic("ZOS303", words, document.at_key(path), (_NOTE,), help)
    why = item["msg"].removeprefix("Value error, ")
    why = why[:1].lower() + why[1:]
    return Diagnostic("ZOS303", f"{_words(path)}: {why}", document.at_value(path), (_NOTE,))


def _words(path: tuple[str | int, ...]) -> str:
    """A place of a spec file in words."""
    parts = [f"number {p + 1}" if isinstance(p, int) else f"`{p}`" for p in path]
    return " ".join(parts) or "the spec file"


def extended(paths: Iterable[Path], directory: Path | None = None) -> Specs:
    """Our specs with those of more files, whose names are shown as seen from `directory`.

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
        shown = str(path.relative_to(directory) if directory else path)
        more, document = read_own(path, shown)
        for name in more.refused:
            words = f"`{name}` is refused in a file of a project"
            place = document.at_key(("refused", name))
            help = f'say it in the manifest: `[abi.policy] {name}` with `action = "halt"`'
            found.append(Diagnostic("ZOS303", words, place, help=help))
        for index, call in enumerate(more.syscall):
            where = document.at_value(("syscall", index, "name"))
            found += _against_linux(call, specs, document, index)
            if call.name in names:
                words = f"`{call.name}` has a spec in {names[call.name]}"
                help = f"to replace its handler, name one in `[abi.handlers] {call.name}`"
                found.append(Diagnostic("ZOS302", words, where, help=help))
            names[call.name] = f"`{shown}`"
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


def _against_linux(
    call: Syscall, specs: Specs, document: Document, index: int
) -> Iterator[Diagnostic]:
    for xlen in (64, 32):
        number = call.number(xlen)
        if number is None:
            continue
        where: Location = document.at_value(("syscall", index, "nr", f"rv{xlen}"))
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
