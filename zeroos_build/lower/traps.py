# SPDX-License-Identifier: MIT OR Apache-2.0
"""Pauses, counters and traps: what remains of machine code when there is no machine."""

from __future__ import annotations

from zeroos_build.lower.thunk import Code
from zeroos_build.riscv import encode as e
from zeroos_build.riscv import registers as r

# Functions of the libOS, see libos/core/.
PAUSE, COUNTER, TRAP = "zeroos_pause", "zeroos_counter", "zeroos_trap"


def pause(xlen: int, live: int) -> Code:
    """Spinning makes sense only if the others get to run: a pause yields."""
    code = Code(xlen)
    saved = r.members(live & r.CALLER_SAVED)
    size = code.save(saved)
    code.call(PAUSE)
    code.restore(saved, size)
    return code


def counter(xlen: int, which: int, rd: int, live: int) -> Code:
    """`rdcycle` and kin from the virtual clock; `which` as in `sites.COUNTERS`."""
    code = Code(xlen)
    saved = r.members(live & r.CALLER_SAVED & ~(1 << rd))
    size = code.save(saved)
    code.emit(e.addi(r.A0, 0, which))
    code.call(COUNTER)
    if rd not in (0, r.A0):
        code.emit(e.mv(rd, r.A0))
    code.restore(saved, size)
    return code
