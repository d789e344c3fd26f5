# SPDX-License-Identifier: MIT OR Apache-2.0
"""From a thread's registers to its frames, through code with and without descriptions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from zeroos_build.backtrace.cfi import FrameInformation
from zeroos_build.backtrace.code import CodeReader, rule_from_code
from zeroos_build.backtrace.rules import How, Read, Registers, Rule, read_word
from zeroos_build.elf import constants as c
from zeroos_build.elf.image import Image
from zeroos_build.elf.sites import SYSCALLS, Site, SiteKind
from zeroos_build.riscv import registers as r

# Which ways of finding a caller may be used; `auto`: whatever works best at each frame.
Mode = Literal["auto", "off", "fp", "dwarf"]
_LIMIT = 20_000  # frames
_SCANNED = 512  # words of a stack that are searched for one return address
_CANDIDATES = 4096  # calls that are tried for one lost return address
# Nothing called these: the C library's first step, a bootloader's, a new thread's.
_OUTERMOST = frozenset(
    {"_start", "_start_c", "libc_start_main_stage2", "__libc_start_main", "zeroos_boot",
     "zeroos_start", "zeroos_entry", "__clone"}
)  # fmt: skip
# The libOS's own functions. It has no descriptions of frames, and needs none; the way from there
# back into the program leads through a thunk, a trap, or one of `_LEFT`.
_OWN = ("zeroos_", "sys_")
_LEFT = frozenset({"zeroos_crash", "zeroos_trap"})
_FP = 8


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: where it stands, in which function, and how it was found.

    `pc` is the instruction that runs next, or the site of the system call that the frame is
    in; `returned_to`: it runs next when the frame's callee returns.
    """

    pc: int
    function: str
    start: int
    how: How
    returned_to: bool
    registers: Registers
    at_site: bool = False

    @property
    def lookup(self) -> int:
        """An address inside of the instruction that the frame is at."""
        return self.pc - 1 if self.returned_to else self.pc


class Unwinder:
    """Knows an image; `read` reads the memory of a machine that ran it."""

    def __init__(self, image: Image, read: Read, mode: Mode) -> None:
        self._image, self._read, self._mode = image, read, mode
        self._xlen = image.xlen
        self._information = FrameInformation(image)
        self._code = CodeReader(image.xlen, self._word, self._resume)
        self._segments = [
            (s.address, image.data[s.offset :][: s.file_size])
            for s in image.loads
            if s.flags & c.PF_X
        ]
        lowered = [site for site in image.sites if site.thunk]
        self._sites = {site.site: site for site in lowered}
        self._thunks = sorted(
            (site for site in lowered if site.kind in _THUNKS), key=lambda site: site.thunk
        )
        self._thunk_starts = [site.thunk for site in self._thunks]
        functions = [s for s in image.symbols if s.type in (c.STT_FUNC, c.STT_NOTYPE) and s.name]
        self._starts = sorted(
            {s.address for s in functions if s.section and s.name[0] not in "$."}
            | set(self._thunk_starts)
        )
        self._rules: dict[tuple[int, bool, bool], tuple[Rule | None, How]] = {}

    def frames(self, registers: Registers, returned_to: bool = False) -> Iterator[Frame]:
        """Frames of a thread, innermost first; `returned_to`: its pc is behind a call."""
        how: How = "given"
        own = False
        site: Site | None = None
        for _ in range(_LIMIT):
            thunk = self.thunk_at(registers.pc, returned_to)
            if thunk is None:
                frame = self._frame(registers, how, returned_to, site)
                yield frame
                if frame.function in _OUTERMOST:
                    return
                own = site is None and (own or frame.function.startswith(_OWN))
            following = self._caller(registers, returned_to, thunk, own)
            if following is None:
                return
            registers, how, returned_to = following
            own = own and returned_to and not (thunk is None and frame.function in _LEFT)
            # A thunk is no function: its site's function stands at the site.
            site = thunk
            if thunk is not None:
                registers = Registers(thunk.site, registers.values)
            elif returned_to:
                site = self._sites.get(self._code.call_before(registers.pc) or 0)

    def thunk_at(self, pc: int, returned_to: bool) -> Site | None:
        """The site whose thunk an address lies in."""
        place = pc - returned_to
        position = bisect_right(self._thunk_starts, place) - 1
        if position < 0:
            return None
        site = self._thunks[position]
        return site if place < self._end_of(site.thunk) else None

    # --- one step ---

    def _caller(
        self, registers: Registers, returned_to: bool, thunk: Site | None, own: bool
    ) -> tuple[Registers, How, bool] | None:
        rule, how = self._rule(registers.pc, returned_to, own)
        found = None if rule is None else registers.caller(rule, self._read, self._xlen)
        if found is not None:
            caller, interrupted = found
            if thunk is not None or interrupted:
                return caller, how, False
            if self._plausible(caller.pc):
                return caller, how, True
            lost = self._by_callers(registers.pc, caller) if returned_to else None
            if lost is not None:
                return lost
            # As if its frame were empty: its caller's may be found above.
            registers = Registers(0, caller.values)
        if self._mode == "dwarf":
            return None
        if found is None and not returned_to and self._word(registers.pc) is None:
            # Somebody jumped to where no code is: whoever called is the caller.
            target = registers.values.get(r.RA, 0)
            if self._plausible(target):
                return Registers(target, dict(registers.values)), "code", True
        return self._by_frame_pointer(registers) or self._by_scan(registers)

    def _by_callers(self, pc: int, caller: Registers) -> tuple[Registers, How, bool] | None:
        """The caller that fits, where a function destroyed its own return address.

        Compilers do not save it on the way to a call that never returns, like `abort`. Of the
        calls of this function in the image, one must lead to a return address further up.
        """
        direct, indirect = self._calls
        return self._only_fitting(
            direct.get(self._function(pc - 1)[1], []), caller
        ) or self._only_fitting(indirect, caller)

    def _only_fitting(
        self, calls: list[int], caller: Registers
    ) -> tuple[Registers, How, bool] | None:
        fitting = []
        for behind in calls[:_CANDIDATES]:
            rule, _ = self._rule(behind, True, False)
            candidate = Registers(behind, caller.values)
            further = None if rule is None else candidate.caller(rule, self._read, self._xlen)
            if further is not None and self._leads_to(further[0].pc, self._function(behind - 1)[1]):
                fitting.append(candidate)
        functions = {self._function(candidate.pc - 1) for candidate in fitting}
        if len(functions) != 1:
            return None
        # Of several calls in one function any may be the one.
        return fitting[0], "code" if len(fitting) == 1 else "scan", True

    def _leads_to(self, address: int, function: int) -> bool:
        """Whether an address follows a call of a function, or a call of whatever it may be."""
        call = self._code.call_before(address)
        return call is not None and self._code.target(call) in (None, function)

    @cached_property
    def _calls(self) -> tuple[dict[int, list[int]], list[int]]:
        """Where calls of the image return to: direct ones by the called function, and others."""
        direct: dict[int, list[int]] = {}
        indirect = []
        for start, data in self._segments:
            for call, behind in self._code.calls(start, start + len(data)):
                target = self._code.target(call)
                if target is None:
                    indirect.append(behind)
                else:
                    direct.setdefault(target, []).append(behind)
        return direct, indirect

    def _rule(self, pc: int, returned_to: bool, own: bool) -> tuple[Rule | None, How]:
        key = pc, returned_to, own
        if key not in self._rules:
            self._rules[key] = self._find_rule(pc, returned_to, own)
        return self._rules[key]

    def _find_rule(self, pc: int, returned_to: bool, own: bool) -> tuple[Rule | None, How]:
        thunk = self.thunk_at(pc, returned_to)
        if self._mode in ("auto", "dwarf") and thunk is None:
            rule = self._information.rule(pc, returned_to=returned_to)
            if rule is not None:
                return rule, "cfi"
        if self._mode == "auto" or own or thunk is not None:
            start = thunk.thunk if thunk else self._function(pc - returned_to)[1]
            if start:
                rule = rule_from_code(
                    self._code, start, self._end_of(start), pc, returned_to=returned_to
                )
                return rule, "code"
        return None, "code"

    def _by_frame_pointer(self, registers: Registers) -> tuple[Registers, How, bool] | None:
        """The chain of `-fno-omit-frame-pointer`: s0 is the CFA, ra and s0 lie below it."""
        frame, step = registers.values.get(_FP, 0), self._xlen // 8
        if frame % step or frame < registers.values.get(r.SP, 0):
            return None
        target = read_word(self._read, frame - step, self._xlen)
        older = read_word(self._read, frame - 2 * step, self._xlen)
        if target is None or older is None or not self._plausible(target):
            return None
        return Registers(target, {r.SP: frame, _FP: older}), "frame-pointer", True

    def _by_scan(self, registers: Registers) -> tuple[Registers, How, bool] | None:
        """The next word on the stack that follows a call, as if nothing lay above it."""
        sp, step = registers.values.get(r.SP), self._xlen // 8
        if self._mode != "auto" or sp is None:
            return None
        sp += -sp % step
        for place in range(sp, sp + _SCANNED * step, step):
            word = read_word(self._read, place, self._xlen)
            if word is None:
                return None
            if self._plausible(word):
                return Registers(word, {r.SP: (place + step + 15) & ~15}), "scan", True
        return None

    # --- the image ---

    def _plausible(self, address: int) -> bool:
        """Whether an address follows a call, so that a function can return to it."""
        return self._code.call_before(address) is not None

    def _word(self, address: int) -> int | None:
        for start, data in self._segments:
            offset = address - start
            if 0 <= offset < len(data) - 1 and not offset & 1:
                return int.from_bytes(data[offset : offset + 4], "little")
        return None

    def _resume(self, address: int) -> int | None:
        site = self._sites.get(address)
        return site.resume or None if site else None

    def _frame(self, registers: Registers, how: How, returned_to: bool, site: Site | None) -> Frame:
        name, start = self._function(registers.pc - returned_to)
        return Frame(registers.pc, name, start, how, returned_to, registers, site is not None)

    def _function(self, address: int) -> tuple[str, int]:
        """Name and address of the function at an address; ("", 0) outside of the code."""
        if self._word(address & ~1) is None:
            return "", 0
        symbol = self._image.function_at(address)
        return (symbol.name, symbol.address) if symbol else ("", 0)

    def _end_of(self, start: int) -> int:
        """Where the next function or thunk starts."""
        position = bisect_right(self._starts, start)
        return self._starts[position] if position < len(self._starts) else start + (1 << 20)


_THUNKS = SYSCALLS | {
    SiteKind.ATOMIC, SiteKind.PAUSE, SiteKind.COUNTER, SiteKind.EDGE, SiteKind.TRAP,
}  # fmt: skip
