# SPDX-License-Identifier: MIT OR Apache-2.0
"""Detours read back: a pair over the site and its neighbours, which the thunk executes instead.

That the two registers were dead cannot be seen in an image; that nothing between the pair and the
way home still wants them can.
"""

from __future__ import annotations

import re

from zeroos_build.elf.sites import SYSCALLS, Displaced, Site, SiteKind
from zeroos_build.verify.reading import REGISTERS, Reader, Step, expect

_CALLER_SAVED = frozenset("ra t0 t1 t2 t3 t4 t5 t6 a0 a1 a2 a3 a4 a5 a6 a7".split())
_ARGUMENTS = frozenset("a0 a1 a2 a3 a4 a5".split())
_DISPATCHED = (SiteKind.SET, SiteKind.RUN_TIME, SiteKind.OPEN)
_STORES = frozenset("sb sh sw sd".split())
# What means something else at another address, or does not go on behind itself.
_BOUND = re.compile(
    r"auipc|j|jr|jal|jalr|ret|b(eq|ne|lt|ge|gt|le)(u|z)?|e(call|break)|mret|sret|unimp"
)
_NAME = re.compile(r"\b(" + "|".join(REGISTERS) + r")\b")


def check_entrance(reader: Reader, site: Site) -> None:
    """From the pair to where the thunk stands for the site; raises MismatchError."""
    link, target, register = reader.pair(reader.step(site.start))
    expect(link == "zero" and target == site.thunk, f"it jumps to 0x{target:x}, not to its thunk")
    position = site.start + 8
    while position < site.end:
        step = reader.step(position)
        expect(step.name == "nop", f"`{step.name}` stands where nothing is executed")
        position += step.size
    expect(position == site.end, "the jump to its thunk is longer than what it replaces")
    expect(register in _CALLER_SAVED, f"the jump to its thunk destroys {register}")
    wanted = _displaced(reader, site.thunk, site.before, register)
    if wanted and (site.kind in SYSCALLS or site.kind is SiteKind.EDGE):
        saved = {REGISTERS[n] for n in range(32) if site.saved >> n & 1}
        needed = _ARGUMENTS if site.kind is SiteKind.FRAME else _ARGUMENTS | saved
        if site.kind in _DISPATCHED:
            needed |= {"a7"}
        expect(register not in needed, f"the jump to its thunk destroys {register}")
    elif wanted and site.resume:
        position = site.entered
        while wanted and position < site.resume:
            step = reader.step(position)
            wanted = _survives(step, register)
            position += step.size


def check_way_home(reader: Reader, site: Site) -> None:
    """From behind the site's instruction back to its section; raises MismatchError."""
    _displaced(reader, site.resume, site.after, "")
    link, target, register = reader.pair(reader.step(site.resume + 4 * len(site.after)))
    expect(link == "zero" and target == site.end, f"it returns to 0x{target:x}")
    expect(register in _CALLER_SAVED, f"the way back destroys {register}")
    if site.saved >> REGISTERS.index(register) & 1 and site.kind is not SiteKind.FRAME:
        # It was live behind the site, so one of these read it last.
        steps = [reader.step(site.resume + 4 * n) for n in range(len(site.after))]
        read = any(register in _reads(step) for step in steps)
        expect(read, f"the way back destroys {register}")


def _displaced(reader: Reader, position: int, wanted: tuple[Displaced, ...], register: str) -> bool:
    """Whether the value of a register from before is still there behind the instructions."""
    alive = bool(register)
    for item in wanted:
        word = item.word.to_bytes(4, "little")
        expect(reader.word(position) == word, "a displaced instruction is another one")
        step = reader.step(position)
        expect(_BOUND.fullmatch(step.name) is None, f"`{step.name}` cannot be displaced")
        alive = alive and _survives(step, register)
        position += 4
    return alive


def _survives(step: Step, register: str) -> bool:
    """Whether a destroyed register keeps its value; that must not be read."""
    expect(register not in _reads(step), f"the jump to its thunk destroys {register}")
    return step.name in _STORES or step.parts[:1] != [register]


def _reads(step: Step) -> set[str]:
    """Registers that an instruction without a jump reads."""
    first, *rest = step.parts or [""]
    read = step.operands if step.name in _STORES or first not in REGISTERS else ",".join(rest)
    return set(_NAME.findall(read))
