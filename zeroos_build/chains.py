# SPDX-License-Identifier: MIT OR Apache-2.0
"""Call chains, read from the relocations that a linked program still has."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable
from functools import cached_property

from zeroos_build.elf import constants as c
from zeroos_build.elf.image import Image
from zeroos_build.elf.sites import source_name

_RELA = {64: struct.Struct("<QQq"), 32: struct.Struct("<IIi")}


class Chains:
    """Shortest call chains from the start of the program, from the probe's own relocations.

    `without` names functions whose own calls are not followed.
    """

    def __init__(self, image: Image, without: Iterable[str] = ()) -> None:
        self.image = image
        self._starts, self._names = self._symbols()
        names = frozenset(without)
        self._without = {
            symbol.address
            for symbol in image.symbols
            if symbol.type == c.STT_FUNC and names and source_name(symbol.name) in names
        }
        self._edges = self._read_edges()
        self._parents = self._search()

    def reaches(self, address: int) -> bool:
        """Whether some chain leads to the function that holds an address."""
        return self._owner(address) in self._parents

    def to(self, address: int) -> list[str]:
        """Names from main (or the entry) to the function that holds an address."""
        owner = self._owner(address)
        if owner is None:
            return []
        chain = [owner]
        while (parent := self._parents.get(chain[-1])) is not None:
            chain.append(parent)
        names = [self._names[start] for start in reversed(chain) if start in self._names]
        return names[names.index("main") :] if "main" in names else names

    def _symbols(self) -> tuple[list[int], dict[int, str]]:
        names: dict[int, str] = {}
        for symbol in self.image.symbols:
            name = symbol.name
            if symbol.type not in (c.STT_FUNC, c.STT_OBJECT, c.STT_NOTYPE):
                continue
            if symbol.section in (c.SHN_UNDEF, c.SHN_ABS) or not name.strip("$.L"):
                continue
            if name.startswith(("$", ".L")):
                continue
            current = names.get(symbol.address)
            if current is None or current.startswith("_") > name.startswith("_"):
                names[symbol.address] = name
        return sorted(names.keys() | self._nameless()), names

    def _nameless(self) -> set[int]:
        """Where data without a symbol starts: jump tables, behind some named object."""
        image = self.image
        sized = sorted((s.address, s.size) for s in image.symbols if s.type == c.STT_OBJECT)
        ends = {start + size for start, size in sized if size}
        starts = [start for start, _ in sized]
        code = [
            (section.address, section.address + section.size)
            for section in image.sections
            if section.flags & c.SHF_EXECINSTR
        ]
        found = set(ends)
        for _, target in self._references:
            index = bisect_right(starts, target) - 1
            if index >= 0 and sum(sized[index]) <= target:
                found.add(target)
        return {a for a in found if not any(start <= a < end for start, end in code)}

    def _owner(self, address: int) -> int | None:
        index = bisect_right(self._starts, address) - 1
        return self._starts[index] if index >= 0 else None

    @cached_property
    def _references(self) -> list[tuple[int, int]]:
        """Of each relocation in loaded sections: where it is, and where it points."""
        image, found = self.image, []
        layout = _RELA[image.xlen]
        shift = 32 if image.xlen == 64 else 8
        for section in image.sections:
            if section.type != c.SHT_RELA or section.info >= len(image.sections):
                continue
            if not image.sections[section.info].flags & c.SHF_ALLOC:
                continue
            data = image.content(section)
            for offset, info, addend in layout.iter_unpack(
                data[: len(data) // layout.size * layout.size]
            ):
                index = info >> shift
                if not index or index >= len(image.symbols):
                    continue
                symbol = image.symbols[index]
                if symbol.section not in (c.SHN_UNDEF, c.SHN_ABS):
                    found.append((offset, symbol.address + addend))
        return found

    def _read_edges(self) -> dict[int, set[int]]:
        edges: dict[int, set[int]] = {}
        for place, target in self._references:
            source, goal = self._owner(place), self._owner(target)
            if source is None or goal is None or source == goal or source in self._without:
                continue
            edges.setdefault(source, set()).add(goal)
        return edges

    def _search(self) -> dict[int, int | None]:
        addresses = self.image.addresses
        roots = [addresses[name] for name in ("main", "_start") if name in addresses]
        parents: dict[int, int | None] = {}
        for root in roots:
            start = self._owner(root)
            if start is None or start in parents:
                continue
            parents[start] = None
            todo = deque([start])
            while todo:
                node = todo.popleft()
                for target in sorted(self._edges.get(node, ())):
                    if target not in parents:
                        parents[target] = node
                        todo.append(target)
        return parents
