# SPDX-License-Identifier: MIT OR Apache-2.0
"""From addresses to functions, files and lines, with what the compiler inlined.

DWARF is read as far as it is needed: `.debug_aranges` leads to a compilation unit where it is
present, else the units' own ranges do; of a unit only the functions around the address count.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from zeroos_build.backtrace.names import demangle
from zeroos_build.elf.image import Image

# Bytes of one unit's .debug_info up to which its functions are looked at: about two seconds.
_UNIT_LIMIT = 2 << 20
_INLINED, _FUNCTION = "DW_TAG_inlined_subroutine", "DW_TAG_subprogram"
_SCOPES = frozenset(
    {_INLINED, _FUNCTION, "DW_TAG_lexical_block", "DW_TAG_namespace", "DW_TAG_structure_type",
     "DW_TAG_class_type", "DW_TAG_try_block", "DW_TAG_catch_block"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A function, and where in its source; `file` is empty and `line` 0 where nobody knows.

    `inlined`: its code stands in the function of the next place.
    """

    function: str
    file: str = ""
    line: int = 0
    inlined: bool = False


class Sources:
    """The source places of an image's addresses."""

    def __init__(self, image: Image) -> None:
        self._image = image

    def at(self, address: int, function: str) -> tuple[Place, ...]:
        """Places of one instruction, innermost first; `function` is its symbol, maybe mangled."""
        plain = (Place(demangle(function)),)
        if self._dwarf is None:
            return plain
        try:
            return self._with_path(self._described(address), plain[0].function) or plain
        except Exception:
            # pyelftools raises whatever comes when the information is damaged; then it is as none,
            # since the run is reported in any case.
            return plain

    @staticmethod
    def _with_path(places: tuple[Place, ...], symbol: str) -> tuple[Place, ...]:
        """Line tables alone give a function's plain name; its symbol may say more."""
        if places and not places[-1].inlined and symbol.endswith(f"::{places[-1].function}"):
            return (*places[:-1], replace(places[-1], function=symbol))
        return places

    @cached_property
    def _dwarf(self) -> Any:
        """pyelftools' view; None without debug information."""
        if self._image.section(".debug_info") is None:
            return None
        from elftools.elf.elffile import ELFFile

        try:
            file = ELFFile(io.BytesIO(self._image.data))
            return file.get_dwarf_info(relocate_dwarf_sections=False)
        except Exception:
            return None

    def _described(self, address: int) -> tuple[Place, ...]:
        unit = self._unit_at(address)
        if unit is None:
            return ()
        file, line = self._line_at(unit, address)
        chain = list(self._functions_at(unit, address))
        places = []
        for die in chain:
            inlined = die.tag == _INLINED
            places.append(Place(_name(die), file, line, inlined))
            if inlined:
                files = _Files(self._dwarf.line_program_for_CU(unit), unit)
                call_file, call_line = (
                    int(die.attributes[key].value) if key in die.attributes else 0
                    for key in ("DW_AT_call_file", "DW_AT_call_line")
                )
                file, line = files.name(call_file), call_line
        if places:
            return tuple(places)
        function = self._image.function_at(address)
        return (Place(demangle(function.name if function else ""), file, line),) if line else ()

    # --- units ---

    def _unit_at(self, address: int) -> Any:
        ranges = self._dwarf.get_aranges()
        if ranges is not None:
            offset = ranges.cu_offset_at_addr(address)
            if offset is not None:
                return self._dwarf.get_CU_at(offset)
        starts, rows = self._ranges
        for start, end, unit in reversed(rows[: bisect_right(starts, address)]):
            if start <= address < end:
                return unit
        return None

    @cached_property
    def _ranges(self) -> tuple[list[int], list[tuple[int, int, Any]]]:
        """Address ranges of all units, from their first entries alone."""
        rows = []
        for unit in self._dwarf.iter_CUs():
            for start, end in self._spans(unit, unit.get_top_DIE()):
                rows.append((start, end, unit))
        rows.sort(key=lambda row: row[:2])
        return [row[0] for row in rows], rows

    def _spans(self, unit: Any, die: Any) -> Iterator[tuple[int, int]]:
        """The address ranges of an entry. Code that the linker collected starts at 0."""
        attributes = die.attributes
        if "DW_AT_low_pc" in attributes and "DW_AT_high_pc" in attributes:
            low, high = attributes["DW_AT_low_pc"].value, attributes["DW_AT_high_pc"]
            end = high.value if high.form == "DW_FORM_addr" else low + high.value
            if low:
                yield low, end
        elif "DW_AT_ranges" in attributes:
            lists = self._dwarf.range_lists()
            if lists is None:
                return
            first = unit.get_top_DIE().attributes.get("DW_AT_low_pc")
            base = first.value if first is not None else 0
            for entry in lists.get_range_list_at_offset(attributes["DW_AT_ranges"].value, unit):
                if hasattr(entry, "base_address"):
                    base = entry.base_address
                    continue
                add = 0 if getattr(entry, "is_absolute", False) else base
                if entry.begin_offset + add:
                    yield entry.begin_offset + add, entry.end_offset + add

    # --- inside a unit ---

    def _line_at(self, unit: Any, address: int) -> tuple[str, int]:
        program = self._dwarf.line_program_for_CU(unit)
        if program is None:
            return "", 0
        before = None
        for entry in program.get_entries():
            state = entry.state
            if state is None:
                continue
            if before is not None and before.address <= address < state.address:
                return _Files(program, unit).name(before.file), before.line
            before = None if state.end_sequence else state
        return "", 0

    def _functions_at(self, unit: Any, address: int) -> Iterator[Any]:
        """Functions around an address, innermost first: inlined ones and the one they are in."""
        if unit["unit_length"] > _UNIT_LIMIT:
            return
        found: list[Any] = []
        todo = [unit.get_top_DIE()]
        while todo:
            for die in todo.pop().iter_children():
                if die.tag not in _SCOPES:
                    continue
                spans = list(self._spans(unit, die))
                if any(start <= address < end for start, end in spans):
                    if die.tag in (_INLINED, _FUNCTION):
                        found.append(die)
                    todo = [die]
                    break
                if not spans:
                    todo.append(die)
        yield from reversed(found)


class _Files:
    """The names of a line program's files, relative to where the compiler ran."""

    def __init__(self, program: Any, unit: Any) -> None:
        self._program = program
        self._version = program.header["version"] if program else 0
        home = unit.get_top_DIE().attributes.get("DW_AT_comp_dir")
        self._home = _text(home.value) if home is not None else ""

    def name(self, number: int) -> str:
        if self._program is None:
            return ""
        entries = self._program.header["file_entry"]
        directories = self._program.header["include_directory"]
        # Before version 5 both count from 1, and directory 0 is where the compiler ran.
        first = 0 if self._version >= 5 else 1
        if not first <= number < len(entries) + first:
            return ""
        entry = entries[number - first]
        place = entry.dir_index - first
        inside = 0 <= place < len(directories)
        directory = PurePosixPath(_text(directories[place]) if inside else self._home)
        path = directory / _text(entry.name)
        home = PurePosixPath(self._home)
        return str(path.relative_to(home) if path.is_relative_to(home) else path)


def _name(die: Any) -> str:
    """A function's name; entries refer to the one that declares it."""
    plain = ""
    for _ in range(8):
        attributes = die.attributes
        for key in ("DW_AT_linkage_name", "DW_AT_MIPS_linkage_name"):
            if key in attributes:
                return demangle(_text(attributes[key].value))
        plain = plain or _text(attributes["DW_AT_name"].value if "DW_AT_name" in attributes else "")
        reference = next(
            (k for k in ("DW_AT_abstract_origin", "DW_AT_specification") if k in attributes), None
        )
        if reference is None:
            break
        die = die.get_DIE_from_attribute(reference)
    return plain


def _text(value: Any) -> str:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)
