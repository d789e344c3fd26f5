# SPDX-License-Identifier: MIT OR Apache-2.0
"""Integer registers, and sets of them as bit masks (bit n is xn)."""

from __future__ import annotations

from collections.abc import Iterable

NAMES = (
    "zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1",
    "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7",
    "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11",
    "t3", "t4", "t5", "t6",
)  # fmt: skip

NUMBER = {name: number for number, name in enumerate(NAMES)} | {"fp": 8}

ZERO, RA, SP, GP, TP, T0, T1, T2 = range(8)
A0, A1, A2, A3, A4, A5, A6, A7 = range(10, 18)
T3, T4, T5, T6 = range(28, 32)


def mask(registers: Iterable[int]) -> int:
    """The set as a bit mask."""
    value = 0
    for register in registers:
        value |= 1 << register
    return value


def members(registers: int) -> list[int]:
    """The registers of a mask, ascending."""
    return [n for n in range(32) if registers >> n & 1]


def names(registers: int) -> str:
    """The registers of a mask by name: "ra a0 a1"."""
    return " ".join(NAMES[n] for n in members(registers))


ALL = 0xFFFFFFFF
ARGUMENTS = mask(range(A0, A7 + 1))
TEMPORARIES = mask((T0, T1, T2, T3, T4, T5, T6))
# What a call may destroy (RISC-V ELF psABI 1.0, "Integer Register Convention").
CALLER_SAVED = 1 << RA | ARGUMENTS | TEMPORARIES
# What a Linux system call may destroy is a0 alone; so this is what a thunk has to think about.
PRESERVED_BY_SYSCALL = CALLER_SAVED & ~(1 << A0)

# The order in which a register that is dead is looked for: those first that are dead most often.
# Liveness knows nothing of the registers that a function preserves for its caller.
SCRATCH: tuple[int, ...] = (A7, T6, T5, T4, T3, T2, T1, T0, A6, *range(A5, A0 - 1, -1), RA)
