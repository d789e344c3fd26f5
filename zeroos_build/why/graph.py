# SPDX-License-Identifier: MIT OR Apache-2.0
"""The references between the functions of a probe, and the shortest chains through them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from zeroos_build.backtrace.names import demangle
from zeroos_build.backtrace.source import Sources
from zeroos_build.chains import Chains
from zeroos_build.diagnostics import Location
from zeroos_build.elf import constants as c
from zeroos_build.link.map import Piece
from zeroos_build.why.probe import Probe

# rustc's objects: `serde_json-0a1b2c3d4e5f6071.serde_json.9f8e-cgu.0.rcgu.o`.
_CRATE = re.compile(r"(?:lib)?([A-Za-z_]\w*)-[0-9a-f]{16}\.")


@dataclass(frozen=True, slots=True)
class Hop:
    """A function or an object of a chain; `file` and `line` say where it refers to the next one.

    `crate` is Rust's; `file` is empty and `line` 0 where the object has no debug information.
    """

    name: str
    object: str
    crate: str = ""
    file: str = ""
    line: int = 0

    def as_json(self) -> dict[str, Any]:
        """All fields; `place` is what people read."""
        return {
            "name": self.name,
            "object": self.object,
            "crate": self.crate or None,
            "file": self.file or None,
            "line": self.line or None,
        }

    @property
    def place(self) -> str:
        """`main.c:12`, or nothing."""
        return f"{self.file}:{self.line}" if self.line else ""


@dataclass(frozen=True, slots=True)
class Chain:
    """From the program's entry to a goal; `goal` says what stands at the end of it."""

    goal: str
    hops: tuple[Hop, ...]


class Graph(Chains):
    """Chains that know where each reference stands."""

    def __init__(self, probe: Probe) -> None:
        self.probe = probe
        self._places: dict[tuple[int, int], int] = {}
        super().__init__(probe.image)

    def chain(self, address: int, goal: str) -> Chain | None:
        """The shortest chain to what holds an address; None if nothing leads there."""
        owner = self._owner(address)
        if owner is None or owner not in self._parents:
            return None
        nodes = [owner]
        while (parent := self._parents.get(nodes[-1])) is not None:
            nodes.append(parent)
        nodes.reverse()
        ends = [*nodes[1:], None]
        hops = [
            self._hop(node, address if end is None else self._places[node, end])
            for node, end in zip(nodes, ends, strict=True)
        ]
        return Chain(goal, tuple(hop for hop in hops if hop is not None))

    def length(self, address: int) -> int:
        """How many references lead to an address; a large number if none do."""
        node, count = self._owner(address), 0
        if node not in self._parents:
            return 1 << 30
        while node is not None:
            node, count = self._parents[node], count + 1
        return count

    def place_of(self, chain: Chain) -> Location | None:
        """The last line of the project's own sources in a chain, with its text."""
        for hop in reversed(chain.hops):
            path = self.probe.project / hop.file
            if hop.line and not PurePosixPath(hop.file).is_absolute() and path.is_file():
                lines = path.read_text("utf-8", "replace").splitlines()
                text = lines[hop.line - 1] if hop.line <= len(lines) else ""
                column = len(text) - len(text.lstrip()) + 1
                return Location(hop.file, hop.line, column, text, max(len(text.strip()), 1))
        return None

    def names(self) -> Iterator[tuple[int, str]]:
        """Address and symbol of everything that a chain can lead to."""
        yield from self._names.items()

    def name_of(self, start: int) -> str:
        """The symbol at a start, as its author wrote it."""
        return demangle(self._names.get(start, f"0x{start:x}"))

    def object_at(self, address: int) -> str:
        """The object that an address comes from; empty if the map does not say."""
        piece = self._piece(address)
        return piece.object if piece else ""

    def successors(self, node: int) -> set[int]:
        """What a function or an object refers to, as starts."""
        return self._edges.get(node, set())

    @property
    def reached(self) -> list[int]:
        """Starts of all that the program's entry leads to, nearest first."""
        return list(self._parents)

    def _hop(self, node: int, place: int) -> Hop | None:
        symbol = self._names.get(node)
        piece = self._piece(node)
        owner = piece.object if piece else ""
        if symbol is None:
            return None
        where = self._sources.at(place, symbol)[0]
        return Hop(demangle(symbol), owner, crate_of(owner), _relative(where.file), where.line)

    def _piece(self, address: int) -> Piece | None:
        index = bisect_right(self._piece_starts, address) - 1
        if index < 0:
            return None
        piece = self.probe.pieces[index]
        return piece if address < piece.address + piece.size else None

    @cached_property
    def _piece_starts(self) -> list[int]:
        return [piece.address for piece in self.probe.pieces]

    @cached_property
    def _sources(self) -> Sources:
        return Sources(self.image)

    def _read_edges(self) -> dict[int, set[int]]:
        edges: dict[int, set[int]] = {}
        for place, target in self._references:
            source, goal = self._owner(place), self._owner(target)
            if source is None or goal is None or source == goal:
                continue
            edges.setdefault(source, set()).add(goal)
            self._places.setdefault((source, goal), place)
        return edges

    @cached_property
    def functions(self) -> dict[int, int]:
        """Start to size of each function."""
        return {
            symbol.address: symbol.size
            for symbol in self.image.symbols
            if symbol.type == c.STT_FUNC and symbol.section != c.SHN_UNDEF
        }


def crate_of(owner: str) -> str:
    """The crate that an object was compiled from, by rustc's name for it; empty for others."""
    found = _CRATE.search(owner)
    return found[1] if found else ""


def _relative(file: str) -> str:
    """As the project's files are named: `./main.c` is what the prefix map makes of them."""
    return file.removeprefix("./")
