# SPDX-License-Identifier: MIT OR Apache-2.0
"""Everything that the specs say, as one text; so that no field can change unseen."""

from __future__ import annotations

import copy
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from zeroos_build.paths import data_root
from zeroos_build.spec import SUBSYSTEMS, EdgeFile, SpecFile, Syscall, load_specs
from zeroos_build.toolchain.zig import Zig

GOLDEN = Path(__file__).parent / "specs.txt"
HEADERS = Zig().musl_source().parent / "include" / "riscv-linux-any" / "asm"


def describe(call: Syscall) -> str:
    """One spec as text, with every field in it."""
    arguments = ", ".join(
        f"{a.type} {a.name}"
        + "".join(
            f" {word}={value}"
            for word, value in (("in", a.in_), ("out", a.out), ("inout", a.inout))
            if value is not None
        )
        + (f" flags={'|'.join(a.flags)}" if a.flags else "")
        for a in call.args
    )
    inline = call.inline.model_dump(exclude_none=True) if call.inline else None
    return (
        f"{call.subsystem}: {call.returns} {call.name}({arguments})\n"
        f"  rv64 {call.nr.rv64}, rv32 {call.nr.rv32} {call.linux32 or ''}\n"
        f"  {call.abi}, inline {inline}, errors {' '.join(call.errors)}\n"
        f"  {call.doc}\n  differs: {call.differs} because: {call.reason}\n"
    )


def describe_file(name: str, data: dict[str, Any]) -> str:
    """A whole file as text; raises where the schema refuses it."""
    if name == "edges":
        rows = EdgeFile.model_validate(data).edge
        return "".join(
            f"edge {e.function} {e.syscall} {e.when}: {e.reason} ({e.source})\n" for e in rows
        )
    file = SpecFile.model_validate(data)
    refused = "".join(f"refused {call}: {why}\n" for call, why in file.refused.items())
    return f"{name}: {file.doc}\n{refused}" + "".join(describe(call) for call in file.syscall)


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((data_root() / "syscall_specs" / f"{name}.toml").read_text())


NAMES = [*SUBSYSTEMS, "edges"]


def test_the_text_is_as_recorded() -> None:
    text = "".join(describe_file(name, read(name)) for name in NAMES)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text)
    assert text == GOLDEN.read_text()


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value in a document, with its place."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path, value


def mutated(data: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """A copy with one value changed."""
    changed = copy.deepcopy(data)
    place: Any = changed
    for step in path[:-1]:
        place = place[step]
    if isinstance(value, bool):
        place[path[-1]] = not value
    elif isinstance(value, int):
        place[path[-1]] = value + 1
    else:
        place[path[-1]] = value + "x"
    return changed


@pytest.mark.parametrize("name", NAMES)
def test_every_changed_field_shows(name: str) -> None:
    """Another value is refused by the schema or changes the recorded text."""
    data = read(name)
    before = describe_file(name, data)
    for path, value in leaves(data):
        try:
            after = describe_file(name, mutated(data, path, value))
        except ValidationError:
            continue
        assert after != before, f"{name}: {path} can change unseen"


@pytest.mark.parametrize("name", NAMES)
def test_every_removed_field_shows(name: str) -> None:
    data = read(name)
    before = describe_file(name, data)
    for path, _ in leaves(data):
        changed = copy.deepcopy(data)
        place: Any = changed
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]
        try:
            after = describe_file(name, changed)
        except ValidationError:
            continue
        assert after != before, f"{name}: {path} can be removed unseen"


@pytest.mark.parametrize(("table", "header"), [("rv64", "unistd_64.h"), ("rv32", "unistd_32.h")])
def test_numbers_are_the_kernels(table: str, header: str) -> None:
    text = (HEADERS / header).read_text()
    kernel = {m[1]: int(m[2]) for m in re.finditer(r"#define __NR_(\w+)\s+(\d+)\s*$", text, re.M)}
    assert load_specs().linux[table] == kernel
