# SPDX-License-Identifier: MIT OR Apache-2.0
"""The instruction table: everything else in this package derives from it.

Each entry gives the fixed bits of one 32-bit instruction, the extension it belongs to and its
format; the format says which operand fields exist, hence what an instruction reads and writes.
Source of the encodings: The RISC-V Instruction Set Manual, Volume I, 2024, chapter 34, and
Volume II for the privileged instructions.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Format(Enum):
    """Operand fields: which registers are read (r1, r2) and written (d), and the immediate.

    The value is (reads rs1, reads rs2, writes rd); floating-point registers do not count.
    """

    R = "R"
    I = "I"  # noqa: E741 - the manual's own name
    S = "S"
    B = "B"
    U = "U"
    J = "J"
    SHIFT = "shift"
    CSR = "csr"
    CSRI = "csri"
    FENCE = "fence"
    NONE = "none"
    LR = "lr"
    AMO = "amo"
    # Floating point, named by what they do to integer registers.
    FLOAT_LOAD = "float-load"  # reads rs1
    FLOAT_STORE = "float-store"  # reads rs1
    FLOAT = "float"  # integer registers untouched
    FLOAT_TO_INT = "float-to-int"  # writes rd
    INT_TO_FLOAT = "int-to-float"  # reads rs1


class Flow(Enum):
    """What an instruction does to the program counter."""

    NEXT = "next"
    BRANCH = "branch"
    JAL = "jal"
    JALR = "jalr"
    ECALL = "ecall"
    EBREAK = "ebreak"
    STOP = "stop"  # mret and kin: never continues behind itself


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: `word & mask == match` identifies it; `xlen` is 0 where both widths have it."""

    mnemonic: str
    extension: str
    format: Format
    match: int
    mask: int
    xlen: int = 0
    flow: Flow = Flow.NEXT


_OPCODE, _FUNCT3, _FUNCT7 = 0x7F, 0x7000, 0xFE000000
_rows: list[Entry] = []


def _add(
    names: str, ext: str, fmt: Format, match: int, mask: int, xlen: int = 0, flow: Flow = Flow.NEXT
) -> None:
    _rows.append(Entry(names, ext, fmt, match, mask, xlen, flow))


def _by_funct3(
    ext: str, fmt: Format, opcode: int, rows: str, xlen: int = 0, flow: Flow = Flow.NEXT
) -> None:
    """Rows "name:funct3 ..." that share an opcode."""
    for row in rows.split():
        name, funct3 = row.split(":")
        _add(name, ext, fmt, opcode | int(funct3) << 12, _OPCODE | _FUNCT3, xlen, flow)


def _by_funct7(ext: str, opcode: int, funct7: int, rows: str, xlen: int = 0) -> None:
    """R-format rows "name:funct3 ..." that share opcode and funct7."""
    for row in rows.split():
        name, funct3 = row.split(":")
        match = opcode | int(funct3) << 12 | funct7 << 25
        _add(name, ext, Format.R, match, _OPCODE | _FUNCT3 | _FUNCT7, xlen)


# RV32I and RV64I
_add("lui", "i", Format.U, 0x37, _OPCODE)
_add("auipc", "i", Format.U, 0x17, _OPCODE)
_add("jal", "i", Format.J, 0x6F, _OPCODE, flow=Flow.JAL)
_add("jalr", "i", Format.I, 0x67, _OPCODE | _FUNCT3, flow=Flow.JALR)
_by_funct3("i", Format.B, 0x63, "beq:0 bne:1 blt:4 bge:5 bltu:6 bgeu:7", flow=Flow.BRANCH)
_by_funct3("i", Format.I, 0x03, "lb:0 lh:1 lw:2 lbu:4 lhu:5")
_by_funct3("i", Format.I, 0x03, "ld:3 lwu:6", xlen=64)
_by_funct3("i", Format.S, 0x23, "sb:0 sh:1 sw:2")
_by_funct3("i", Format.S, 0x23, "sd:3", xlen=64)
_by_funct3("i", Format.I, 0x13, "addi:0 slti:2 sltiu:3 xori:4 ori:6 andi:7")
for _name, _funct3, _high in (("slli", 1, 0), ("srli", 5, 0), ("srai", 5, 0x10)):
    _match = 0x13 | _funct3 << 12 | _high << 26
    _add(_name, "i", Format.SHIFT, _match, _OPCODE | _FUNCT3 | 0x3F << 26, 64)
    _add(_name, "i", Format.SHIFT, _match, _OPCODE | _FUNCT3 | _FUNCT7, 32)
    _match = 0x1B | _funct3 << 12 | _high << 26
    _add(_name + "w", "i", Format.SHIFT, _match, _OPCODE | _FUNCT3 | _FUNCT7, 64)
_by_funct7("i", 0x33, 0x00, "add:0 sll:1 slt:2 sltu:3 xor:4 srl:5 or:6 and:7")
_by_funct7("i", 0x33, 0x20, "sub:0 sra:5")
_by_funct3("i", Format.I, 0x1B, "addiw:0", xlen=64)
_by_funct7("i", 0x3B, 0x00, "addw:0 sllw:1 srlw:5", xlen=64)
_by_funct7("i", 0x3B, 0x20, "subw:0 sraw:5", xlen=64)
# `pause` is an encoding of fence; it stands before fence because the first match wins.
_add("pause", "i", Format.NONE, 0x0100000F, 0xFFFFFFFF)
_add("fence", "i", Format.FENCE, 0x0F, _OPCODE | _FUNCT3)
_add("fence.i", "zifencei", Format.FENCE, 0x100F, _OPCODE | _FUNCT3)
_add("ecall", "i", Format.NONE, 0x00000073, 0xFFFFFFFF, flow=Flow.ECALL)
_add("ebreak", "i", Format.NONE, 0x00100073, 0xFFFFFFFF, flow=Flow.EBREAK)
_by_funct3("zicsr", Format.CSR, 0x73, "csrrw:1 csrrs:2 csrrc:3")
_by_funct3("zicsr", Format.CSRI, 0x73, "csrrwi:5 csrrsi:6 csrrci:7")
_add("mret", "machine", Format.NONE, 0x30200073, 0xFFFFFFFF, flow=Flow.STOP)
_add("sret", "machine", Format.NONE, 0x10200073, 0xFFFFFFFF, flow=Flow.STOP)
_add("wfi", "machine", Format.NONE, 0x10500073, 0xFFFFFFFF)

# M
_by_funct7("m", 0x33, 0x01, "mul:0 mulh:1 mulhsu:2 mulhu:3 div:4 divu:5 rem:6 remu:7")
_by_funct7("m", 0x3B, 0x01, "mulw:0 divw:4 divuw:5 remw:6 remuw:7", xlen=64)

# A; aq and rl (bits 26, 25) are free
_AMO_MASK = _OPCODE | _FUNCT3 | 0xF8000000
for _suffix, _funct3, _xlen in (("w", 2, 0), ("d", 3, 64)):
    _base = 0x2F | _funct3 << 12
    _add(f"lr.{_suffix}", "a", Format.LR, _base | 0x02 << 27, _AMO_MASK | 0x1F << 20, _xlen)
    _add(f"sc.{_suffix}", "a", Format.AMO, _base | 0x03 << 27, _AMO_MASK, _xlen)
    for _name, _funct5 in (
        ("swap", 0x01), ("add", 0x00), ("xor", 0x04), ("and", 0x0C), ("or", 0x08),
        ("min", 0x10), ("max", 0x14), ("minu", 0x18), ("maxu", 0x1C),
    ):  # fmt: skip
        _add(f"amo{_name}.{_suffix}", "a", Format.AMO, _base | _funct5 << 27, _AMO_MASK, _xlen)

# F and D: known so that they can be refused by name and seen by the dataflow
for _ext, _width, _fmt in (("f", 2, 0), ("d", 3, 1)):
    _letter = "wd"[_fmt]
    _suffix = "sd"[_fmt]
    _add(f"fl{_letter}", _ext, Format.FLOAT_LOAD, 0x07 | _width << 12, _OPCODE | _FUNCT3)
    _add(f"fs{_letter}", _ext, Format.FLOAT_STORE, 0x27 | _width << 12, _OPCODE | _FUNCT3)
    for _name, _opcode in (("fmadd", 0x43), ("fmsub", 0x47), ("fnmsub", 0x4B), ("fnmadd", 0x4F)):
        _add(f"{_name}.{_suffix}", _ext, Format.FLOAT, _opcode | _fmt << 25, _OPCODE | 3 << 25)
    _F7 = _OPCODE | _FUNCT7
    for _name, _funct7 in (("fadd", 0x00), ("fsub", 0x04), ("fmul", 0x08), ("fdiv", 0x0C)):
        _add(f"{_name}.{_suffix}", _ext, Format.FLOAT, 0x53 | (_funct7 | _fmt) << 25, _F7)
    _add(f"fsqrt.{_suffix}", _ext, Format.FLOAT, 0x53 | (0x2C | _fmt) << 25, _F7 | 0x1F << 20)
    for _name, _funct7, _funct3 in (
        ("fsgnj", 0x10, 0), ("fsgnjn", 0x10, 1), ("fsgnjx", 0x10, 2),
        ("fmin", 0x14, 0), ("fmax", 0x14, 1),
    ):  # fmt: skip
        _match = 0x53 | (_funct7 | _fmt) << 25 | _funct3 << 12
        _add(f"{_name}.{_suffix}", _ext, Format.FLOAT, _match, _F7 | _FUNCT3)
    for _name, _funct3 in (("fle", 0), ("flt", 1), ("feq", 2)):
        _match = 0x53 | (0x50 | _fmt) << 25 | _funct3 << 12
        _add(f"{_name}.{_suffix}", _ext, Format.FLOAT_TO_INT, _match, _F7 | _FUNCT3)
    for _name, _rs2, _xlen in (("w", 0, 0), ("wu", 1, 0), ("l", 2, 64), ("lu", 3, 64)):
        _mask = _F7 | 0x1F << 20
        _match = 0x53 | (0x60 | _fmt) << 25 | _rs2 << 20
        _add(f"fcvt.{_name}.{_suffix}", _ext, Format.FLOAT_TO_INT, _match, _mask, _xlen)
        _match = 0x53 | (0x68 | _fmt) << 25 | _rs2 << 20
        _add(f"fcvt.{_suffix}.{_name}", _ext, Format.INT_TO_FLOAT, _match, _mask, _xlen)
    _mask = _F7 | _FUNCT3 | 0x1F << 20
    _moves = 64 if _fmt else 0
    _x = "d" if _fmt else "w"
    _match = 0x53 | (0x70 | _fmt) << 25
    _add(f"fmv.x.{_x}", _ext, Format.FLOAT_TO_INT, _match, _mask, _moves)
    _add(f"fclass.{_suffix}", _ext, Format.FLOAT_TO_INT, _match | 1 << 12, _mask)
    _add(f"fmv.{_x}.x", _ext, Format.INT_TO_FLOAT, 0x53 | (0x78 | _fmt) << 25, _mask, _moves)
_add("fcvt.s.d", "d", Format.FLOAT, 0x53 | 0x20 << 25 | 1 << 20, _OPCODE | _FUNCT7 | 0x1F << 20)
_add("fcvt.d.s", "d", Format.FLOAT, 0x53 | 0x21 << 25, _OPCODE | _FUNCT7 | 0x1F << 20)

TABLE: tuple[Entry, ...] = tuple(_rows)
