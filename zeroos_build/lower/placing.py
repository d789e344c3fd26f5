# SPDX-License-Identifier: MIT OR Apache-2.0
"""Where thunks go: to the end of their site's section, so that nothing before them moves.

A site becomes one jump to its thunk where that reaches. In a larger section it takes a detour.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from zeroos_build.diagnostics import ZeroosError, error
from zeroos_build.elf import constants as c
from zeroos_build.elf.tables import Relocation
from zeroos_build.lower.detour import PAIR, Detour, Detours
from zeroos_build.lower.program import Place, Program
from zeroos_build.lower.sites import Candidate, Kind
from zeroos_build.lower.thunk import Code, tail_handler
from zeroos_build.riscv import encode as e
from zeroos_build.riscv.table import Flow

# A jal reaches 1 MiB; the rest is room for alignment that only the linker decides.
REACH = (1 << 20) - 4096
# More bytes than any thunk has: a frame's, with everything that a detour displaces.
_LARGEST = 512


@dataclass(frozen=True, slots=True)
class Placed:
    """Symbols of a thunk and of the place where control goes on behind the site's instruction.

    That is behind the site itself; with a detour, at the displaced instructions in the thunk. 0
    where control does not return.
    """

    thunk: int
    resume: int
    detour: Detour | None = None


class Placing:
    """Appends thunks to the sections of an object, one section after the other."""

    def __init__(self, program: Program, candidates: list[Candidate]) -> None:
        self.program, self.obj = program, program.obj
        self.reach = REACH
        self._detours = Detours(program, (item.place for item in candidates))
        self._planned: dict[Place, Detour] = {}
        self._veneers: dict[str, int] = {}
        self._hops: dict[str, tuple[int, int]] = {}
        self._end_jump: Relocation | None = None
        self._large = False

    def open(self, index: int, candidates: list[Candidate]) -> list[Candidate]:
        """Start with a section; returns its candidates in the order to lower them in."""
        self._veneers.clear()
        self._hops.clear()
        self._planned.clear()
        self._open_end(index)
        # Thunks may come to lie up to here.
        end = len(self.obj.sections[index].data) + _LARGEST * len(candidates)
        far = [item for item in candidates if end - item.place[1] > self.reach]
        self._large = bool(far)
        if not far:
            return candidates
        for item in far:
            detour = self._detours.find(item.place)
            if detour is not None:
                self._planned[item.place] = detour
        # What stands near goes to those that have no other way. A trap can jump to a later one.
        traps = [item for item in candidates if item.kind is Kind.TRAP]
        others = [item for item in candidates if item.kind is not Kind.TRAP]
        return [*reversed(traps), *sorted(others, key=lambda item: item.place in self._planned)]

    def close(self, index: int) -> None:
        """The section is complete."""
        section = self.obj.sections[index]
        if self._end_jump is not None:
            self._end_jump.symbol = self._label(f"end_{index}", index, len(section.data))
            self._end_jump = None
        section.size = len(section.data)
        self.obj.relocations(index).sort(key=lambda item: item.offset)

    # -- what a site becomes -----------------------------------------------------------------

    def resume(self, place: Place) -> int:
        """A symbol behind the site; relaxation may move it."""
        return self._label(f"resume_{place[1]:x}", place[0], place[1] + 4)

    def in_place(self, place: Place, word: int) -> None:
        """Another instruction instead of the site's."""
        struct.pack_into("<I", self.obj.sections[place[0]].data, place[1], word)

    def thunk(self, place: Place, code: Code, *, returns: bool = True) -> Placed:
        """A thunk of the site's own; raises ZOS424 where no jump connects the two."""
        index = place[0]
        start = self._next(index, code.size + 4)
        if start + code.size - place[1] <= self.reach:
            resume = 0
            if returns:
                resume = self.resume(place)
                code.jump(resume)
            symbol = self._append(index, code, "thunk")
            self._redirect(place, symbol, 0)
            return Placed(symbol, resume)
        detour = self._planned.get(place)
        if detour is None or (returns and detour.leave is None):
            raise self._out_of_reach(place)
        return self._far(place, code, detour, returns=returns)

    def veneer(self, place: Place, entry: str, link: int, *, hop: bool = False) -> int:
        """The symbol of one `tail entry` that such sites of the section share; 0: out of reach.

        With `hop` a site may also jump to one that does, which has to be lowered before it.
        """
        index, offset = place
        symbol = self._veneers.get(entry, 0)
        if not symbol and self._next(index, PAIR) - offset <= self.reach:
            symbol = self._append(index, tail_handler(self.obj.xlen, entry), "veneer")
            self._veneers[entry] = symbol
        if not symbol or self.obj.symbols[symbol].value - offset > self.reach:
            where, symbol = self._hops.get(entry, (0, 0))
            if not symbol or not hop or where - offset > self.reach:
                return 0
        if hop and self._large:
            self._hops[entry] = offset, self._label(f"hop_{offset:x}", index, offset)
        self._redirect(place, symbol, link)
        return symbol

    def _far(self, place: Place, code: Code, detour: Detour, *, returns: bool) -> Placed:
        index, resume = place[0], 0
        section = self.obj.sections[index]
        whole = Code(self.obj.xlen)
        whole.emit(*(instruction.word for instruction in detour.before))
        whole.append(code)
        behind = whole.size
        if returns:
            assert detour.leave is not None
            end = detour.start + detour.size
            home = self._label(f"home_{place[1]:x}", index, end)
            whole.emit(*(instruction.word for instruction in detour.after))
            whole.far_jump(home, detour.leave)
        thunk = self._append(index, whole, "thunk")
        if returns:
            resume = self._label(
                f"resume_{place[1]:x}", index, self.obj.symbols[thunk].value + behind
            )
        pair = Code(self.obj.xlen)
        pair.far_jump(thunk, detour.enter)
        fill = detour.size - pair.size
        data = struct.pack("<II", *pair.words) + b"\x01\0" * (fill % 4 // 2)  # c.nop
        data += e.NOP.to_bytes(4, "little") * (fill // 4)
        section.data[detour.start : detour.start + detour.size] = data
        self.obj.relocations(index).append(Relocation(detour.start, c.R_RISCV_CALL_PLT, thunk, 0))
        return Placed(thunk, resume, detour)

    def _redirect(self, place: Place, symbol: int, link: int) -> None:
        self.in_place(place, e.jal(link))
        self.obj.relocations(place[0]).append(Relocation(place[1], c.R_RISCV_JAL, symbol, 0))

    def _out_of_reach(self, place: Place) -> ZeroosError:
        return error(
            "ZOS424",
            f"`{self.obj.name}`: a system call in {self.program.describe(*place)} is too "
            "far from the end of its section for a jump",
            notes=[
                "a jump reaches 1 MiB, and the section is larger",
                "a longer one has no room there, or no register that is free",
            ],
            help="compile with -ffunction-sections",
        )

    # -- the section's end -------------------------------------------------------------------

    def _label(self, name: str, index: int, offset: int) -> int:
        return self.obj.add_local(f".Lzeroos_{name}", index, offset)

    def _append(self, index: int, code: Code, name: str) -> int:
        self._next(index, code.size)
        start = code.place(self.obj, index)
        return self._label(f"{name}_{start:x}", index, start)

    def _next(self, index: int, size: int) -> int:
        """Where the next thunk goes, which has so many bytes."""
        section = self.obj.sections[index]
        step = 2 if self.obj.flags & c.EF_RISCV_RVC else 4
        section.data += bytes(-len(section.data) % step)
        jump = self._end_jump
        if jump is not None and len(section.data) + size + 4 - jump.offset > self.reach:
            # Every thunk ends with a jump, so nothing runs into this one.
            jump.symbol = self._label(f"end_{index}", index, len(section.data))
            self._end_jump = self._jump_here(index)
        return len(section.data)

    def _open_end(self, index: int) -> None:
        """Where a section can run off its end, a jump over the thunks that will follow."""
        offset, last = self.program.code(index)[-1]
        unconditional = last.flow is Flow.STOP or (
            last.flow in (Flow.JAL, Flow.JALR) and last.rd == 0
        )
        if offset + last.size == len(self.obj.sections[index].data) and not unconditional:
            self._end_jump = self._jump_here(index)

    def _jump_here(self, index: int) -> Relocation:
        """A jump to a place that is not known yet."""
        section = self.obj.sections[index]
        item = Relocation(len(section.data), c.R_RISCV_JAL, 0, 0)
        section.data += struct.pack("<I", e.jal(0))
        self.obj.relocations(index).append(item)
        return item
