# SPDX-License-Identifier: MIT OR Apache-2.0
"""What the embedded machine remembers of a guest's failure, for a backtrace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zeroos_build.execute.engine import X0, Engine
from zeroos_build.execute.image import Image
from zeroos_build.execute.memory import Memory
from zeroos_build.execute.request import RunRequest, RunResult

if TYPE_CHECKING:
    from zeroos_build.backtrace import Backtrace

# libos/include/zeroos/host.h, enum zeroos_failure_reason.
_BY_TRAP, _BEFORE_MAIN = 6, 8
# A trap vector that ends the run does so on the main stack, from its upper end.
_OVERWRITTEN = 4096
_STACK_END = "zeroos_stack_high"

# Where the hart stands, and x0 to x31. Importing what makes a backtrace of it takes longer than
# most runs, and most runs do not fail.
_Registers = tuple[int, tuple[int, ...]]


class PostMortem:
    """Takes notes while the machine stops, and reads its memory before it is gone."""

    def __init__(self, request: RunRequest, image: Image, engine: Engine, memory: Memory) -> None:
        self._request, self._image = request, image
        self._engine, self._memory = engine, memory
        self._wanted = request.backtrace != "off"
        self._end: _Registers | None = None
        # The last trap, and what the main stack's end held then.
        self._trap: _Registers | None = None
        self._kept = (0, b"")

    def trapped(self, pc: int) -> None:
        """A trap that is no system call is delivered: its registers are lost in the vector."""
        if not self._wanted:
            return
        self._trap = self._registers(pc)
        end = self._image.symbol(_STACK_END)
        if end is not None and self._read_now(end - _OVERWRITTEN, _OVERWRITTEN) is not None:
            self._kept = (end - _OVERWRITTEN, self._memory.peek(end - _OVERWRITTEN, _OVERWRITTEN))

    def ended(self, pc: int) -> None:
        """The run is over; the hart stands at `pc`."""
        if self._wanted:
            self._end = self._registers(pc)

    def backtrace(self, result: RunResult) -> Backtrace | None:
        """The backtrace of a failed run, if one was asked for."""
        if self._end is None or not result.failed:
            return None
        from zeroos_build.backtrace import Stopped, capture

        stopped, failure = self._end, self._memory.word("zeroos_failure") or 0
        if failure == _BEFORE_MAIN:
            return None
        if failure == _BY_TRAP and self._trap is not None:
            stopped = self._trap
        else:
            self._kept = (0, b"")
        return capture(
            self._request.image, self._read, Stopped(*stopped), self._request.backtrace,
            by_libos=failure not in (0, _BY_TRAP), all_threads=result.outcome == "deadlock",
        )  # fmt: skip

    def _registers(self, pc: int) -> _Registers:
        return pc, tuple(self._engine.register(X0 + n) for n in range(32))

    def _read(self, address: int, size: int) -> bytes | None:
        start, kept = self._kept
        if start <= address and address + size <= start + len(kept):
            return kept[address - start : address - start + size]
        return self._read_now(address, size)

    def _read_now(self, address: int, size: int) -> bytes | None:
        exists = self._memory.exists
        if address < 0 or not (exists(address) and exists(address + size - 1)):
            return None
        return self._memory.peek(address, size)
