# SPDX-License-Identifier: MIT OR Apache-2.0
"""What an image consists of: bytes by subsystem, library, object and function."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from zeroos_build.backtrace.names import demangle
from zeroos_build.diagnostics import error
from zeroos_build.elf import constants as c
from zeroos_build.elf.image import Image
from zeroos_build.link.map import Piece, read_map

By = Literal["subsystem", "library", "object", "function"]
Kind = Literal["text", "rodata", "data", "bss"]
SCHEMA = 1
_PADDING = "(padding)"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: bytes by kind."""

    name: str
    kinds: dict[str, int]

    @property
    def loaded(self) -> int:
        """Bytes that come from the file."""
        return sum(size for kind, size in self.kinds.items() if kind != "bss")

    @property
    def memory(self) -> int:
        """Bytes at run time."""
        return sum(self.kinds.values())

    def as_json(self) -> dict[str, Any]:
        """The name, the sums, and the bytes of each kind that there are."""
        return {"name": self.name, "loaded": self.loaded, "memory": self.memory, **self.kinds}


@dataclass(frozen=True, slots=True)
class Change:
    """Bytes in memory of one name, before and now."""

    name: str
    old: int
    new: int

    def as_json(self) -> dict[str, Any]:
        """All fields, and the difference."""
        return {
            "name": self.name,
            "old": self.old,
            "new": self.new,
            "change": self.new - self.old,
        }


@dataclass(frozen=True, slots=True)
class Sizes:
    """An image in bytes; `tables` has the rows of each way to sum, the largest first."""

    file: int
    loaded: int
    memory: int
    tables: dict[str, list[Row]]

    def by(self, what: str) -> list[Row]:
        """The rows of one way to sum."""
        return self.tables[what]

    def as_json(self) -> dict[str, Any]:
        """For `--json`, and for a later `--diff`."""
        return {
            "sizes": {"file": self.file, "loaded": self.loaded, "memory": self.memory},
            "by": {
                what: [
                    {"name": r.name, "loaded": r.loaded, "memory": r.memory, **r.kinds}
                    for r in rows
                ]
                for what, rows in self.tables.items()
            },
        }


def measure(path: Path) -> Sizes:
    """Sizes of an image; ZOS513 if the linker's map does not lie beside it."""
    image = Image.read(path)
    pieces = read_map(path.with_name("link.map"))
    if not pieces:
        raise error(
            "ZOS513",
            f"`{path}` lies without the linker's map",
            notes=["without it nothing says which object a byte comes from"],
            help="name the image in `build/zeroos/TARGET`, or leave it out: `zeroos-build size`",
        )
    linked = path.with_name("linked.elf")
    if linked.is_file() and linked.read_bytes() != image.data:
        raise error(
            "ZOS513",
            f"`{path}` is not the image that the linker's map beside it is of",
            help="build again",
        )
    ranges = [(s.address, s.address + s.size) for s in image.loads]
    placed = [p for p in pieces if any(low <= p.address < high for low, high in ranges)]
    placed.sort(key=lambda piece: piece.address)
    kinds = _Kinds(image)
    tables: dict[str, list[Row]] = {}
    for what, name in (("subsystem", "part"), ("library", "library"), ("object", "object")):
        tables[what] = _rows([(getattr(p, name), kinds.of(p), p.size) for p in placed])
    tables["function"] = _rows(list(_functions(image, placed, kinds)))
    loads = image.loads
    loaded, memory = sum(s.file_size for s in loads), sum(s.size for s in loads)
    return Sizes(len(image.data), loaded, memory, _with_padding(tables, loaded, memory))


def _with_padding(tables: dict[str, list[Row]], loaded: int, memory: int) -> dict[str, list[Row]]:
    """Each table sums up to the image."""
    found = {}
    for what, rows in tables.items():
        rest = loaded - sum(row.loaded for row in rows)
        zeroed = memory - loaded - sum(row.kinds.get("bss", 0) for row in rows)
        padding = {"rodata": rest, "bss": zeroed}
        more = {kind: size for kind, size in padding.items() if size}
        found[what] = [*rows, Row(_PADDING, more)] if more else rows
    return found


class _Kinds:
    """What kind of memory an address is, by the segment that holds it."""

    def __init__(self, image: Image) -> None:
        self._loads = image.loads

    def of(self, piece: Piece) -> Kind:
        for segment in self._loads:
            if segment.address <= piece.address < segment.address + segment.size:
                if piece.address >= segment.address + segment.file_size:
                    return "bss"
                if segment.flags & c.PF_X:
                    return "text"
                return "data" if segment.flags & c.PF_W else "rodata"
        return "data"


def _functions(image: Image, pieces: list[Piece], kinds: _Kinds) -> list[tuple[str, Kind, int]]:
    """Functions and objects by symbol; what of a piece has no symbol counts for the object."""
    starts = [piece.address for piece in pieces]
    rest = [piece.size for piece in pieces]
    end = 0
    found: list[tuple[str, Kind, int]] = []
    symbols = [
        s
        for s in image.symbols
        if s.type in (c.STT_FUNC, c.STT_OBJECT) and s.size and s.section != c.SHN_UNDEF
    ]
    for symbol in sorted(symbols, key=lambda s: (s.address, -s.size, s.bind == c.STB_LOCAL)):
        index = bisect_right(starts, symbol.address) - 1
        # Aliases, and parts of something that was counted.
        if index < 0 or symbol.address < end:
            continue
        size = min(symbol.size, rest[index])
        rest[index] -= size
        end = symbol.address + symbol.size
        found.append((demangle(symbol.name), kinds.of(pieces[index]), size))
    for piece, size in zip(pieces, rest, strict=True):
        if size:
            found.append((f"({piece.object})", kinds.of(piece), size))
    return found


def _rows(parts: list[tuple[str, Kind, int]]) -> list[Row]:
    sums: dict[str, dict[str, int]] = {}
    for name, kind, size in parts:
        row = sums.setdefault(name, {})
        row[kind] = row.get(kind, 0) + size
    rows = [Row(name, kinds) for name, kinds in sums.items()]
    return sorted(rows, key=lambda row: (-row.memory, row.name))


def read_old(path: Path) -> dict[str, dict[str, int]]:
    """Bytes in memory by way to sum and name: from an image, or from what `--json` wrote."""
    try:
        head = path.read_bytes()[:4]
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise error("ZOS703", f"cannot read `{path}`: {reason}") from problem
    if head == b"\x7fELF":
        return _sums(measure(path))
    try:
        data = json.loads(path.read_text("utf-8"))
        return {
            what: {str(row["name"]): int(row["memory"]) for row in rows}
            for what, rows in data["by"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise error(
            "ZOS513",
            f"`{path}` is neither an image nor what `zeroos-build size --json` writes",
            help="write one: `zeroos-build size --json > old.json`",
        ) from problem


def _sums(sizes: Sizes) -> dict[str, dict[str, int]]:
    return {what: {row.name: row.memory for row in rows} for what, rows in sizes.tables.items()}


def compare(old: dict[str, dict[str, int]], new: Sizes, by: str) -> list[Change]:
    """What changed, the largest change first, and the sum of all at the end."""
    before, now = old.get(by, {}), _sums(new)[by]
    names = sorted({*before, *now})
    changes = [Change(name, before.get(name, 0), now.get(name, 0)) for name in names]
    changed = [change for change in changes if change.old != change.new]
    changed.sort(key=lambda change: (-abs(change.new - change.old), change.name))
    return [*changed, Change("(all)", sum(before.values()), sum(now.values()))]
