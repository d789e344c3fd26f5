# SPDX-License-Identifier: MIT OR Apache-2.0
"""Compressed instructions for machines without them: each one becomes its long form of 4 bytes.

Code moves, so everything that names a place in it has to follow: relocations, symbols, branches.
What an object may hide is refused: addresses that were computed by hand, label differences that
an assembler resolved. Unwind tables and line tables of objects assembled with -mno-relax keep the
old distances; nothing at run time reads them (C++ exception tables are refused).
"""

from __future__ import annotations

from zeroos_build.elf import constants as c
from zeroos_build.elf.tables import Relocation, Section, Symbol
from zeroos_build.lower.movable import examine, refused
from zeroos_build.lower.pieces import Form, Moved, content, cut, place
from zeroos_build.lower.program import Program
from zeroos_build.riscv.table import Flow

_WIDE = {
    c.R_RISCV_RVC_BRANCH: c.R_RISCV_BRANCH,
    c.R_RISCV_RVC_JUMP: c.R_RISCV_JAL,
    c.R_RISCV_RVC_LUI: c.R_RISCV_HI20,
}
_ULEB128 = (c.R_RISCV_SET_ULEB128, c.R_RISCV_SUB_ULEB128)
# Halves of distances in few bits, with how many: the linkers do not say when one does not fit.
_NARROW_HIGH = {c.R_RISCV_ADD8: 8, c.R_RISCV_SET8: 8, c.R_RISCV_ADD16: 16, c.R_RISCV_SET16: 16}
_NARROW_LOW = (c.R_RISCV_SUB8, c.R_RISCV_SUB16)


def expand_compressed(program: Program) -> None:
    """Rewrite all code of an object in place without compressed instructions.

    The program is of no use afterwards: nothing in it is where it was.
    Raises ZOS427 when something in the object could depend on distances in its code.
    """
    _Expander(program).run()


class _Expander:
    def __init__(self, program: Program) -> None:
        self.obj, self.program = program.obj, program
        self.resolved = examine(self.program)
        self.moved = {
            section.index: cut(self.program, section, self.resolved)
            for section in self.obj.sections
            if section.executable and section.data
        }

    def run(self) -> None:
        obj = self.obj
        for moved in self.moved.values():
            place(self.program, moved)
        # From here on nothing can fail but places inside instructions, which are found first.
        labels = {index: self._labels(moved) for index, moved in self.moved.items()}
        for moved in self.moved.values():
            if not self.program.decoding.marked(moved.section.index):
                self._mark(moved)
        self._narrow_numbers()
        self._short_numbers()
        self._addends()
        for index, moved in self.moved.items():
            self._relocations(moved, labels[index])
        self._symbols()
        for moved in self.moved.values():
            moved.section.data = content(moved)
            moved.section.size = len(moved.section.data)
            moved.section.align = max(moved.section.align, 4)
        obj.flags &= ~c.EF_RISCV_RVC
        for section in obj.sections:
            if section.type == c.SHT_RISCV_ATTRIBUTES:
                # It names the C extension; what an image holds is read from its code.
                obj.drop_content(section)
                section.type = c.SHT_PROGBITS
        obj.changed = True

    # -- what names places -----------------------------------------------------------------

    def _at(self, index: int, offset: int, who: str) -> int:
        place = self.moved[index].at(offset)
        if place is None:
            raise refused(
                self.obj, f"{who} names a place that is no instruction's",
                self.program.describe(index, offset),
            )  # fmt: skip
        return place

    def _labels(self, moved: Moved) -> list[Relocation]:
        """Relocations for jumps that had none, against new labels with their old offsets."""
        index = moved.section.index
        found = []
        for piece in moved.pieces:
            ins = piece.instruction
            if ins is None or piece.target is None:
                continue
            self._at(index, piece.target, "a jump")
            label = self.obj.add_local(f".Lzeroos_target_{piece.start:x}", index, piece.target)
            kind = c.R_RISCV_CALL_PLT
            if ins.flow is Flow.BRANCH:
                kind = c.R_RISCV_BRANCH
            elif ins.flow is Flow.JAL:
                kind = c.R_RISCV_JAL
            elif (index, piece.start) in self.resolved.addresses:
                kind = c.R_RISCV_PCREL_HI20
                name = f".Lzeroos_pcrel_{piece.start:x}"
                here = self.obj.add_local(name, index, piece.start)
                found.append(Relocation(piece.start + 4, c.R_RISCV_PCREL_LO12_I, here, 0))
            found.append(Relocation(piece.start, kind, label, 0))
        return found

    def _mark(self, moved: Moved) -> None:
        """Say what is data: it was not expanded, and reads as something else than before."""
        last = None
        for piece in moved.pieces:
            mark = "$d" if piece.instruction is None and not piece.align else "$x"
            if mark != last:
                self.obj.add_local(mark, moved.section.index, piece.start)
            last = mark

    def _narrow_numbers(self) -> None:
        """Refuse distances in 8 or 16 bits that outgrow them; nothing reads those of unwinding."""
        for target in self.obj.relocation_sections:
            section = self.obj.sections[target]
            if not section.flags & c.SHF_ALLOC or section.name == ".eh_frame":
                continue
            items = self.obj.relocations(target)
            pairs = {item.offset: item for item in items if item.type in _NARROW_LOW}
            for high in items:
                low = pairs.get(high.offset)
                if high.type in _NARROW_HIGH and low is not None:
                    before, after = self._distance(high, low)
                    # As code may read it with or without a sign, it must not reach the top bit.
                    limit = 1 << _NARROW_HIGH[high.type] - 1
                    if not -limit <= after < (limit if before < limit else 2 * limit):
                        raise refused(self.obj, "a distance in few bits", f"`{section.name}`")

    def _distance(self, high: Relocation, low: Relocation) -> tuple[int, int]:
        """Old and new difference of two places, with padding that the linker may remove."""
        before, after = 0, 0
        for item, sign in ((high, 1), (low, -1)):
            symbol = self.obj.symbols[item.symbol]
            value = symbol.value + item.addend
            moved = self.moved.get(symbol.section)
            place = None if moved is None else moved.at(value)
            before += sign * value
            after += sign * (value if place is None else place)
        return before, after

    def _short_numbers(self) -> None:
        """Distances in debug information as ULEB128: those that outgrow their bytes stay old."""
        for target in self.obj.relocation_sections:
            section = self.obj.sections[target]
            items = self.obj.relocations(target)
            pairs = {i.offset: i for i in items if i.type == c.R_RISCV_SUB_ULEB128}
            outgrown = {
                item.offset
                for item in items
                if item.type == c.R_RISCV_SET_ULEB128
                and self._outgrown(section, item, pairs.get(item.offset))
            }
            if outgrown and section.flags & c.SHF_ALLOC:
                raise refused(self.obj, "a distance in few bytes", f"`{section.name}`")
            items[:] = [i for i in items if i.offset not in outgrown or i.type not in _ULEB128]

    def _outgrown(self, section: Section, high: Relocation, low: Relocation | None) -> bool:
        """Whether a ULEB128 may not hold its value, padding of the linker included."""
        values = []
        for item in (high, low):
            if item is None:
                return False
            symbol = self.obj.symbols[item.symbol]
            moved = self.moved.get(symbol.section)
            place = None if moved is None else moved.at(symbol.value + item.addend)
            if place is None:
                return False
            values.append(place)
        size = 1
        while size < 10 and section.data[high.offset + size - 1 : high.offset + size] > b"\x7f":
            size += 1
        return not 0 <= values[0] - values[1] + 64 < 1 << 7 * size

    def _addends(self) -> None:
        """Where a relocation counts from a symbol, the distance may have grown."""
        for target in self.obj.relocation_sections:
            loaded = self.obj.sections[target].flags & c.SHF_ALLOC
            for item in self.obj.relocations(target):
                symbol = self.obj.symbols[item.symbol]
                if item.addend and symbol.section in self.moved and item.type not in (
                    c.R_RISCV_ALIGN, c.R_RISCV_RELAX
                ):  # fmt: skip
                    moved = self.moved[symbol.section]
                    place = moved.at(symbol.value + item.addend)
                    base = moved.at(symbol.value)
                    if place is None or base is None:
                        if loaded:
                            self._at(symbol.section, symbol.value + item.addend, "a relocation")
                        continue  # debug information of something that is not there
                    item.addend = place - base

    def _relocations(self, moved: Moved, added: list[Relocation]) -> None:
        index = moved.section.index
        items = self.obj.relocations(index)
        items += added
        # A pair's second half stands at its own place.
        by_start = {piece.start: piece for piece in moved.pieces}
        kept = []
        for item in items:
            piece = by_start.get(item.offset)
            if item.type == c.R_RISCV_ALIGN and piece is not None and piece.align:
                if piece.align <= 4:
                    continue
                item.addend = piece.align - 4
            where = item.offset
            item.offset = self._at(index, where, "a relocation")
            item.type = _WIDE.get(item.type, item.type)
            flow = item.type in (c.R_RISCV_BRANCH, c.R_RISCV_JAL)
            if flow and piece is not None and piece.form is not Form.PLAIN:
                item.offset += 4 if piece.branch else 0
                item.type = c.R_RISCV_JAL if piece.form is Form.JUMP else c.R_RISCV_CALL_PLT
            kept.append(item)
        kept.sort(key=lambda item: item.offset)
        items[:] = kept

    def _symbols(self) -> None:
        for symbol in self.obj.symbols:
            if symbol.section not in self.moved:
                continue
            moved = self.moved[symbol.section]
            end = moved.at(symbol.value + symbol.size)
            start = self._at(symbol.section, symbol.value, f"`{symbol.name}`")
            if symbol.size:
                symbol.size = max(0, (moved.new_size if end is None else end) - start)
            symbol.value = start
            if _is_code_mark(symbol):
                symbol.name = "$x"


def _is_code_mark(symbol: Symbol) -> bool:
    return symbol.local and symbol.name.startswith("$x") and symbol.name != "$x"
