# SPDX-License-Identifier: MIT OR Apache-2.0
"""Which syscalls a run makes: the image lists its sites, the machine stops by at each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from zeroos_build.elf.sites import SECTION, SYSCALLS, Site, SiteKind, decode
from zeroos_build.execute.engine import PROT_READ, REGISTERS, Engine
from zeroos_build.execute.image import Image
from zeroos_build.execute.memory import Memory
from zeroos_build.execute.request import RunRequest, TraceEvent
from zeroos_build.spec import load_specs

_ARGUMENTS = tuple(REGISTERS[f"a{index}"] for index in range(6))
# The libOS's word with the number of the thread that runs (libos/core/tid.c).
_TID, _FIRST = "zeroos_tid", 1


def _resume(record: Site) -> int:
    """Where a syscall goes on; an `ecall` that traps has no address for it in its record."""
    if record.kind is SiteKind.NORETURN:
        return 0
    return record.resume or record.site + 4


@dataclass(frozen=True)
class _Open:
    """A call that has not returned: where it goes on, and the stack pointer at its site."""

    event: TraceEvent
    resume: int
    sp: int


class Tracer:
    """Follows each thread from a site to where it goes on. Threads are told apart by tp.

    A signal handler may run inside a call and make calls of its own, and it may jump out of it.
    """

    def __init__(self, image: Image, engine: Engine, memory: Memory, request: RunRequest) -> None:
        self._engine, self._memory = engine, memory
        self._sink, self._look = request.trace, request.look
        self.observed: set[int] = set()
        records = [
            record
            for record in decode(image.section(SECTION), str(image.path))
            if record.kind in SYSCALLS
        ]
        self._sites = {record.entered: record for record in records}
        self._resumes = {_resume(record) for record in records} - {0}
        calls = load_specs().by_number(image.xlen)
        self._final = {number for number, call in calls.items() if call.abi == "noreturn"}
        self._open: dict[int, list[_Open]] = {}
        self._has_tid = image.symbol(_TID) is not None

    @property
    def addresses(self) -> Iterator[int]:
        """Where `at` has to be called."""
        yield from self._sites
        yield from self._resumes - self._sites.keys()

    def at(self, address: int) -> None:
        """Before the instruction at one of the addresses."""
        thread = self._engine.register(REGISTERS["tp"])
        if address in self._resumes:
            event = self._returned(thread, address)
            if event is not None:
                result = self._engine.register(REGISTERS["a0"])
                after = self._view(event.number, event.args, result)
                self._tell(replace(event, result=result, after=after))
        if address in self._sites:
            record = self._sites[address]
            number = record.number
            if number < 0:  # known at run time only
                number = self._engine.register(REGISTERS["a7"])
            self.observed.add(number)
            a0, a1, a2, a3, a4, a5 = (self._engine.register(name) for name in _ARGUMENTS)
            args = (a0, a1, a2, a3, a4, a5)
            before = self._view(number, args, None)
            event = TraceEvent(record.site, number, args, None, thread, self._tid(), before)
            if number in self._final:
                self._tell(event)
            else:
                self._enter(thread, event, _resume(record))

    def finish(self) -> None:
        """Report the syscalls that never returned."""
        for calls in self._open.values():
            for call in calls:
                self._tell(call.event)
        self._open.clear()

    def _enter(self, thread: int, event: TraceEvent, resume: int) -> None:
        sp = self._engine.register(REGISTERS["sp"])
        calls = self._open.setdefault(thread, [])
        for index, call in enumerate(calls):
            # The same place on the same stack: a handler jumped out of that call.
            if (call.resume, call.sp) == (resume, sp):
                del calls[index:]
                break
        calls.append(_Open(event, resume, sp))

    def _returned(self, thread: int, address: int) -> TraceEvent | None:
        """The innermost call that goes on here; whoever jumped out of those inside is gone."""
        calls = self._open.get(thread, [])
        for index in reversed(range(len(calls))):
            if calls[index].resume == address:
                event = calls[index].event
                del calls[index:]
                return event
        return None

    def _tell(self, event: TraceEvent) -> None:
        if self._sink is not None:
            self._sink(event)

    def _tid(self) -> int:
        number = self._memory.word(_TID) if self._has_tid else None
        return number or _FIRST

    def _view(self, number: int, args: tuple[int, ...], result: int | None) -> tuple[object, ...]:
        if self._look is None:
            return ()
        return self._look(number, args, result, self._read)

    def _read(self, address: int, size: int) -> bytes:
        """Bytes that the guest may read, as far as they go."""
        position, end = address, address + size
        while position < end:
            area = next((a for a in self._memory.areas if a.start <= position < a.end), None)
            if area is None or not area.permissions & PROT_READ:
                break
            position = min(end, area.end)
        return self._memory.peek(address, position - address) if position > address else b""
