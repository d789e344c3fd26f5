# SPDX-License-Identifier: MIT OR Apache-2.0
"""Rewriting one object: every candidate becomes what the target can execute, and a record."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from zeroos_build.diagnostics import error
from zeroos_build.elf import constants as c
from zeroos_build.elf.sites import DISPATCH, SECTION, Site, SiteKind, set_entry, source_name
from zeroos_build.elf.tables import Relocation, Section
from zeroos_build.lower import atomics, traps
from zeroos_build.lower.config import Handler, LowerConfig
from zeroos_build.lower.numbers import Forwarded
from zeroos_build.lower.program import Place, Program, conflict
from zeroos_build.lower.sites import COUNTERS, Candidate, Kind
from zeroos_build.lower.summaries import Summaries
from zeroos_build.lower.thunk import Code, call_handler, frame_handler, tail_handler
from zeroos_build.riscv import encode as e
from zeroos_build.riscv import registers as r
from zeroos_build.riscv.table import Flow
from zeroos_build.riscv.values import Values

# A jal reaches 1 MiB; the rest is room for alignment that only the linker decides.
_REACH = (1 << 20) - 4096


@dataclass(frozen=True, slots=True)
class Work:
    """One object and what the analyses said of it."""

    program: Program
    candidates: list[Candidate]
    numbers: dict[Place, Values]
    host_calls: dict[Place, str]
    forwarded: list[Forwarded]


def rewrite(work: Work, config: LowerConfig, summaries: Summaries) -> None:
    """Change the object in place."""
    _Rewriter(work, config, summaries).run()


class _Rewriter:
    def __init__(self, work: Work, config: LowerConfig, summaries: Summaries) -> None:
        self.work, self.config, self.summaries = work, config, summaries
        self.program, self.obj = work.program, work.program.obj
        self.records: dict[int, list[tuple[Place, int, int, Site]]] = {}
        self.veneers: dict[tuple[int, str], int] = {}
        self.jumps: list[tuple[Place, int]] = []
        # Edges are known of the libc only; an application may name its functions as it likes.
        in_libc = self.obj.name.startswith("libc.a(")
        self._traps = config.dispatch == "trap"
        self.edges = {(f, n): (e, never) for f, n, e, never in config.edges if in_libc}

    def run(self) -> None:
        self._prepare()
        by_section: dict[int, list[Candidate]] = {}
        for candidate in self.work.candidates:
            by_section.setdefault(candidate.place[0], []).append(candidate)
        # Liveness of every site is read before the first byte moves.
        live = {candidate.place: self._live(candidate.place) for candidate in self.work.candidates}
        for index, candidates in sorted(by_section.items()):
            ends = self._end_jump(index)
            for candidate in candidates:
                self._one(candidate, live[candidate.place])
            self._close(index, ends)
        for item in self.work.forwarded:
            kind = SiteKind.FORWARDED_UNKNOWN if item.unknown else SiteKind.FORWARDED
            self._record(item.place, 0, 0, kind, numbers=item.numbers, entry=item.forwarder)
        self._write_records()

    # -- analysis --------------------------------------------------------------------------

    def _prepare(self) -> None:
        for place, values in self.work.numbers.items():
            part = self.program.component(place[0])
            number = self._single(values)
            handler = self.config.handlers.get(number) if number is not None else None
            if handler is not None:
                reads = r.mask(range(r.A0, r.A0 + handler.args))
                node = part.node_at[place]
                part.graph.site_reads[node] = r.ALL if handler.abi == "frame" else reads
        for candidate in self.work.candidates:
            part = self.program.component(candidate.place[0])
            if "liveness" not in part.__dict__:
                self.summaries.attach(self.program, part)

    def _live(self, place: Place) -> int:
        part = self.program.component(place[0])
        return part.liveness.behind[part.node_at[place]]

    @staticmethod
    def _single(values: Values) -> int | None:
        if values.unknown or values.arguments or len(values.constants) != 1:
            return None
        return next(iter(values.constants))

    # -- one candidate ---------------------------------------------------------------------

    def _one(self, candidate: Candidate, live: int) -> None:
        place, instruction = candidate.place, candidate.instruction
        kind = candidate.kind
        if kind is Kind.SYSCALL:
            if place in self.work.host_calls:
                name = self.work.host_calls[place]
                self._record(place, 0, 0, SiteKind.HOST_CALL, entry=name)
            else:
                self._syscall(place, live)
        elif kind is Kind.FENCE:
            self._in_place(place, e.NOP, SiteKind.FENCE)
        elif kind is Kind.LOAD_RESERVED:
            self._in_place(place, atomics.load_reserved(instruction), SiteKind.ATOMIC)
        elif kind is Kind.STORE_CONDITIONAL:
            code = atomics.store_conditional(self.program, place, instruction, self._resume(place))
            self._thunk(place, code, SiteKind.ATOMIC)
        elif kind is Kind.ATOMIC:
            code = atomics.read_modify_write(
                self.program, place, instruction, live, self._resume(place)
            )
            self._thunk(place, code, SiteKind.ATOMIC)
        elif kind is Kind.PAUSE:
            self._thunk(
                place, traps.pause(self.obj.xlen, live, self._resume(place)), SiteKind.PAUSE
            )
        elif kind is Kind.COUNTER:
            if instruction.rd == r.SP:
                raise conflict(
                    self.obj, f"a counter is read into sp in {self.program.describe(*place)}"
                )
            which = COUNTERS[instruction.imm]
            code = traps.counter(self.obj.xlen, which, instruction.rd, live, self._resume(place))
            self._thunk(place, code, SiteKind.COUNTER)
        else:
            self._veneer(place, traps.TRAP, SiteKind.TRAP, link=r.RA, number=-1, resumes=False)

    def _syscall(self, place: Place, live: int) -> None:
        values = self.work.numbers[place]
        xlen = self.obj.xlen
        number = self._single(values)
        if number is None:
            numbers = tuple(sorted(values.constants))
            if values.unknown:
                kind, entry = SiteKind.OPEN, DISPATCH
            elif values.arguments:
                kind, entry = SiteKind.RUN_TIME, DISPATCH
            else:
                kind, entry = SiteKind.SET, set_entry(numbers)
            if self._traps:
                self._record(place, 0, 0, kind, numbers=numbers, entry=entry)
                return
            code = call_handler(xlen, entry, live, self._resume(place))
            saved = live & r.PRESERVED_BY_SYSCALL
            self._thunk(place, code, kind, saved=saved, numbers=numbers, entry=entry)
            return
        edge = self.edges.get((source_name(self.program.function_at(*place)), number))
        handler = self.config.handlers.get(number)
        if self._traps and (handler is None or handler.abi != "frame"):
            # The frame of a clone is put together by its thunk; all else the vector can do.
            kind = SiteKind.CALL if edge is None else SiteKind.EDGE
            self._record(place, 0, 0, kind, number, entry=DISPATCH)
            return
        if edge is not None:
            self._edge(place, number, live, *edge)
            return
        # A number that Linux does not have is answered as Linux does: ENOSYS.
        handler = handler or Handler("", "", constant=-38)
        if handler.constant is not None and -2048 <= handler.constant < 2048:
            word = e.addi(r.A0, 0, handler.constant)
            self._in_place(place, word, SiteKind.CONSTANT, number, handler.name)
        elif handler.abi == "noreturn":
            self._veneer(place, handler.entry, SiteKind.NORETURN, 0, number, resumes=False)
        elif handler.abi == "frame":
            code = frame_handler(xlen, handler.entry, self._resume(place))
            self._thunk(place, code, SiteKind.FRAME, number, r.ALL & ~1, entry=handler.entry)
        elif handler.load is not None:
            code = Code(xlen)
            code.load_word(r.A0, handler.load)
            code.jump(self._resume(place))
            self._thunk(place, code, SiteKind.LOAD, number, entry=handler.load)
        elif live & r.PRESERVED_BY_SYSCALL == 0:
            self._veneer(place, handler.entry, SiteKind.CALL, r.RA, number, resumes=True)
        else:
            code = call_handler(xlen, handler.entry, live, self._resume(place))
            saved = live & r.PRESERVED_BY_SYSCALL
            self._thunk(place, code, SiteKind.CALL, number, saved, entry=handler.entry)

    def _edge(self, place: Place, number: int, live: int, entry: str, never: bool) -> None:
        if never:
            self._veneer(place, entry, SiteKind.EDGE, 0, number, resumes=False)
            return
        code = call_handler(self.obj.xlen, entry, live, self._resume(place))
        saved = live & r.PRESERVED_BY_SYSCALL
        self._thunk(place, code, SiteKind.EDGE, number, saved, entry=entry)

    # -- changing the section --------------------------------------------------------------

    def _resume(self, place: Place) -> int:
        """A local symbol behind the site; relaxation may move it."""
        name = f".Lzeroos_resume_{place[1]:x}"
        return self.obj.add_local(name, place[0], place[1] + 4)

    def _write_word(self, place: Place, word: int) -> None:
        struct.pack_into("<I", self.obj.sections[place[0]].data, place[1], word)

    def _in_place(
        self, place: Place, word: int, kind: SiteKind, number: int = -1, entry: str = ""
    ) -> None:
        self._write_word(place, word)
        self._record(place, 0, self._resume(place), kind, number, entry=entry)

    def _redirect(self, place: Place, symbol: int, link: int) -> None:
        self._write_word(place, e.jal(link))
        entry = Relocation(place[1], c.R_RISCV_JAL, symbol, 0)
        self.obj.relocations(place[0]).append(entry)
        self.jumps.append((place, symbol))

    def _append(self, index: int, code: Code, name: str) -> int:
        section = self.obj.sections[index]
        step = 2 if self.obj.flags & c.EF_RISCV_RVC else 4
        section.data += bytes(-len(section.data) % step)
        start = code.place(self.obj, index)
        for offset, kind, goal in code.relocations:
            if kind == c.R_RISCV_JAL and isinstance(goal, int):
                self.jumps.append(((index, start + offset), goal))
        return self.obj.add_local(f".Lzeroos_{name}_{start:x}", index, start)

    def _thunk(
        self,
        place: Place,
        code: Code,
        kind: SiteKind,
        number: int = -1,
        saved: int = 0,
        numbers: tuple[int, ...] = (),
        entry: str = "",
    ) -> None:
        symbol = self._append(place[0], code, "thunk")
        self._redirect(place, symbol, 0)
        resume = self._resume(place)
        self._record(place, symbol, resume, kind, number, saved, numbers, entry)

    def _veneer(
        self, place: Place, entry: str, kind: SiteKind, link: int, number: int, *, resumes: bool
    ) -> None:
        """Jump to one `tail entry` that all such sites of the section share."""
        key = (place[0], entry)
        if key not in self.veneers:
            code = tail_handler(self.obj.xlen, entry)
            self.veneers[key] = self._append(place[0], code, "veneer")
        symbol = self.veneers[key]
        self._redirect(place, symbol, link)
        resume = self._resume(place) if resumes else 0
        self._record(place, symbol, resume, kind, number, entry=entry)

    def _end_jump(self, index: int) -> Relocation | None:
        """Where a section can run off its end, a jump over the thunks that will follow."""
        code = self.program.code(index)
        section = self.obj.sections[index]
        offset, last = code[-1]
        unconditional = last.flow is Flow.STOP or (
            last.flow in (Flow.JAL, Flow.JALR) and last.rd == 0
        )
        if offset + last.size != len(section.data) or unconditional:
            return None
        start = len(section.data)
        section.data += struct.pack("<I", e.jal(0))
        item = Relocation(start, c.R_RISCV_JAL, 0, 0)
        self.obj.relocations(index).append(item)
        return item

    def _close(self, index: int, end_jump: Relocation | None) -> None:
        section = self.obj.sections[index]
        if end_jump is not None:
            end = self.obj.add_local(f".Lzeroos_end_{index}", index, len(section.data))
            end_jump.symbol = end
            self.jumps.append(((index, end_jump.offset), end))
        section.size = len(section.data)
        self.obj.relocations(index).sort(key=lambda item: item.offset)
        for place, symbol in self.jumps:
            if abs(self.obj.symbols[symbol].value - place[1]) > _REACH:
                raise error(
                    "ZOS424",
                    f"`{self.obj.name}`: a system call in {self.program.describe(*place)} is too "
                    "far from the end of its section for a jump",
                    notes=["a jump reaches 1 MiB, and the section is larger"],
                    help="compile with -ffunction-sections",
                )
        self.jumps.clear()

    # -- records ---------------------------------------------------------------------------

    def _record(
        self,
        place: Place,
        thunk: int,
        resume: int,
        kind: SiteKind,
        number: int = -1,
        saved: int = 0,
        numbers: tuple[int, ...] = (),
        entry: str = "",
    ) -> None:
        function = self.program.function_at(*place)
        site = Site(0, 0, 0, number, saved, kind, self.obj.name, function, numbers, entry)
        self.records.setdefault(place[0], []).append((place, thunk, resume, site))

    def _write_records(self) -> None:
        address = c.R_RISCV_64 if self.obj.xlen == 64 else c.R_RISCV_32
        for index, rows in sorted(self.records.items()):
            section = self._record_section(index)
            entries = self.obj.relocations(section.index)
            for place, thunk, resume, site in rows:
                start = len(section.data)
                section.data += site.encode()
                label = self.obj.add_local(f".Lzeroos_site_{place[1]:x}", index, place[1])
                for offset, symbol in ((0, label), (8, thunk), (16, resume)):
                    if symbol:
                        entries.append(Relocation(start + offset, address, symbol, 0))
            section.size = len(section.data)

    def _record_section(self, index: int) -> Section:
        section = self.obj.add_section(SECTION, c.SHT_PROGBITS, c.SHF_LINK_ORDER, b"", 8)
        section.link = index
        self.obj.join_group_of(index, section)
        return section
