# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a word names in a program: system calls, symbols, objects, instructions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, get_args

from zeroos_build.backtrace.names import demangle
from zeroos_build.diagnostics import error
from zeroos_build.elf import constants as c
from zeroos_build.elf.sites import SYSCALLS, SiteKind
from zeroos_build.why.graph import Graph

Kind = Literal["syscall", "symbol", "object", "instruction"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_FORWARDED = (SiteKind.FORWARDED, SiteKind.FORWARDED_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Goal:
    """A place in the program that answers to a word."""

    kind: Kind
    address: int
    label: str


def find_goals(graph: Graph, word: str) -> list[Goal]:
    """All places that a word names, those nearest to the entry first.

    `KIND:WORD` says which kind is meant; else the first kind that knows the word does. Raises
    ZOS448 if nothing does.
    """
    kind, colon, rest = word.partition(":")
    wanted = [known for known in KINDS if colon and kind == known]
    name = rest if wanted else word
    for one in wanted or KINDS:
        goals = list(_FINDERS[one](graph, name))
        if goals:
            return sorted(goals, key=lambda goal: graph.length(goal.address))
    raise _nothing(graph, name)


def _syscalls(graph: Graph, name: str) -> Iterator[Goal]:
    facts, found = graph.probe.facts, graph.probe.found
    numbers = {n for n, known in facts.linux.items() if known == name}
    for site in graph.image.sites:
        reached = {site.number} if site.kind in SYSCALLS or site.kind in _FORWARDED else set()
        reached.update(site.numbers)
        if site.kind is SiteKind.EDGE and found.is_taken(site):
            reached.add(site.number)
        if site.kind in (SiteKind.OPEN, SiteKind.FORWARDED_UNKNOWN):
            # The number is known at run time only, so it may be this one.
            reached |= numbers & found.dispatched
        if reached & numbers:
            yield Goal("syscall", site.site, name)


def _symbols(graph: Graph, name: str) -> Iterator[Goal]:
    for address, symbol in graph.names():
        if symbol == name or demangle(symbol) == name or demangle(symbol).partition("(")[0] == name:
            yield Goal("symbol", address, demangle(symbol))


def _objects(graph: Graph, name: str) -> Iterator[Goal]:
    for address, symbol in graph.names():
        owner = graph.object_at(address)
        archive, _, member = owner.rstrip(")").partition("(")
        if name in (owner, owner.removesuffix(".o"), archive, member, member.removesuffix(".o")):
            yield Goal("object", address, demangle(symbol))


def _instructions(graph: Graph, name: str) -> Iterator[Goal]:
    from zeroos_build.verify.isa import disassembler

    image = graph.image
    reader = disassembler(image.xlen, compressed=bool(image.flags & c.EF_RISCV_RVC))
    for section in image.sections:
        if not section.flags & c.SHF_EXECINSTR or not section.size:
            continue
        data = image.content(section)
        position = 0
        while position < len(data):
            for address, size, mnemonic, _ in reader.disasm_lite(
                data[position:], section.address + position
            ):
                position = address - section.address + size
                if mnemonic.removeprefix("c.") == name:
                    yield Goal("instruction", address, f"{name} at 0x{address:x}")
            # What does not decode is data between functions; code goes on behind it.
            position += 2


_FINDERS: dict[Kind, Callable[[Graph, str], Iterator[Goal]]] = {
    "syscall": _syscalls,
    "symbol": _symbols,
    "object": _objects,
    "instruction": _instructions,
}


def _nothing(graph: Graph, name: str) -> Exception:
    facts = graph.probe.facts
    if name in facts.linux.values():
        return error(
            "ZOS448",
            f"the program does not reach `{name}`",
            notes=["the image holds no handler of it"],
        )
    known = {demangle(symbol) for _, symbol in graph.names()}
    known |= {facts.linux_name(number) for number in graph.probe.found.numbers}
    close = get_close_matches(name, known, n=1)
    return error(
        "ZOS448",
        f"nothing in the program is named `{name}`",
        notes=["system calls, symbols, objects and instructions were looked at"],
        help=f"did you mean `{close[0]}`?" if close else None,
    )
