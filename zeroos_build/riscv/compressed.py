# SPDX-License-Identifier: MIT OR Apache-2.0
"""The C extension: a 16-bit instruction is a short spelling of a 32-bit one.

Source: The RISC-V Instruction Set Manual, Volume I, 2024, chapter 26.
"""

from __future__ import annotations

from collections.abc import Callable

from zeroos_build.riscv.encode import b_type, i_type, j_type, r_type, s_type, u_type

_LOAD, _STORE, _OP_IMM, _OP, _OP_IMM_32, _OP_32 = 0x03, 0x23, 0x13, 0x33, 0x1B, 0x3B
_FLOAT_LOAD, _FLOAT_STORE = 0x07, 0x27
_SP, _RA = 2, 1
# What assemblers write for `unimp`: csrrw x0, cycle, x0, a write to a read-only csr.
UNIMP = 0xC0001073


def _bits(half: int, *places: tuple[int, int, int]) -> int:
    """Gather fields: (lowest bit in the half word, number of bits, lowest bit in the result)."""
    value = 0
    for low, count, to in places:
        value |= (half >> low & (1 << count) - 1) << to
    return value


def _signed(value: int, bits: int) -> int:
    return value - (1 << bits) if value >> (bits - 1) & 1 else value


def expand(half: int, xlen: int) -> int | None:
    """The 32-bit instruction word of a 16-bit one; None for reserved and illegal encodings.

    All zeros is the one encoding that is defined to be illegal: the short form of `unimp`.
    """
    if half == 0:
        return UNIMP
    handler = _QUADRANTS[half & 3].get(half >> 13)
    return handler(half, xlen) if handler else None


def _c0_memory(half: int, xlen: int) -> int | None:
    """c.lw c.ld c.sw c.sd and their floating-point kin: register + scaled offset."""
    kind = half >> 13
    base, other = 8 + (half >> 7 & 7), 8 + (half >> 2 & 7)
    word = _bits(half, (10, 3, 3), (6, 1, 2), (5, 1, 6))
    double = _bits(half, (10, 3, 3), (5, 2, 6))
    if kind == 1:
        return i_type(_FLOAT_LOAD, other, 3, base, double)
    if kind == 2:
        return i_type(_LOAD, other, 2, base, word)
    if kind == 3:
        if xlen == 64:
            return i_type(_LOAD, other, 3, base, double)
        return i_type(_FLOAT_LOAD, other, 2, base, word)
    if kind == 5:
        return s_type(_FLOAT_STORE, 3, base, other, double)
    if kind == 6:
        return s_type(_STORE, 2, base, other, word)
    if xlen == 64:
        return s_type(_STORE, 3, base, other, double)
    return s_type(_FLOAT_STORE, 2, base, other, word)


def _c0_addi4spn(half: int, xlen: int) -> int | None:
    offset = _bits(half, (11, 2, 4), (7, 4, 6), (6, 1, 2), (5, 1, 3))
    return i_type(_OP_IMM, 8 + (half >> 2 & 7), 0, _SP, offset) if offset else None


def _imm6(half: int) -> int:
    return _signed(_bits(half, (2, 5, 0), (12, 1, 5)), 6)


def _c1_addi(half: int, xlen: int) -> int | None:
    register = half >> 7 & 31
    return i_type(_OP_IMM, register, 0, register, _imm6(half))


def _c_jump_offset(half: int) -> int:
    return _signed(
        _bits(half, (12, 1, 11), (11, 1, 4), (9, 2, 8), (8, 1, 10), (7, 1, 6), (6, 1, 7),
              (3, 3, 1), (2, 1, 5)),
        12,
    )  # fmt: skip


def _c1_jal_or_addiw(half: int, xlen: int) -> int | None:
    if xlen == 32:
        return j_type(0x6F, _RA, _c_jump_offset(half))
    register = half >> 7 & 31
    return i_type(_OP_IMM_32, register, 0, register, _imm6(half)) if register else None


def _c1_li(half: int, xlen: int) -> int | None:
    return i_type(_OP_IMM, half >> 7 & 31, 0, 0, _imm6(half))


def _c1_lui_or_addi16sp(half: int, xlen: int) -> int | None:
    register = half >> 7 & 31
    if register == _SP:
        offset = _signed(_bits(half, (12, 1, 9), (6, 1, 4), (5, 1, 6), (3, 2, 7), (2, 1, 5)), 10)
        return i_type(_OP_IMM, _SP, 0, _SP, offset) if offset else None
    value = _imm6(half)
    return u_type(0x37, register, value << 12) if value else None


def _c1_arithmetic(half: int, xlen: int) -> int | None:
    register, other = 8 + (half >> 7 & 7), 8 + (half >> 2 & 7)
    kind = half >> 10 & 3
    if kind < 2:
        amount = _bits(half, (2, 5, 0), (12, 1, 5))
        if xlen == 32 and amount > 31:
            return None
        return i_type(_OP_IMM, register, 5, register, amount | (0x400 if kind == 1 else 0))
    if kind == 2:
        return i_type(_OP_IMM, register, 7, register, _imm6(half))
    choice = half >> 5 & 3
    if half >> 12 & 1:
        if xlen == 32 or choice > 1:
            return None
        return r_type(_OP_32, register, 0, register, other, 0x20 if choice == 0 else 0)
    funct3, funct7 = ((0, 0x20), (4, 0), (6, 0), (7, 0))[choice]
    return r_type(_OP, register, funct3, register, other, funct7)


def _c1_j(half: int, xlen: int) -> int | None:
    return j_type(0x6F, 0, _c_jump_offset(half))


def _c1_branch(half: int, xlen: int) -> int | None:
    offset = _signed(_bits(half, (12, 1, 8), (10, 2, 3), (5, 2, 6), (3, 2, 1), (2, 1, 5)), 9)
    return b_type(0x63, half >> 13 & 1, 8 + (half >> 7 & 7), 0, offset)


def _c2_slli(half: int, xlen: int) -> int | None:
    register = half >> 7 & 31
    amount = _bits(half, (2, 5, 0), (12, 1, 5))
    if xlen == 32 and amount > 31:
        return None
    return i_type(_OP_IMM, register, 1, register, amount)


def _c2_load(half: int, xlen: int) -> int | None:
    """c.lwsp c.ldsp c.fldsp c.flwsp."""
    kind, register = half >> 13, half >> 7 & 31
    word = _bits(half, (12, 1, 5), (4, 3, 2), (2, 2, 6))
    double = _bits(half, (12, 1, 5), (5, 2, 3), (2, 3, 6))
    if kind == 1:
        return i_type(_FLOAT_LOAD, register, 3, _SP, double)
    if kind == 2:
        return i_type(_LOAD, register, 2, _SP, word) if register else None
    if xlen == 64:
        return i_type(_LOAD, register, 3, _SP, double) if register else None
    return i_type(_FLOAT_LOAD, register, 2, _SP, word)


def _c2_store(half: int, xlen: int) -> int | None:
    """c.swsp c.sdsp c.fsdsp c.fswsp."""
    kind, register = half >> 13, half >> 2 & 31
    word = _bits(half, (9, 4, 2), (7, 2, 6))
    double = _bits(half, (10, 3, 3), (7, 3, 6))
    if kind == 5:
        return s_type(_FLOAT_STORE, 3, _SP, register, double)
    if kind == 6:
        return s_type(_STORE, 2, _SP, register, word)
    if xlen == 64:
        return s_type(_STORE, 3, _SP, register, double)
    return s_type(_FLOAT_STORE, 2, _SP, register, word)


def _c2_jump_or_add(half: int, xlen: int) -> int | None:
    register, other = half >> 7 & 31, half >> 2 & 31
    if half >> 12 & 1 == 0:
        if other == 0:
            return i_type(0x67, 0, 0, register, 0) if register else None  # c.jr
        return r_type(_OP, register, 0, 0, other, 0)  # c.mv
    if other == 0:
        return i_type(0x67, _RA, 0, register, 0) if register else 0x00100073  # c.jalr, c.ebreak
    return r_type(_OP, register, 0, register, other, 0)  # c.add


_QUADRANTS: dict[int, dict[int, Callable[[int, int], int | None]]] = {
    0: {0: _c0_addi4spn, **dict.fromkeys((1, 2, 3, 5, 6, 7), _c0_memory)},
    1: {
        0: _c1_addi,
        1: _c1_jal_or_addiw,
        2: _c1_li,
        3: _c1_lui_or_addi16sp,
        4: _c1_arithmetic,
        5: _c1_j,
        6: _c1_branch,
        7: _c1_branch,
    },
    2: {
        0: _c2_slli,
        **dict.fromkeys((1, 2, 3), _c2_load),
        4: _c2_jump_or_add,
        **dict.fromkeys((5, 6, 7), _c2_store),
    },
    3: {},
}
