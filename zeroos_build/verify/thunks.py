# SPDX-License-Identifier: MIT OR Apache-2.0
"""Translation validation: each linked thunk is read again, instruction by instruction.

For every record: the right handler is called, every register that was to be saved is stored
and loaded back from the same place, the stack is balanced, and control goes on behind the site.
"""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.diagnostics import Diagnostic
from zeroos_build.elf.image import Image
from zeroos_build.elf.sites import SYSCALLS, Site, SiteKind
from zeroos_build.facts import Facts
from zeroos_build.verify.detours import check_entrance, check_way_home
from zeroos_build.verify.reading import (
    MEMORY,
    REGISTERS,
    MismatchError,
    Reader,
    Step,
    expect,
    signed,
)

_CALLS = frozenset({SiteKind.CALL, SiteKind.SET, SiteKind.RUN_TIME, SiteKind.OPEN, SiteKind.EDGE})
_LIMIT = 128  # instructions; the longest thunk, a frame's, has 70


def check_thunks(image: Image, facts: Facts) -> Iterator[Diagnostic]:
    """One diagnostic for each record that the code contradicts."""
    checker = _Checker(image, facts)
    for site in image.sites:
        try:
            checker.check(site)
        except MismatchError as problem:
            yield Diagnostic(
                "ZOS506",
                f"the code at {image.describe(site.site)} is not what lowering meant it to be: "
                f"{problem}",
                notes=(f"in `{site.object}`, function `{site.function}`",),
                help="this is a fault of the tool or of the linker; please report it",
            )


class _Checker:
    def __init__(self, image: Image, facts: Facts) -> None:
        self.facts, self.reader = facts, Reader(image, facts)
        self.constants = {call.number: facts.effective_constant(call) for call in facts.calls}
        # Traps may jump to a trap further on, whose own record is checked by itself.
        self.traps = {site.site for site in image.sites if site.kind is SiteKind.TRAP}

    def check(self, site: Site) -> None:
        kind = site.kind
        if kind in (SiteKind.FORWARDED, SiteKind.FORWARDED_UNKNOWN):
            return
        if site.detour:
            check_entrance(self.reader, site)
            self._thunk(site)
            return
        if site.resume and site.resume != site.site + 4:
            raise MismatchError(f"it goes on at 0x{site.resume:x}")
        first = self.reader.step(site.site)
        trapped = kind in SYSCALLS or kind is SiteKind.EDGE
        if trapped and kind is not SiteKind.FRAME and self.facts.dispatch == "trap":
            expect(first.name == "ecall", "the system call is gone")
        elif kind is SiteKind.HOST_CALL:
            expect(first.name == "ecall", "the host call is gone")
        elif kind is SiteKind.CONSTANT:
            # ENOSYS for numbers that Linux does not have.
            value = self.constants.get(site.number, -38)
            # Capstone 5 writes `addi a0, zero, n` for what later versions call `li a0, n`.
            parts = first.parts
            if first.name == "mv" and parts[1:] == ["zero"]:
                parts = [parts[0], "0"]
            else:
                expect(first.name in ("li", "addi"), "the answer is not a constant")
            parts = [part for part in parts if part != "zero"]
            expect(parts == ["a0", _number(value)], f"the answer is not {value}")
        elif kind is SiteKind.FENCE:
            expect(first.name == "nop", "the fence is still there")
        elif kind is SiteKind.ATOMIC and not site.thunk:
            expect(first.name in ("lw", "ld"), "the load-reserved is still there")
        else:
            self._through_thunk(site, first)

    def _through_thunk(self, site: Site, first: Step) -> None:
        link, target = self.reader.jump(first)
        expect(target == site.thunk, f"it jumps to 0x{target:x}, not to its thunk")
        if site.resume and link == "ra":
            expect(not site.saved, "registers were to be saved")
            self._tail(site.thunk, site.entry)
        elif site.kind is SiteKind.TRAP and site.thunk in self.traps:
            expect(site.thunk > site.site, "it jumps back to another trap")
        else:
            self._thunk(site)

    def _thunk(self, site: Site) -> None:
        """What a thunk does, from where it stands for the site on."""
        begin = site.entered if site.detour else site.thunk
        if not site.resume:
            self._tail(begin, site.entry)
        elif site.kind is SiteKind.LOAD:
            self._inline_load(site, begin)
        elif site.kind is SiteKind.FRAME:
            self._frame(site, begin)
        elif site.kind in _CALLS:
            self._call(site, begin)
        else:
            self._ends(site, begin)

    def _tail(self, address: int, entry: str) -> None:
        link, target, _ = self.reader.far_jump(self.reader.step(address))
        expect(link == "zero", "a tail jump links")
        expect(target == self.reader.entry(entry), f"it does not reach `{entry}`")

    def _call(self, site: Site, begin: int) -> None:
        saved = [REGISTERS[n] for n in range(32) if site.saved >> n & 1]
        position, size = begin, 0
        if saved:
            size, position = self.reader.adjust(position, -1)
        places: dict[str, int] = {}
        for _ in saved:
            position = self.reader.access(position, self.reader.store, places, size)
        expect(sorted(places) == sorted(saved), "it saves other registers")
        expect(len(set(places.values())) == len(places), "two registers share a place")
        position = self._called(site, position)
        back: dict[str, int] = {}
        for _ in saved:
            position = self.reader.access(position, self.reader.load, back, size)
        expect(back == places, "it restores other registers or from other places")
        if saved:
            restored, position = self.reader.adjust(position, 1)
            expect(restored == size, "the stack is not balanced")
        self._final(site, position)

    def _called(self, site: Site, position: int) -> int:
        link, target, behind = self.reader.far_jump(self.reader.step(position))
        right = link == "ra" and target == self.reader.entry(site.entry)
        expect(right, f"it does not call `{site.entry}`")
        return behind

    def _frame(self, site: Site, begin: int) -> None:
        size, position = self.reader.adjust(begin, -1)
        step = self.facts.xlen // 8
        places: dict[str, int] = {}
        while self.reader.step(position).name == self.reader.store:
            position = self.reader.access(position, self.reader.store, places, size)
        wanted = {name: n * step for n, name in enumerate(REGISTERS) if n not in (0, 2)}
        expect(places == wanted, "the frame does not hold every register in its place")
        got = self.reader.step(position)
        own = got.name == "addi" and got.parts[:2] == ["t0", "sp"] and int(got.parts[2], 0) == size
        pointer: dict[str, int] = {}
        position = self.reader.access(position + got.size, self.reader.store, pointer, size)
        expect(own and pointer == {"t0": 2 * step}, "the frame does not hold the caller's sp")
        got = self.reader.step(position)
        expect((got.name, got.operands) == ("mv", "a0, sp"), "the handler does not get the frame")
        position += got.size
        position = self._called(site, position)
        result: dict[str, int] = {}
        position = self.reader.access(position, self.reader.store, result, size)
        expect(result == {"a0": 10 * step}, "the result is not stored")
        back: dict[str, int] = {}
        while self.reader.step(position).name == self.reader.load:
            position = self.reader.access(position, self.reader.load, back, size)
        del wanted["gp"]
        expect(back == wanted, "the frame is not restored")
        restored, position = self.reader.adjust(position, 1)
        expect(restored == size, "the stack is not balanced")
        self._final(site, position)

    def _inline_load(self, site: Site, begin: int) -> None:
        step = self.reader.step(begin)
        base, position = 0, begin
        if step.name in ("auipc", "lui"):
            upper = signed(int(step.parts[1], 0) << 12, 32)
            base = upper + (step.address if step.name == "auipc" else 0)
            via = step.parts[0]
            position += step.size
            step = self.reader.step(position)
        else:
            via = "gp"
            base = self.reader.entry("__global_pointer$")
        match = MEMORY.fullmatch(step.operands)
        expect(step.name == "lw" and match is not None, "it does not load the answer")
        assert match is not None
        if match[3] == "zero":
            base, via = 0, "zero"
        expect(match[1] == "a0" and match[3] == via, "it loads into or from another register")
        address = self.reader.entry(site.entry)
        expect(base + int(match[2], 0) == address, f"it does not load `{site.entry}`")
        self._final(site, position + step.size)

    def _final(self, site: Site, position: int) -> None:
        if site.detour:
            expect(position == site.resume, f"it goes on at 0x{site.resume:x}")
            check_way_home(self.reader, site)
            return
        link, target = self.reader.jump(self.reader.step(position))
        expect(link == "zero" and target == site.resume, f"it returns to 0x{target:x}")

    def _ends(self, site: Site, position: int) -> None:
        """Straight-line code, short branches included, up to the way back."""
        for _ in range(_LIMIT):
            step = self.reader.step(position)
            if position == site.resume or step.name == "j":
                self._final(site, position)
                return
            position += step.size
        raise MismatchError("it does not return")


def _number(value: int | None) -> str:
    """As capstone prints it: hexadecimal from 10 on."""
    if value is None:
        return "nothing"
    if -10 < value < 10:
        return str(value)
    return hex(value)
