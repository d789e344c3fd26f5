# SPDX-License-Identifier: MIT OR Apache-2.0
"""The code of an image read by capstone: jumps, calls and accesses to a frame.

What stands where lowering put something else raises MismatchError.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from zeroos_build.elf.image import Image
from zeroos_build.facts import Facts
from zeroos_build.verify.isa import disassembler

REGISTERS = """
zero ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7
s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6
""".split()
MEMORY = re.compile(r"(\w+), (-?(?:0x)?[0-9a-f]+)\((\w+)\)")


class MismatchError(Exception):
    """A thunk does something else than its record says."""


@dataclass
class Step:
    """An instruction as capstone writes it; a short one by the name of its long form."""

    address: int
    size: int
    name: str
    operands: str

    @property
    def parts(self) -> list[str]:
        """Its operands."""
        return [part.strip() for part in self.operands.split(",")] if self.operands else []


class Reader:
    """Instructions by address."""

    def __init__(self, image: Image, facts: Facts) -> None:
        self.image, self.facts = image, facts

        self.disassembler = disassembler(facts.xlen, facts.compressed)
        self.segments = sorted(image.code())
        self.load = "ld" if facts.xlen == 64 else "lw"
        self.store = "sd" if facts.xlen == 64 else "sw"
        self.starts = [start for start, _ in self.segments]

    def word(self, address: int) -> bytes:
        """Up to four bytes of code at an address."""
        at = bisect_right(self.starts, address) - 1
        start, data = self.segments[at] if at >= 0 else (0, b"")
        found = data[address - start : address - start + 4]
        expect(bool(found), f"there is no code at 0x{address:x}")
        return found

    def step(self, address: int) -> Step:
        """The instruction at an address."""
        found = self.disassembler.disasm_lite(self.word(address), address, 1)
        for where, size, name, operands in found:
            return Step(where, size, name.removeprefix("c."), operands)
        raise MismatchError(f"there is no instruction at 0x{address:x}")

    def jump(self, step: Step) -> tuple[str, int]:
        """(link register, target) of a direct jump."""
        if step.name == "j":
            return "zero", step.address + int(step.operands, 0)
        if step.name == "jal":
            parts = step.parts
            link = parts[0] if len(parts) == 2 else "ra"
            return link, step.address + int(parts[-1], 0)
        raise MismatchError(f"`{step.name} {step.operands}` stands where a jump was put")

    def far_jump(self, step: Step) -> tuple[str, int, int]:
        """(link, target, address behind) of `jal` or of an `auipc` and `jalr` pair."""
        if step.name in ("j", "jal"):
            link, target = self.jump(step)
            return link, target, step.address + step.size
        link, target, _ = self.pair(step)
        return link, target, step.address + 8

    def pair(self, step: Step) -> tuple[str, int, str]:
        """(link, target, the register that holds the address) of `auipc` and `jalr`."""
        expect(step.name == "auipc", f"`{step.name}` stands where a call was put")
        register, upper = step.parts
        second = self.step(step.address + 4)
        base = step.address + signed(int(upper, 0) << 12, 32)
        if second.name == "jr":
            match = MEMORY.fullmatch("x, " + second.operands) if "(" in second.operands else None
            offset, via, link = (
                (int(match[2], 0), match[3], "zero") if match else (0, second.operands, "zero")
            )
        elif second.name == "jalr":
            link, offset, via = _jalr(second)
        else:
            raise MismatchError(f"`{second.name}` follows `auipc`")
        expect(via == register, "the call goes through another register")
        return link, base + offset, register

    def entry(self, name: str) -> int:
        """The address of a function or variable."""
        address = self.image.addresses.get(name)
        expect(address is not None, f"`{name}` is not in the image")
        assert address is not None
        return address

    def adjust(self, position: int, sign: int) -> tuple[int, int]:
        """`addi sp, sp, n`: (|n|, address behind)."""
        step = self.step(position)
        parts = step.parts
        if step.name == "addi" and parts[:2] == ["sp", "sp"]:
            amount = int(parts[2], 0)
        elif step.name in ("addi16sp",) or (step.name == "addi" and parts[0] == "sp"):
            amount = int(parts[-1], 0)
        else:
            raise MismatchError(f"`{step.name} {step.operands}` stands where the stack is adjusted")
        expect(amount * sign > 0 and amount % 16 == 0, "the stack is adjusted wrongly")
        return abs(amount), position + step.size

    def access(self, position: int, name: str, places: dict[str, int], size: int) -> int:
        """A load or store in a frame: notes where the register lies; returns what is behind."""
        step = self.step(position)
        match = MEMORY.fullmatch(step.operands)
        alias = {"sd": ("sdsp",), "ld": ("ldsp",), "sw": ("swsp",), "lw": ("lwsp",)}[name]
        expect(
            (step.name == name or step.name in alias) and match is not None,
            f"`{step.name}` is not `{name}`",
        )
        assert match is not None
        offset = int(match[2], 0)
        expect(match[3] == "sp" and 0 <= offset < size, "it leaves its frame")
        places[match[1]] = offset
        return position + step.size


def _jalr(step: Step) -> tuple[str, int, str]:
    """(link, offset, register) of capstone's spellings of jalr."""
    text = step.operands
    if match := MEMORY.fullmatch(text):
        return match[1], int(match[2], 0), match[3]
    if match := re.fullmatch(r"(-?(?:0x)?[0-9a-f]+)\((\w+)\)", text):
        return "ra", int(match[1], 0), match[2]
    parts = step.parts
    if len(parts) == 1:
        return "ra", 0, parts[0]
    if len(parts) == 3:
        return parts[0], int(parts[2], 0), parts[1]
    raise MismatchError(f"`jalr {text}` cannot be read")


def signed(value: int, bits: int) -> int:
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def expect(condition: bool, words: str) -> None:
    if not condition:
        raise MismatchError(words)
