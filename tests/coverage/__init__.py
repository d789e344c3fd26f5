# SPDX-License-Identifier: MIT OR Apache-2.0
"""What the conformance programs prove: which calls they make and which errors they provoke.

Their runs on the embedded machine leave a record each; `python -m tests.coverage --check` merges
them, compares the table in docs/coverage.md and fails where a provided call or an error of a spec
is in no program and not in gaps.toml.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from zeroos_build import files
from zeroos_build.execute import TraceEvent
from zeroos_build.layouts import load_layouts
from zeroos_build.paths import data_root
from zeroos_build.spec import load_specs
from zeroos_build.target import load_target

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "tests" / "conformance"
RECORDS = ROOT / "build" / "coverage"
GAPS = Path(__file__).with_name("gaps.toml")
# One of each width: calls of riscv32 have names and numbers of their own.
TARGETS = ("qemu-virt", "qemu-virt32")
DISPATCH = "call"
OBSERVED = "observed"


class Recorder:
    """Takes the events of one run."""

    def __init__(self, name: str, target: str) -> None:
        self._name, self._target = name, target
        xlen = load_target(target).isa.xlen
        self._xlen, self._calls = xlen, load_specs().by_number(xlen)
        self._errors = load_layouts().error_names
        self._seen: dict[str, set[str]] = {}

    def __call__(self, event: TraceEvent) -> None:
        call = self._calls.get(event.number)
        if call is None:
            return
        seen = self._seen.setdefault(call.name, set())
        negative = (1 << self._xlen) - (event.result or 0)
        if negative in self._errors:
            seen.add(self._errors[negative])

    def save(self) -> None:
        """Leave the record for the check."""
        record = {
            "digest": digest(self._name),
            "calls": {name: sorted(errors) for name, errors in sorted(self._seen.items())},
        }
        path = RECORDS / f"{self._target}-{self._name}.json"
        files.write_text(path, json.dumps(record, indent=1) + "\n")


@cache
def _system_digest() -> bytes:
    """Of what decides how a call behaves."""
    total = hashlib.sha256()
    for part in ("libos", "syscall_specs"):
        for path in sorted((data_root() / part).rglob("*")):
            if path.is_file():
                total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.digest()


def digest(name: str) -> str:
    """Of a program, its manifest and the libOS: what a record is good for."""
    total = hashlib.sha256(_system_digest())
    for path in sorted((PROGRAMS / name).iterdir()):
        if path.is_file():
            total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:32]


@dataclass
class Coverage:
    """Call to error (or OBSERVED) to the programs that show it."""

    shown: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def where(self, call: str, what: str = OBSERVED) -> str | None:
        """The first program, by name, that shows something."""
        return min(self.shown.get(call, {}).get(what, []), default=None)


def merge(names: Iterable[str]) -> Coverage:
    """All records; `missing` are programs without one that is good now."""
    found = Coverage()
    for name in names:
        for target in TARGETS:
            path = RECORDS / f"{target}-{name}.json"
            record = json.loads(path.read_text()) if path.is_file() else {}
            if record.get("digest") != digest(name):
                found.missing.append(f"{name} on {target}")
                continue
            for call, errors in record["calls"].items():
                row = found.shown.setdefault(call, {})
                for what in (OBSERVED, *errors):
                    if name not in row.setdefault(what, []):
                        row[what].append(name)
    return found


def wanted() -> list[tuple[str, str]]:
    """Every (call, error) that some program has to show, and (call, OBSERVED)."""
    return [
        (name, what)
        for name, call in load_specs().by_name.items()
        for what in (OBSERVED, *call.errors)
    ]


def gaps() -> dict[str, str]:
    """`call.error` to the reason why no program shows it."""
    table: dict[str, str] = tomllib.loads(GAPS.read_text("utf-8"))["gap"]
    return table
