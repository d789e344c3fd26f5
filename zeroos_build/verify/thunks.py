# SPDX-License-Identifier: MIT OR Apache-2.0
"""Translation validation: each linked thunk is read again, instruction by instruction.

For every record: the right handler is called, every register that was to be saved is stored
and loaded back from the same place, the stack is balanced, and control goes on behind the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zeroos_build.diagnostics import Diagnostic
from zeroos_build.elf.image import Image
from zeroos_build.elf.sites import SYSCALLS, Site, SiteKind
from zeroos_build.facts import Facts
from zeroos_build.verify.isa import disassembler

_REGISTERS = """
zero ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7
s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6
""".split()
_MEMORY = re.compile(r"(\w+), (-?(?:0x)?[0-9a-f]+)\((\w+)\)")
_CALLS = frozenset({SiteKind.CALL, SiteKind.SET, SiteKind.RUN_TIME, SiteKind.OPEN, SiteKind.EDGE})
_LIMIT = 128  # instructions; the longest thunk, a frame's, has 70


class MismatchError(Exception):
    """A thunk does something else than its record says."""


@dataclass
class _Step:
    address: int
    size: int
    name: str
    operands: str

    @property
    def parts(self) -> list[str]:
        return [part.strip() for part in self.operands.split(",")] if self.operands else []


def check_thunks(image: Image, facts: Facts) -> Iterator[Diagnostic]:
    """One diagnostic for each record that the code contradicts."""
    reader = _Reader(image, facts)
    for site in image.sites:
        try:
            reader.check(site)
        except MismatchError as problem:
            yield Diagnostic(
                "ZOS506",
                f"the code at {image.describe(site.site)} is not what lowering meant it to be: "
                f"{problem}",
                notes=(f"in `{site.object}`, function `{site.function}`",),
                help="this is a fault of the tool or of the linker; please report it",
            )


class _Reader:
    def __init__(self, image: Image, facts: Facts) -> None:
        self.image, self.facts = image, facts
        self.disassembler = disassembler(facts.xlen, facts.compressed)
        self.segments = list(image.code())
        self.load = "ld" if facts.xlen == 64 else "lw"
        self.store = "sd" if facts.xlen == 64 else "sw"
        self.constants = {call.number: facts.effective_constant(call) for call in facts.calls}

    def step(self, address: int) -> _Step:
        for start, data in self.segments:
            if start <= address < start + len(data):
                found = self.disassembler.disasm_lite(data[address - start :][:4], address, 1)
                for where, size, name, operands in found:
                    return _Step(where, size, name.removeprefix("c."), operands)
        raise MismatchError(f"there is no code at 0x{address:x}")

    def check(self, site: Site) -> None:
        kind = site.kind
        if kind in (SiteKind.FORWARDED, SiteKind.FORWARDED_UNKNOWN):
            return
        if site.resume and site.resume != site.site + 4:
            raise MismatchError(f"it goes on at 0x{site.resume:x}")
        first = self.step(site.site)
        trapped = kind in SYSCALLS or kind is SiteKind.EDGE
        if trapped and kind is not SiteKind.FRAME and self.facts.dispatch == "trap":
            _expect(first.name == "ecall", "the system call is gone")
        elif kind is SiteKind.HOST_CALL:
            _expect(first.name == "ecall", "the host call is gone")
        elif kind is SiteKind.CONSTANT:
            # ENOSYS for numbers that Linux does not have.
            value = self.constants.get(site.number, -38)
            # Capstone 5 writes `addi a0, zero, n` for what later versions call `li a0, n`.
            parts = first.parts
            if first.name == "mv" and parts[1:] == ["zero"]:
                parts = [parts[0], "0"]
            else:
                _expect(first.name in ("li", "addi"), "the answer is not a constant")
            parts = [part for part in parts if part != "zero"]
            _expect(parts == ["a0", _number(value)], f"the answer is not {value}")
        elif kind is SiteKind.FENCE:
            _expect(first.name == "nop", "the fence is still there")
        elif kind is SiteKind.ATOMIC and not site.thunk:
            _expect(first.name in ("lw", "ld"), "the load-reserved is still there")
        else:
            self._through_thunk(site, first)

    def _through_thunk(self, site: Site, first: _Step) -> None:
        link, target = self._jump(first)
        _expect(target == site.thunk, f"it jumps to 0x{target:x}, not to its thunk")
        kind = site.kind
        if not site.resume:
            self._tail(site.thunk, site.entry)
        elif link == "ra":
            _expect(not site.saved, "registers were to be saved")
            self._tail(site.thunk, site.entry)
        elif kind is SiteKind.LOAD:
            self._inline_load(site)
        elif kind is SiteKind.FRAME:
            self._frame(site)
        elif kind in _CALLS:
            self._call(site)
        else:
            self._ends_at(site.thunk, site.resume)

    def _jump(self, step: _Step) -> tuple[str, int]:
        """(link register, target) of a direct jump."""
        if step.name == "j":
            return "zero", step.address + int(step.operands, 0)
        if step.name == "jal":
            parts = step.parts
            link = parts[0] if len(parts) == 2 else "ra"
            return link, step.address + int(parts[-1], 0)
        raise MismatchError(f"`{step.name} {step.operands}` stands where a jump was put")

    def _far_jump(self, step: _Step) -> tuple[str, int, int]:
        """(link, target, address behind) of `jal` or of an `auipc` and `jalr` pair."""
        if step.name in ("j", "jal"):
            link, target = self._jump(step)
            return link, target, step.address + step.size
        _expect(step.name == "auipc", f"`{step.name}` stands where a call was put")
        register, upper = step.parts
        second = self.step(step.address + 4)
        base = step.address + _signed(int(upper, 0) << 12, 32)
        if second.name == "jr":
            match = _MEMORY.fullmatch("x, " + second.operands) if "(" in second.operands else None
            offset, via, link = (
                (int(match[2], 0), match[3], "zero") if match else (0, second.operands, "zero")
            )
        elif second.name == "jalr":
            link, offset, via = _jalr(second)
        else:
            raise MismatchError(f"`{second.name}` follows `auipc`")
        _expect(via == register, "the call goes through another register")
        return link, base + offset, second.address + 4

    def _entry(self, name: str) -> int:
        address = self.image.addresses.get(name)
        _expect(address is not None, f"`{name}` is not in the image")
        assert address is not None
        return address

    def _tail(self, address: int, entry: str) -> None:
        link, target, _ = self._far_jump(self.step(address))
        _expect(link == "zero", "a tail jump links")
        _expect(target == self._entry(entry), f"it does not reach `{entry}`")

    def _call(self, site: Site) -> None:
        saved = [_REGISTERS[n] for n in range(32) if site.saved >> n & 1]
        position, size = site.thunk, 0
        if saved:
            size, position = self._adjust(position, -1)
        places: dict[str, int] = {}
        for _ in saved:
            position = self._access(position, self.store, places, size)
        _expect(sorted(places) == sorted(saved), "it saves other registers")
        _expect(len(set(places.values())) == len(places), "two registers share a place")
        link, target, position = self._far_jump(self.step(position))
        _expect(
            link == "ra" and target == self._entry(site.entry), f"it does not call `{site.entry}`"
        )
        back: dict[str, int] = {}
        for _ in saved:
            position = self._access(position, self.load, back, size)
        _expect(back == places, "it restores other registers or from other places")
        if saved:
            restored, position = self._adjust(position, 1)
            _expect(restored == size, "the stack is not balanced")
        self._final(position, site.resume)

    def _frame(self, site: Site) -> None:
        size, position = self._adjust(site.thunk, -1)
        step = self.facts.xlen // 8
        places: dict[str, int] = {}
        while self.step(position).name == self.store:
            position = self._access(position, self.store, places, size)
        wanted = {name: n * step for n, name in enumerate(_REGISTERS) if n not in (0, 2)}
        _expect(places == wanted, "the frame does not hold every register in its place")
        got = self.step(position)
        own = got.name == "addi" and got.parts[:2] == ["t0", "sp"] and int(got.parts[2], 0) == size
        pointer: dict[str, int] = {}
        position = self._access(position + got.size, self.store, pointer, size)
        _expect(own and pointer == {"t0": 2 * step}, "the frame does not hold the caller's sp")
        got = self.step(position)
        _expect((got.name, got.operands) == ("mv", "a0, sp"), "the handler does not get the frame")
        position += got.size
        link, target, position = self._far_jump(self.step(position))
        _expect(
            link == "ra" and target == self._entry(site.entry), f"it does not call `{site.entry}`"
        )
        result: dict[str, int] = {}
        position = self._access(position, self.store, result, size)
        _expect(result == {"a0": 10 * step}, "the result is not stored")
        back: dict[str, int] = {}
        while self.step(position).name == self.load:
            position = self._access(position, self.load, back, size)
        del wanted["gp"]
        _expect(back == wanted, "the frame is not restored")
        restored, position = self._adjust(position, 1)
        _expect(restored == size, "the stack is not balanced")
        self._final(position, site.resume)

    def _inline_load(self, site: Site) -> None:
        step = self.step(site.thunk)
        base, position = 0, site.thunk
        if step.name in ("auipc", "lui"):
            upper = _signed(int(step.parts[1], 0) << 12, 32)
            base = upper + (step.address if step.name == "auipc" else 0)
            via = step.parts[0]
            position += step.size
            step = self.step(position)
        else:
            via = "gp"
            base = self._entry("__global_pointer$")
        match = _MEMORY.fullmatch(step.operands)
        _expect(step.name == "lw" and match is not None, "it does not load the answer")
        assert match is not None
        if match[3] == "zero":
            base, via = 0, "zero"
        _expect(match[1] == "a0" and match[3] == via, "it loads into or from another register")
        _expect(
            base + int(match[2], 0) == self._entry(site.entry), f"it does not load `{site.entry}`"
        )
        self._final(position + step.size, site.resume)

    def _adjust(self, position: int, sign: int) -> tuple[int, int]:
        """`addi sp, sp, n`: (|n|, address behind)."""
        step = self.step(position)
        parts = step.parts
        if step.name == "addi" and parts[:2] == ["sp", "sp"]:
            amount = int(parts[2], 0)
        elif step.name in ("addi16sp",) or (step.name == "addi" and parts[0] == "sp"):
            amount = int(parts[-1], 0)
        else:
            raise MismatchError(f"`{step.name} {step.operands}` stands where the stack is adjusted")
        _expect(amount * sign > 0 and amount % 16 == 0, "the stack is adjusted wrongly")
        return abs(amount), position + step.size

    def _access(self, position: int, name: str, places: dict[str, int], size: int) -> int:
        step = self.step(position)
        match = _MEMORY.fullmatch(step.operands)
        alias = {"sd": ("sdsp",), "ld": ("ldsp",), "sw": ("swsp",), "lw": ("lwsp",)}[name]
        _expect(
            (step.name == name or step.name in alias) and match is not None,
            f"`{step.name}` is not `{name}`",
        )
        assert match is not None
        offset = int(match[2], 0)
        _expect(match[3] == "sp" and 0 <= offset < size, "it leaves its frame")
        places[match[1]] = offset
        return position + step.size

    def _final(self, position: int, resume: int) -> None:
        link, target = self._jump(self.step(position))
        _expect(link == "zero" and target == resume, f"it returns to 0x{target:x}")

    def _ends_at(self, position: int, resume: int) -> None:
        """Straight-line code, short branches included, up to the jump back."""
        for _ in range(_LIMIT):
            step = self.step(position)
            if step.name == "j":
                _expect(self._jump(step)[1] == resume, "it returns elsewhere")
                return
            position += step.size
        raise MismatchError("it does not return")


def _jalr(step: _Step) -> tuple[str, int, str]:
    """(link, offset, register) of capstone's spellings of jalr."""
    text = step.operands
    if match := _MEMORY.fullmatch(text):
        return match[1], int(match[2], 0), match[3]
    if match := re.fullmatch(r"(-?(?:0x)?[0-9a-f]+)\((\w+)\)", text):
        return "ra", int(match[1], 0), match[2]
    parts = step.parts
    if len(parts) == 1:
        return "ra", 0, parts[0]
    if len(parts) == 3:
        return parts[0], int(parts[2], 0), parts[1]
    raise MismatchError(f"`jalr {text}` cannot be read")


def _signed(value: int, bits: int) -> int:
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def _number(value: int | None) -> str:
    """As capstone prints it: hexadecimal from 10 on."""
    if value is None:
        return "nothing"
    if -10 < value < 10:
        return str(value)
    return hex(value)


def _expect(condition: bool, words: str) -> None:
    if not condition:
        raise MismatchError(words)
