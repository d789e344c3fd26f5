# SPDX-License-Identifier: MIT OR Apache-2.0
"""What one frame says of its caller, and what a thread's registers are worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from zeroos_build.riscv import registers as r

# How a frame was found, from certain to guessed: given by the machine or the libOS, from call
# frame information, from the function's own code, from the chain of frame pointers, from a word
# on the stack that may be a return address.
How = Literal["given", "cfi", "code", "frame-pointer", "scan"]
# Bytes of memory, or None where there is none.
Read = Callable[[int, int], bytes | None]

# What a call preserves (RISC-V ELF psABI 1.0, "Integer Register Convention").
PRESERVED = tuple(n for n in range(1, 32) if not r.CALLER_SAVED >> n & 1 and n != r.SP)


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a caller's registers are while its callee runs.

    The canonical frame address (CFA), the caller's sp, is register `base` plus `offset`.
    `kept` are registers that still hold the caller's value, `saved` those that lie in memory at
    the CFA plus an offset; all others are lost. `pc` is the register that holds the address to
    go on at, `interrupted` the place of one that a trap left, relative to the CFA, and what to
    add to it.
    """

    base: int
    offset: int
    kept: frozenset[int]
    saved: dict[int, int]
    pc: int = r.RA
    interrupted: tuple[int, int] | None = None


@dataclass(slots=True)
class Registers:
    """The known registers of a thread at one of its frames; `values[n]` is xn."""

    pc: int
    values: dict[int, int] = field(default_factory=dict)

    def caller(self, rule: Rule, read: Read, xlen: int) -> tuple[Registers, bool] | None:
        """The caller's registers, and whether its pc was interrupted rather than returned to.

        Its pc is 0 where that is lost; None where not even its stack is known.
        """
        base = self.values.get(rule.base)
        if base is None:
            return None
        mask = (1 << xlen) - 1
        cfa = (base + rule.offset) & mask
        found = {n: self.values[n] for n in rule.kept if n in self.values}
        for register, offset in rule.saved.items():
            value = read_word(read, (cfa + offset) & mask, xlen)
            if value is not None:
                found[register] = value
        found[r.SP] = cfa
        if rule.interrupted is not None:
            place, add = rule.interrupted
            value = read_word(read, (cfa + place) & mask, xlen)
            return Registers(((value or add) - add) & mask, found), True
        return Registers(found.get(rule.pc, 0), found), False


def read_word(read: Read, address: int, xlen: int) -> int | None:
    """A register's worth of memory; None where there is none."""
    data = read(address, xlen // 8)
    return None if data is None else int.from_bytes(data, "little")
