# SPDX-License-Identifier: MIT OR Apache-2.0
"""Places in an object's code, in words: the function that holds each."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from zeroos_build.elf import constants as c
from zeroos_build.elf.relocatable import Relocatable


class Names:
    """The functions of an object by place."""

    def __init__(self, obj: Relocatable) -> None:
        self.obj = obj

    def function_at(self, index: int, offset: int) -> str:
        """The name of the function that holds a place, or the section's name."""
        starts, names = self._functions.get(index, ([], []))
        position = bisect_right(starts, offset) - 1
        return names[position] if position >= 0 else self.obj.sections[index].name

    @cached_property
    def _functions(self) -> dict[int, tuple[list[int], list[str]]]:
        """Per section the starts, ascending, and at each the name that says most."""
        found: dict[int, dict[int, tuple[bool, bool, str]]] = {}
        for symbol in self.obj.symbols:
            named = symbol.name and not symbol.name.startswith((".L", "$"))
            if named and symbol.defined and symbol.type in (c.STT_FUNC, c.STT_NOTYPE):
                # Functions and globals win over labels at the same place; else the first does.
                rank = (symbol.type != c.STT_FUNC, symbol.local)
                here = found.setdefault(symbol.section, {})
                if symbol.value not in here or rank < here[symbol.value][:2]:
                    here[symbol.value] = (*rank, symbol.name)
        return {
            index: (sorted(here), [here[start][2] for start in sorted(here)])
            for index, here in found.items()
        }

    def describe(self, index: int, offset: int) -> str:
        """A place for people: "`.text.write`+0x10 (function `write`)"."""
        name = self.obj.sections[index].name
        return f"`{name}`+0x{offset:x} (function `{self.function_at(index, offset)}`)"
