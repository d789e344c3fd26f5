# SPDX-License-Identifier: MIT OR Apache-2.0
"""Thunks: instructions with relocations that stand in for others.

Here is what they do. How a site leads to its thunk and the thunk back is in `placing`.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from zeroos_build.elf import constants as c
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.elf.tables import Relocation
from zeroos_build.riscv import encode as e
from zeroos_build.riscv import registers as r

# Slot n holds xn, as `struct zeroos_frame` in libos/include/zeroos/frame.h; slot 0 is free.
FRAME_SLOTS = 32


@dataclass
class Code:
    """Instructions under construction; offsets in `relocations` count from their start."""

    xlen: int
    words: list[int] = field(default_factory=list)
    relocations: list[tuple[int, int, str | int]] = field(default_factory=list)
    # Labels inside this code: name to byte offset.
    labels: dict[str, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes so far."""
        return 4 * len(self.words)

    def emit(self, *words: int) -> None:
        """Append instructions."""
        self.words.extend(words)

    def jump(self, symbol: int, link: int = 0) -> None:
        """`jal link, symbol`: within 1 MiB, checked when the section is put together."""
        self.relocations.append((self.size, c.R_RISCV_JAL, symbol))
        self.emit(e.jal(link))

    def far_jump(self, symbol: int, scratch: int) -> None:
        """`auipc scratch; jr scratch` to a symbol of the object: any distance."""
        # Without R_RISCV_RELAX: the pair keeps its length, whose end is a fixed place.
        self.relocations.append((self.size, c.R_RISCV_CALL_PLT, symbol))
        self.emit(e.auipc(scratch), e.jalr(r.ZERO, scratch))

    def append(self, other: Code) -> None:
        """Another piece behind this one."""
        start = self.size
        self.relocations += [(start + at, kind, goal) for at, kind, goal in other.relocations]
        self.labels |= {name: start + at for name, at in other.labels.items()}
        self.words += other.words

    def call(self, name: str) -> None:
        """`call name`: any distance; the linker shortens it where it can."""
        self._pair(name, r.RA, r.RA)

    def tail(self, name: str) -> None:
        """`tail name`: destroys t1."""
        self._pair(name, r.ZERO, r.T1)

    def _pair(self, name: str, link: int, scratch: int) -> None:
        self.relocations.append((self.size, c.R_RISCV_CALL_PLT, name))
        self.relocations.append((self.size, c.R_RISCV_RELAX, ""))
        self.emit(e.auipc(scratch), e.jalr(link, scratch))

    def load_word(self, rd: int, name: str) -> None:
        """`lw rd, name`: a 32-bit variable at any distance."""
        label = f"hi{self.size}"
        self.labels[label] = self.size
        self.relocations.append((self.size, c.R_RISCV_PCREL_HI20, name))
        self.relocations.append((self.size, c.R_RISCV_RELAX, ""))
        self.emit(e.auipc(rd))
        self.relocations.append((self.size, c.R_RISCV_PCREL_LO12_I, "." + label))
        self.relocations.append((self.size, c.R_RISCV_RELAX, ""))
        self.emit(e.i_type(0x03, rd, 2, rd, 0))

    def save(self, registers: list[int]) -> int:
        """Push registers; returns the frame's size, a multiple of 16 as the ABI wants."""
        size = -(-len(registers) * self.xlen // 8 // 16) * 16
        if registers:
            self.emit(e.addi(r.SP, r.SP, -size))
            for slot, register in enumerate(registers):
                self.emit(e.store(register, r.SP, slot * self.xlen // 8, self.xlen))
        return size

    def restore(self, registers: list[int], size: int) -> None:
        """Undo `save`."""
        if registers:
            for slot, register in enumerate(registers):
                self.emit(e.load(register, r.SP, slot * self.xlen // 8, self.xlen))
            self.emit(e.addi(r.SP, r.SP, size))

    def place(self, obj: Relocatable, section: int) -> int:
        """Append to a section of an object; returns the offset where the code starts."""
        data = obj.sections[section].data
        start = len(data)
        data += struct.pack(f"<{len(self.words)}I", *self.words)
        locals_ = {
            "." + name: obj.add_local(f".Lzeroos_{name}_{start:x}", section, start + offset)
            for name, offset in self.labels.items()
        }
        entries = obj.relocations(section)
        for offset, kind, goal in self.relocations:
            if isinstance(goal, int):
                symbol = goal
            elif kind == c.R_RISCV_RELAX:
                symbol = 0
            else:
                symbol = locals_.get(goal) or obj.undefined(goal)
            entries.append(Relocation(start + offset, kind, symbol, 0))
        return start


def call_handler(xlen: int, entry: str, live: int) -> Code:
    """The thunk of an ordinary syscall: `live` registers survive."""
    code = Code(xlen)
    saved = r.members(live & r.PRESERVED_BY_SYSCALL)
    size = code.save(saved)
    code.call(entry)
    code.restore(saved, size)
    return code


def tail_handler(xlen: int, entry: str) -> Code:
    """A veneer: for sites where nothing is live (reached with ra set) and for noreturn handlers."""
    code = Code(xlen)
    code.tail(entry)
    return code


def frame_handler(xlen: int, entry: str) -> Code:
    """The thunk of a frame syscall: the handler gets the address of all registers in a0.

    The handler returns into the second half, which reloads every register from the frame at
    sp; so a copy of the frame on another stack resumes there, which is how a thread starts.
    """
    code = Code(xlen)
    step = xlen // 8
    size = FRAME_SLOTS * step
    code.emit(e.addi(r.SP, r.SP, -size))
    for register in range(1, 32):
        if register != r.SP:
            code.emit(e.store(register, r.SP, register * step, xlen))
    code.emit(e.addi(r.T0, r.SP, size), e.store(r.T0, r.SP, r.SP * step, xlen))
    code.emit(e.mv(r.A0, r.SP))
    code.call(entry)
    # The way back: the handler's return address. A new thread is put on a copy of the frame
    # and enters here with a0 = 0.
    code.emit(e.store(r.A0, r.SP, r.A0 * step, xlen))
    for register in range(1, 32):
        if register not in (r.SP, r.GP):
            code.emit(e.load(register, r.SP, register * step, xlen))
    code.emit(e.addi(r.SP, r.SP, size))
    return code
