# SPDX-License-Identifier: MIT OR Apache-2.0
"""A code section in pieces that move as wholes."""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import IntEnum

from zeroos_build.elf import constants as c
from zeroos_build.elf.tables import Section
from zeroos_build.lower.movable import Resolved, refused
from zeroos_build.lower.program import Program
from zeroos_build.lower.unmarked import reached
from zeroos_build.riscv import encode as e
from zeroos_build.riscv import registers as r
from zeroos_build.riscv.decode import Instruction
from zeroos_build.riscv.table import Flow

# A branch reaches 4 KiB; what lies between can still move by padding that the linker decides.
_BRANCH_REACH = 4096 - 256
# A jump reaches 1 MiB.
_JUMP_REACH = (1 << 20) - 4096
BRANCHES = (c.R_RISCV_BRANCH, c.R_RISCV_RVC_BRANCH)
_JUMPS = (c.R_RISCV_JAL, c.R_RISCV_RVC_JUMP)


class Form(IntEnum):
    """How a branch or jump reaches its target: as it is, by `jal`, by `auipc` and `jalr`.

    Before the second and third of a branch stands its opposite, which skips them.
    """

    PLAIN = 0
    JUMP = 1
    PAIR = 2


@dataclass
class Piece:
    """A run of bytes that moves as a whole: an instruction, a pair, padding or data."""

    start: int
    size: int
    instruction: Instruction | None = None
    data: bytes = b""
    align: int = 0
    # A jump that has no relocation: its target, an old offset.
    target: int | None = None
    form: Form = Form.PLAIN
    # The register that a pair destroys.
    scratch: int = 0
    new: int = 0

    @property
    def width(self) -> int:
        """Bytes after expansion."""
        if self.align:
            return self.align - 4
        if self.instruction is None:
            return -(-self.size // 4) * 4
        if self.form is Form.PLAIN:
            return 4
        return (4 if self.branch else 0) + (8 if self.form is Form.PAIR else 4)

    @property
    def branch(self) -> bool:
        """Whether it jumps under a condition."""
        return self.instruction is not None and self.instruction.flow is Flow.BRANCH

    def wanted(self, distance: int) -> Form:
        """The shortest form that reaches so many bytes."""
        if distance <= (_BRANCH_REACH if self.branch else _JUMP_REACH):
            return Form.PLAIN
        return Form.JUMP if distance <= _JUMP_REACH else Form.PAIR


@dataclass
class Moved:
    """A section's pieces, by old offset."""

    section: Section
    pieces: list[Piece]
    starts: list[int] = field(default_factory=list)
    old_size: int = 0
    new_size: int = 0

    def at(self, offset: int) -> int | None:
        """The new offset of an old one; None inside an instruction and outside of the section."""
        if not 0 <= offset < self.old_size:
            return self.new_size if offset == self.old_size else None
        piece = self.pieces[bisect_right(self.starts, offset) - 1]
        if offset == piece.start or piece.instruction is None:
            return piece.new + min(offset - piece.start, piece.width)
        return None


def cut(program: Program, section: Section, resolved: Resolved) -> Moved:
    """A section's pieces, each with the place that it jumps to without a relocation."""
    index, data = section.index, bytes(section.data)
    relocations = program.obj.relocations(index)
    relocated = {item.offset for item in relocations if item.type != c.R_RISCV_RELAX}
    padding = {i.offset: i.addend for i in relocations if i.type == c.R_RISCV_ALIGN}
    pieces: list[Piece] = []
    position = 0
    at = dict(program.code(index))
    marked = program.decoding.marked(index)
    executed = set() if marked else reached(program, index)
    for offset, ins in at.items():
        if offset < position:
            continue  # inside padding
        if not marked and offset not in executed and offset not in padding:
            continue  # perhaps data
        if offset > position:
            pieces.append(Piece(position, offset - position, data=data[position:offset]))
        if offset in padding:
            size = padding[offset]
            if not 0 < size <= len(data) - offset:
                raise refused(program.obj, "padding", program.describe(index, offset))
            # n bytes of padding align to the next power of two above n.
            pieces.append(Piece(offset, size, align=1 << size.bit_length()))
            position = offset + size
            continue
        target = None
        if offset not in relocated:
            if ins.flow in (Flow.BRANCH, Flow.JAL):
                target = offset + ins.imm
            elif (index, offset) in resolved.calls:
                target = offset + ins.imm + at[offset + 4].imm
            elif (index, offset) in resolved.addresses:
                target = resolved.addresses[index, offset]
        pieces.append(Piece(offset, ins.size, ins, target=target))
        position = offset + ins.size
    if position < len(data):
        pieces.append(Piece(position, len(data) - position, data=data[position:]))
    return Moved(section, pieces, [p.start for p in pieces], len(data))


def place(program: Program, moved: Moved) -> None:
    """New offsets; branches and jumps that do not reach any more grow until all do."""
    index = moved.section.index
    goals = _goals(program, moved)
    while True:
        offset = 0
        for piece in moved.pieces:
            piece.new = offset
            offset += piece.width
        moved.new_size = offset
        grown = False
        for piece, goal in goals:
            place = moved.at(goal)
            if place is None:
                where = program.describe(index, piece.start)
                raise refused(program.obj, "a branch into an instruction", where)
            wanted = piece.wanted(abs(place - piece.new))
            if wanted > piece.form:
                piece.form, grown = wanted, True
        if not grown:
            break
    for piece, _ in goals:
        if piece.form is Form.PAIR:
            piece.scratch = _scratch(program, index, piece)


def _scratch(program: Program, index: int, piece: Piece) -> int:
    """A register for the pair's address: the link register, or one that is dead."""
    ins = piece.instruction
    if ins is not None and ins.flow is Flow.JAL and ins.rd:
        return ins.rd
    part = program.component(index)
    live = part.liveness.before[part.node_at[index, piece.start]]
    found = next((x for x in r.SCRATCH if not live >> x & 1), None)
    if found is None:
        where = program.describe(index, piece.start)
        raise refused(program.obj, "a jump that would have to reach more than 1 MiB", where)
    return found


def _goals(program: Program, moved: Moved) -> list[tuple[Piece, int]]:
    """Branches and jumps inside the section, with their old targets."""
    index = moved.section.index
    by_start = {piece.start: piece for piece in moved.pieces}
    goals = []
    for item in program.obj.relocations(index):
        if item.type in (*BRANCHES, *_JUMPS):
            name, flow = ("branch", Flow.BRANCH) if item.type in BRANCHES else ("jump", Flow.JAL)
            place = program.target(item)
            piece = by_start.get(item.offset)
            ins = piece.instruction if piece is not None else None
            if piece is None or ins is None or ins.flow is not flow:
                where = program.describe(index, item.offset)
                raise refused(program.obj, f"a {name}'s relocation without a {name}", where)
            if place is not None and place[0] == index:
                goals.append((piece, place[1]))
    for piece in moved.pieces:
        ins = piece.instruction
        if ins is not None and piece.target is not None and ins.flow in (Flow.BRANCH, Flow.JAL):
            goals.append((piece, piece.target))
    return goals


def content(moved: Moved) -> bytearray:
    """The section's bytes after expansion; jumps are relocated."""
    out = bytearray()
    for piece in moved.pieces:
        ins = piece.instruction
        if piece.align:
            out += struct.pack("<I", e.NOP) * (piece.width // 4)
        elif ins is None:
            out += piece.data + bytes(piece.width - len(piece.data))
        elif piece.form is Form.PLAIN:
            out += struct.pack("<I", ins.word)
        else:
            # What is jumped to has a relocation.
            if piece.branch:
                word = ins.word ^ 0x1000
                opposite = e.b_type(0x63, word >> 12 & 7, ins.rs1, ins.rs2, piece.width)
                out += struct.pack("<I", opposite)
            if piece.form is Form.JUMP:
                out += struct.pack("<I", e.jal(0))
            else:
                link = 0 if piece.branch else ins.rd
                out += struct.pack("<II", e.auipc(piece.scratch), e.jalr(link, piece.scratch))
    return out
