# SPDX-License-Identifier: MIT OR Apache-2.0
"""Which syscalls a run makes: the image lists its sites, the machine stops by at each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from zeroos_build.execute.engine import REGISTERS, Engine
from zeroos_build.execute.image import Image
from zeroos_build.execute.request import TraceEvent

_ARGUMENTS = tuple(REGISTERS[f"a{index}"] for index in range(6))


class Tracer:
    """Follows each thread from a site to where it goes on. Threads are told apart by tp."""

    def __init__(self, image: Image, engine: Engine, sink: Callable[[TraceEvent], object]) -> None:
        from zeroos_build.elf.sites import SECTION, SYSCALLS, decode

        self._engine, self._sink = engine, sink
        self.observed: set[int] = set()
        records = decode(image.section(SECTION), str(image.path))
        # Address of a site to its number, -1 where it is known at run time only.
        self._sites = {record.site: record.number for record in records if record.kind in SYSCALLS}
        records = decode(image.section(SECTION), str(image.path))
        self._resumes = {r.resume for r in records if r.kind in SYSCALLS and r.resume}
        self._open: dict[int, TraceEvent] = {}

    @property
    def addresses(self) -> Iterator[int]:
        """Where `at` has to be called."""
        yield from self._sites
        yield from self._resumes - self._sites.keys()

    def at(self, address: int) -> None:
        """Before the instruction at one of the addresses."""
        thread = self._engine.register(REGISTERS["tp"])
        if address in self._resumes:
            event = self._open.pop(thread, None)
            if event is not None:
                result = self._engine.register(REGISTERS["a0"])
                self._sink(TraceEvent(event.site, event.number, event.args, result, event.thread))
        number = self._sites.get(address)
        if number is not None:
            if number < 0:
                number = self._engine.register(REGISTERS["a7"])
            self.observed.add(number)
            a0, a1, a2, a3, a4, a5 = (self._engine.register(name) for name in _ARGUMENTS)
            self._open[thread] = TraceEvent(address, number, (a0, a1, a2, a3, a4, a5), None, thread)

    def finish(self) -> None:
        """Report the syscalls that never returned."""
        for event in self._open.values():
            self._sink(event)
        self._open.clear()
