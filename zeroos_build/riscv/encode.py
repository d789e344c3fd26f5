# SPDX-License-Identifier: MIT OR Apache-2.0
"""Encoding: the instruction words that lowering and the generator write."""

from __future__ import annotations


def _check(value: int, bits: int, what: str) -> None:
    if not -(1 << bits - 1) <= value < 1 << bits - 1:
        raise ValueError(f"{what} {value} does not fit in {bits} signed bits")


def r_type(opcode: int, rd: int, funct3: int, rs1: int, rs2: int, funct7: int) -> int:
    """Three registers."""
    return opcode | rd << 7 | funct3 << 12 | rs1 << 15 | rs2 << 20 | funct7 << 25


def i_type(opcode: int, rd: int, funct3: int, rs1: int, imm: int) -> int:
    """Two registers and a 12-bit immediate."""
    _check(imm, 12, "immediate")
    return opcode | rd << 7 | funct3 << 12 | rs1 << 15 | (imm & 0xFFF) << 20


def s_type(opcode: int, funct3: int, rs1: int, rs2: int, imm: int) -> int:
    """A store: base rs1, value rs2, 12-bit offset."""
    _check(imm, 12, "offset")
    return (
        opcode | (imm & 0x1F) << 7 | funct3 << 12 | rs1 << 15 | rs2 << 20 | (imm >> 5 & 0x7F) << 25
    )


def b_type(opcode: int, funct3: int, rs1: int, rs2: int, offset: int) -> int:
    """A branch by an even 13-bit offset."""
    _check(offset, 13, "branch offset")
    return (
        opcode | (offset >> 11 & 1) << 7 | (offset >> 1 & 0xF) << 8 | funct3 << 12 | rs1 << 15
        | rs2 << 20 | (offset >> 5 & 0x3F) << 25 | (offset >> 12 & 1) << 31
    )  # fmt: skip


def u_type(opcode: int, rd: int, imm: int) -> int:
    """A register and the upper 20 bits of a 32-bit value."""
    return opcode | rd << 7 | imm & 0xFFFFF000


def j_type(opcode: int, rd: int, offset: int) -> int:
    """A jump by an even 21-bit offset."""
    _check(offset, 21, "jump offset")
    return (
        opcode | rd << 7 | (offset >> 12 & 0xFF) << 12 | (offset >> 11 & 1) << 20
        | (offset >> 1 & 0x3FF) << 21 | (offset >> 20 & 1) << 31
    )  # fmt: skip


NOP = 0x00000013


def addi(rd: int, rs1: int, imm: int) -> int:
    """`addi rd, rs1, imm`."""
    return i_type(0x13, rd, 0, rs1, imm)


def mv(rd: int, rs: int) -> int:
    """`mv rd, rs`."""
    return addi(rd, rs, 0)


def load(rd: int, base: int, offset: int, xlen: int) -> int:
    """A load of a whole register: `ld` or `lw`."""
    return i_type(0x03, rd, 3 if xlen == 64 else 2, base, offset)


def store(rs: int, base: int, offset: int, xlen: int) -> int:
    """A store of a whole register: `sd` or `sw`."""
    return s_type(0x23, 3 if xlen == 64 else 2, base, rs, offset)


def jal(rd: int, offset: int = 0) -> int:
    """`jal rd, offset`; offset 0 where a relocation fills it in."""
    return j_type(0x6F, rd, offset)


def jalr(rd: int, rs1: int, imm: int = 0) -> int:
    """`jalr rd, imm(rs1)`."""
    return i_type(0x67, rd, 0, rs1, imm)


def auipc(rd: int) -> int:
    """`auipc rd, 0`; a relocation fills it in."""
    return u_type(0x17, rd, 0)
