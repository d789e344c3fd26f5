# SPDX-License-Identifier: MIT OR Apache-2.0
"""System calls of a guest as lines, in the manner of strace: `write(1, 0x8000d010, 6) = 6`."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zeroos_build.execute import TraceEvent
    from zeroos_build.spec import Argument


class Decoder:
    """Knows the names and argument types of one machine's system calls."""

    def __init__(self, xlen: int) -> None:
        from zeroos_build.spec import load_specs

        self._xlen = xlen
        self._specs = load_specs()
        self._calls = self._specs.by_number(xlen)

    def line(self, event: TraceEvent) -> str:
        """One call; `= ?` if it did not return."""
        call = self._calls.get(event.number)
        if call is None:
            name = self._specs.linux_name(event.number, self._xlen) or f"syscall_{event.number}"
            words = [f"{value:#x}" for value in event.args]
        else:
            name = call.name
            pairs = zip(call.args, event.args, strict=False)
            words = [self._argument(argument, value) for argument, value in pairs]
        return f"{name}({', '.join(words)}) = {self._result(event.result)}"

    def _argument(self, argument: Argument, value: int) -> str:
        if argument.is_pointer:
            return f"{value:#x}" if value else "NULL"
        if argument.narrow:
            value &= 0xFFFF_FFFF
            return str(_signed(value, 32) if argument.signed else value)
        return str(_signed(value, self._xlen) if argument.signed else value)

    def _result(self, result: int | None) -> str:
        if result is None:
            return "?"
        value = _signed(result, self._xlen)
        if -4096 < value < 0:
            return f"-1 {errno.errorcode.get(-value, str(-value))}"
        return str(value) if value < 1 << 20 else f"{value:#x}"


def _signed(value: int, bits: int) -> int:
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value
