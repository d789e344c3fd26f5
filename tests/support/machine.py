# SPDX-License-Identifier: MIT OR Apache-2.0
"""A bare RISC-V machine for tests of lowering: runs a function of a linked file by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from unicorn import UC_ARCH_RISCV, UC_HOOK_INTR, UC_MODE_RISCV32, UC_MODE_RISCV64, Uc, UcError
from unicorn import riscv_const as k

from zeroos_build.elf.image import Image

STACK = 0x4000_0000
STACK_SIZE = 0x10000
BUFFER = 0x5000_0000
BUFFER_SIZE = 0x1000
STOP = 0x6000_0000
LIMIT = 20000
_REGISTERS = [getattr(k, f"UC_RISCV_REG_X{n}") for n in range(32)]


@dataclass(frozen=True)
class State:
    """What a function left: registers that its caller may look at, and the buffer."""

    registers: tuple[int, ...]
    memory: bytes
    error: str | None


class Machine:
    """A linked file in memory; `serve(get, set)` answers each ecall."""

    def __init__(self, path: Path, serve: Callable[[Machine], bool] | None) -> None:
        self.image = Image.read(path)
        mode = UC_MODE_RISCV64 if self.image.xlen == 64 else UC_MODE_RISCV32
        self.uc = Uc(UC_ARCH_RISCV, mode)
        for start, size in ((STACK, STACK_SIZE), (BUFFER, BUFFER_SIZE), (STOP, 0x1000)):
            self.uc.mem_map(start, size)
        for segment in self.image.loads:
            low = segment.address & ~0xFFF
            high = -(-(segment.address + segment.size) // 4096) * 4096
            self.uc.mem_map(low, high - low)
        for segment in self.image.loads:
            data = self.image.data[segment.offset :][: segment.file_size]
            self.uc.mem_write(segment.address, data)
        self.serve = serve
        self.uc.hook_add(UC_HOOK_INTR, self._interrupt)

    def get(self, register: int) -> int:
        """An integer register, unsigned."""
        return int(self.uc.reg_read(_REGISTERS[register]))

    def set(self, register: int, value: int) -> None:
        """Write an integer register."""
        self.uc.reg_write(_REGISTERS[register], value & (1 << self.image.xlen) - 1)

    def _interrupt(self, _uc: Uc, number: int, _data: object) -> None:
        if number not in (8, 11) or self.serve is None or not self.serve(self):
            self.uc.emu_stop()

    def run(self, name: str, registers: dict[int, int], memory: bytes) -> State:
        """Call a function; everything that is not in `registers` starts as 0."""
        for n in range(1, 32):
            self.set(n, registers.get(n, 0))
        self.uc.mem_write(BUFFER, memory)
        self.uc.mem_write(STACK, bytes(STACK_SIZE))
        self.set(1, STOP)
        self.set(2, STACK + STACK_SIZE - 256)
        problem = None
        try:
            self.uc.emu_start(self.image.addresses[name], STOP, count=LIMIT)
        except UcError as failure:
            problem = str(failure)
        pc = int(self.uc.reg_read(k.UC_RISCV_REG_PC))
        if pc != STOP and problem is None:
            problem = f"stopped at {self.image.describe(pc)}"
        visible = (2, 3, 4, 8, 9, 10, 11, *range(18, 28))
        return State(
            tuple(self.get(n) for n in visible),
            bytes(self.uc.mem_read(BUFFER, BUFFER_SIZE)),
            problem,
        )
