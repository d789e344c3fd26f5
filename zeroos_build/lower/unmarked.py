# SPDX-License-Identifier: MIT OR Apache-2.0
"""Objects that do not say what is data in their code sections.

GNU binutils before 2.38 write no mapping symbols, and `strip --strip-unneeded` removes them. Then
data is read as instructions as well, which is harmless where they stay as they are. So nothing is
replaced that could be data, and data must not have hidden where an instruction starts.
"""

from __future__ import annotations

from collections.abc import Iterable

from zeroos_build.diagnostics import ZeroosError, error
from zeroos_build.elf import constants as c
from zeroos_build.elf.tables import Section
from zeroos_build.lower.program import Place, Program
from zeroos_build.riscv.table import Flow

_DIRECT = (Flow.BRANCH, Flow.JAL)


def check_starts(program: Program, section: Section) -> None:
    """Raise ZOS420 where a jump goes or a function starts inside of an instruction."""
    index = section.index
    code = program.code(index)
    inside = {o for offset, ins in code for o in range(offset + 2, offset + ins.size, 2)}
    wanted = {offset for where, offset in program.jumped_to if where == index}
    wanted |= set(program.decoding.function_starts.get(index, ()))
    jumps = [(offset, offset + ins.imm) for offset, ins in code if ins.flow in _DIRECT]
    if any(goal in inside for _, goal in jumps):
        # Those that are data do not count.
        executed = reached(program, index)
        wanted |= {goal for offset, goal in jumps if offset in executed}
    for offset in sorted(wanted & inside):
        raise _unclear(program, (index, offset), "an instruction that something jumps to")


def check_reached(program: Program, places: Iterable[Place]) -> None:
    """Raise ZOS420 for the first place in an unmarked section that nothing leads to."""
    for index, offset in places:
        if program.decoding.marked(index) or offset in reached(program, index):
            continue
        part = program.component(index)
        name = part.graph.instructions[part.node_at[index, offset]].mnemonic
        raise _unclear(program, (index, offset), f"`{name}`")


def reached(program: Program, index: int) -> set[int]:
    """Offsets in a section that are executed if functions are called and tables jumped through."""
    part = program.component(index)
    if part.reached is None:
        graph = part.graph
        todo = [part.node_at[place] for place in _entries(program) if place in part.node_at]
        todo += graph.callers
        seen: set[int] = set()
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                todo += graph.successors[node]
        part.reached = {part.places[node] for node in seen}
    return {offset for where, offset in part.reached if where == index}


def _entries(program: Program) -> set[Place]:
    """Functions, what other objects see, and addresses in data; code may take those of data."""
    obj = program.obj
    found = {
        (symbol.section, symbol.value)
        for symbol in obj.symbols
        if symbol.defined and (symbol.type == c.STT_FUNC or not symbol.local)
    }
    for target in obj.relocation_sections:
        section = obj.sections[target]
        if section.flags & c.SHF_ALLOC and not section.executable:
            found |= {p for p in map(program.target, obj.relocations(target)) if p is not None}
    found |= {(s.index, 0) for s in obj.sections if s.executable}
    return found


def _unclear(program: Program, place: Place, what: str) -> ZeroosError:
    return error(
        "ZOS420",
        f"`{program.obj.name}`: it is not clear whether {what} or data stands in "
        f"{program.describe(*place)}",
        notes=["the object has no mapping symbols, which say what is data in code sections"],
        help="assemble it with GNU binutils 2.38 or later, and do not strip it",
    )
