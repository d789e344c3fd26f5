# SPDX-License-Identifier: MIT OR Apache-2.0
"""What the tool says when something is wrong, as data.

A diagnostic names the cause, the place, the consequence and one fix. Its code stands in
`diagnostics.toml`, or `check/rules.toml` for rules of the linter, with the exit code and the text
of `zeroos-build explain CODE`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

Severity = Literal["error", "warning", "note"]

_CATALOGUES = ("diagnostics.toml", "check/rules.toml")

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_MANIFEST = 3
EXIT_TOOLCHAIN = 4
EXIT_VERIFY = 5
EXIT_LIMIT = 124
EXIT_RUN_FAILED = 125
EXIT_INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file; line and column count characters from 1, 0 means "the whole file".

    `text` is that line as it stands, `width` the number of characters to underline.
    """

    file: str
    line: int = 0
    column: int = 0
    text: str = ""
    width: int = 1

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: `message` says what, `notes` why and what follows, `help` one edit."""

    code: str
    message: str
    location: Location | None = None
    notes: tuple[str, ...] = ()
    help: str | None = None
    severity: Severity = "error"

    def as_json(self) -> dict[str, Any]:
        """The same words as the text form, one field each."""
        place = self.location
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "location": None
            if place is None
            else {
                "file": place.file,
                "line": place.line,
                "column": place.column,
                "text": place.text,
                "width": place.width,
            },
            "notes": list(self.notes),
            "help": self.help,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The inverse of `as_json`: build steps hand their diagnostics to the command this way."""
        place = data["location"]
        return cls(
            data["code"],
            data["message"],
            Location(**place) if place else None,
            tuple(data["notes"]),
            data["help"],
            data["severity"],
        )


class ZeroosError(Exception):
    """Ends a command. Carries at least one diagnostic; the first one decides the exit code."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        assert self.diagnostics, "an error without a diagnostic says nothing"
        super().__init__("; ".join(f"{d.code}: {d.message}" for d in self.diagnostics))

    @property
    def exit_code(self) -> int:
        """The exit code that the catalogue gives to the first diagnostic."""
        return entry(self.diagnostics[0].code).exit_code


def error(
    code: str,
    message: str,
    *,
    location: Location | None = None,
    notes: Sequence[str] = (),
    help: str | None = None,
) -> ZeroosError:
    """A ZeroosError of one diagnostic: `raise error("ZOS401", ...)`."""
    return ZeroosError([Diagnostic(code, message, location, tuple(notes), help)])


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue knows of a code.

    A lint rule has a `default` severity, which a manifest's `[lint]` table may change; all other
    codes are errors that nothing changes. `soundness` rules cannot be switched off.
    """

    code: str
    title: str
    explain: str
    exit_code: int
    soundness: bool = False
    default: Severity | None = None


@functools.cache
def catalogue() -> dict[str, Entry]:
    """All codes in order."""
    import tomllib

    raw: dict[str, Any] = {}
    for name in _CATALOGUES:
        with (Path(__file__).parent / name).open("rb") as file:
            raw |= tomllib.load(file)
    return {
        code: Entry(
            code,
            body["title"],
            body["explain"].strip(),
            body["exit"],
            body.get("soundness", False),
            body.get("default"),
        )
        for code, body in sorted(raw.items())
    }


def entry(code: str) -> Entry:
    """The catalogue's entry of a code; an unknown code is a bug of ours."""
    return catalogue()[code]
