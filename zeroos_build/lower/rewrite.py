# SPDX-License-Identifier: MIT OR Apache-2.0
"""Rewriting one object: every candidate becomes what the target can execute, and a record."""

from __future__ import annotations

from dataclasses import dataclass

from zeroos_build.elf import constants as c
from zeroos_build.elf.sites import (
    DISPATCH,
    SECTION,
    Displaced,
    Site,
    SiteKind,
    set_entry,
    source_name,
)
from zeroos_build.elf.tables import Relocation, Section
from zeroos_build.lower import atomics, traps
from zeroos_build.lower.config import Handler, LowerConfig
from zeroos_build.lower.numbers import Forwarded
from zeroos_build.lower.placing import Placed, Placing
from zeroos_build.lower.program import Place, Program, conflict
from zeroos_build.lower.sites import COUNTERS, Candidate, Kind
from zeroos_build.lower.summaries import Summaries
from zeroos_build.lower.thunk import Code, call_handler, frame_handler, tail_handler
from zeroos_build.riscv import encode as e
from zeroos_build.riscv import registers as r
from zeroos_build.riscv.values import Values

_UNTOUCHED = Placed(0, 0)


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
        self.placing = Placing(self.program, work.candidates)
        self.records: dict[int, list[tuple[Place, Placed, Site]]] = {}
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
            for candidate in self.placing.open(index, candidates):
                self._one(candidate, live[candidate.place])
            self.placing.close(index)
        for item in self.work.forwarded:
            kind = SiteKind.FORWARDED_UNKNOWN if item.unknown else SiteKind.FORWARDED
            self._record(item.place, _UNTOUCHED, kind, numbers=item.numbers, entry=item.forwarder)
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
        sections = dict.fromkeys(candidate.place[0] for candidate in self.work.candidates)
        parts = {id(part): part for part in map(self.program.component, sections)}
        for part in parts.values():
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
                self._record(place, _UNTOUCHED, SiteKind.HOST_CALL, entry=name)
            else:
                self._syscall(place, live)
        elif kind is Kind.FENCE:
            self._in_place(place, e.NOP, SiteKind.FENCE)
        elif kind is Kind.LOAD_RESERVED:
            self._in_place(place, atomics.load_reserved(instruction), SiteKind.ATOMIC)
        elif kind is Kind.STORE_CONDITIONAL:
            code = atomics.store_conditional(self.program, place, instruction)
            self._thunk(place, code, SiteKind.ATOMIC)
        elif kind is Kind.ATOMIC:
            code = atomics.read_modify_write(self.program, place, instruction, live)
            self._thunk(place, code, SiteKind.ATOMIC)
        elif kind is Kind.PAUSE:
            self._thunk(place, traps.pause(self.obj.xlen, live), SiteKind.PAUSE)
        elif kind is Kind.COUNTER:
            if instruction.rd == r.SP:
                raise conflict(
                    self.obj, f"a counter is read into sp in {self.program.describe(*place)}"
                )
            which = COUNTERS[instruction.imm]
            code = traps.counter(self.obj.xlen, which, instruction.rd, live)
            self._thunk(place, code, SiteKind.COUNTER)
        else:
            self._leave(place, traps.TRAP, SiteKind.TRAP, -1, link=r.RA)

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
                self._record(place, _UNTOUCHED, kind, numbers=numbers, entry=entry)
                return
            code = call_handler(xlen, entry, live)
            saved = live & r.PRESERVED_BY_SYSCALL
            self._thunk(place, code, kind, saved=saved, numbers=numbers, entry=entry)
            return
        edge = self.edges.get((source_name(self.program.function_at(*place)), number))
        handler = self.config.handlers.get(number)
        if self._traps and (handler is None or handler.abi != "frame"):
            # The frame of a clone is put together by its thunk; all else the vector can do.
            kind = SiteKind.CALL if edge is None else SiteKind.EDGE
            self._record(place, _UNTOUCHED, kind, number, entry=DISPATCH)
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
            self._leave(place, handler.entry, SiteKind.NORETURN, number)
        elif handler.abi == "frame":
            code = frame_handler(xlen, handler.entry)
            self._thunk(place, code, SiteKind.FRAME, number, r.ALL & ~1, entry=handler.entry)
        elif handler.load is not None:
            code = Code(xlen)
            code.load_word(r.A0, handler.load)
            self._thunk(place, code, SiteKind.LOAD, number, entry=handler.load)
        elif live & r.PRESERVED_BY_SYSCALL == 0:
            self._link(place, handler.entry, number)
        else:
            code = call_handler(xlen, handler.entry, live)
            saved = live & r.PRESERVED_BY_SYSCALL
            self._thunk(place, code, SiteKind.CALL, number, saved, entry=handler.entry)

    def _edge(self, place: Place, number: int, live: int, entry: str, never: bool) -> None:
        if never:
            self._leave(place, entry, SiteKind.EDGE, number)
            return
        code = call_handler(self.obj.xlen, entry, live)
        saved = live & r.PRESERVED_BY_SYSCALL
        self._thunk(place, code, SiteKind.EDGE, number, saved, entry=entry)

    # -- changing the section --------------------------------------------------------------

    def _in_place(
        self, place: Place, word: int, kind: SiteKind, number: int = -1, entry: str = ""
    ) -> None:
        self.placing.in_place(place, word)
        self._record(place, Placed(0, self.placing.resume(place)), kind, number, entry=entry)

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
        self._record(place, self.placing.thunk(place, code), kind, number, saved, numbers, entry)

    def _leave(
        self, place: Place, entry: str, kind: SiteKind, number: int, *, link: int = 0
    ) -> None:
        """To a function that does not return, by a thunk that all such sites share."""
        symbol = self.placing.veneer(place, entry, link, hop=kind is SiteKind.TRAP)
        if symbol:
            placed = Placed(symbol, 0)
        else:
            code = tail_handler(self.obj.xlen, entry)
            placed = self.placing.thunk(place, code, returns=False)
        self._record(place, placed, kind, number, entry=entry)

    def _link(self, place: Place, entry: str, number: int) -> None:
        """Nothing is live behind the site, so its thunk can be shared and return by `ra`."""
        symbol = self.placing.veneer(place, entry, r.RA)
        if symbol:
            placed = Placed(symbol, self.placing.resume(place))
        else:
            placed = self.placing.thunk(place, call_handler(self.obj.xlen, entry, 0))
        self._record(place, placed, SiteKind.CALL, number, entry=entry)

    # -- records ---------------------------------------------------------------------------

    def _record(
        self,
        place: Place,
        placed: Placed,
        kind: SiteKind,
        number: int = -1,
        saved: int = 0,
        numbers: tuple[int, ...] = (),
        entry: str = "",
    ) -> None:
        function = self.program.function_at(*place)
        detour = placed.detour
        before, after = (detour.before, detour.after) if detour else ((), ())
        site = Site(
            0, 0, 0, number, saved, kind, self.obj.name, function, numbers, entry,
            tuple(Displaced(item.size, item.word) for item in before),
            tuple(Displaced(item.size, item.word) for item in after),
        )  # fmt: skip
        self.records.setdefault(place[0], []).append((place, placed, site))

    def _write_records(self) -> None:
        address = c.R_RISCV_64 if self.obj.xlen == 64 else c.R_RISCV_32
        for index, rows in sorted(self.records.items()):
            section = self._record_section(index)
            entries = self.obj.relocations(section.index)
            for place, placed, site in rows:
                start = len(section.data)
                section.data += site.encode()
                label = self.obj.add_local(f".Lzeroos_site_{place[1]:x}", index, place[1])
                for offset, symbol in ((0, label), (8, placed.thunk), (16, placed.resume)):
                    if symbol:
                        entries.append(Relocation(start + offset, address, symbol, 0))
            section.size = len(section.data)

    def _record_section(self, index: int) -> Section:
        section = self.obj.add_section(SECTION, c.SHT_PROGBITS, c.SHF_LINK_ORDER, b"", 8)
        section.link = index
        self.obj.join_group_of(index, section)
        return section
