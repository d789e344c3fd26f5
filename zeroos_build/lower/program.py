# SPDX-License-Identifier: MIT OR Apache-2.0
"""From an object's code sections and relocations to the graph that the analyses need."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from zeroos_build.diagnostics import ZeroosError, error
from zeroos_build.elf import constants as c
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.elf.tables import Relocation, Symbol
from zeroos_build.lower.decoding import Decoding
from zeroos_build.lower.names import Names
from zeroos_build.riscv.decode import Instruction
from zeroos_build.riscv.graph import Effect, Entry, Graph
from zeroos_build.riscv.liveness import Liveness, liveness
from zeroos_build.riscv.table import Flow

_FLOW = frozenset(
    {c.R_RISCV_BRANCH, c.R_RISCV_JAL, c.R_RISCV_CALL, c.R_RISCV_CALL_PLT, c.R_RISCV_RVC_BRANCH,
     c.R_RISCV_RVC_JUMP}
)  # fmt: skip
_PAIRS = (c.R_RISCV_CALL, c.R_RISCV_CALL_PLT)
# These name the label of an `auipc`, or nothing: they do not take the address of code.
_NO_ADDRESS = _FLOW | {
    c.R_RISCV_PCREL_LO12_I, c.R_RISCV_PCREL_LO12_S, c.R_RISCV_ALIGN, c.R_RISCV_RELAX,
    63, 64, 65,  # TLSDESC_LOAD_LO12, TLSDESC_ADD_LO12, TLSDESC_CALL
}  # fmt: skip

Place = tuple[int, int]  # section index, offset


@dataclass
class Component:
    """The graph of sections that jump into or call each other, with its way back to places."""

    graph: Graph = field(default_factory=Graph)
    places: list[Place] = field(default_factory=list)
    node_at: dict[Place, int] = field(default_factory=dict)
    # `auipc` and `jalr` nodes that the assembler resolved.
    pairs: list[tuple[int, int]] = field(default_factory=list)
    # What is executed, where that was asked for: see `unmarked`.
    reached: set[Place] | None = None

    @cached_property
    def liveness(self) -> Liveness:
        """Computed once; fill `graph.callee_reads` first."""
        return liveness(self.graph)


class Program:
    """An object seen as code: decodes and connects sections on demand."""

    def __init__(self, obj: Relocatable) -> None:
        self.obj = obj
        self.names = Names(obj)
        self.decoding = Decoding(obj, self.names)
        self._components: dict[int, Component] = {}
        self._relocated_offsets: dict[int, set[int]] = {}
        self._resolved: dict[int, dict[int, int]] = {}

    def code(self, index: int) -> list[tuple[int, Instruction]]:
        """(offset, instruction) of a code section without its data; ZOS420 if it cannot be read."""
        return self.decoding.code(index)

    def function_at(self, index: int, offset: int) -> str:
        """The name of the function that holds a place, or the section's name."""
        return self.names.function_at(index, offset)

    def describe(self, index: int, offset: int) -> str:
        """A place for people: "`.text.write`+0x10 (function `write`)"."""
        return self.names.describe(index, offset)

    # -- relocations -----------------------------------------------------------------------

    @cached_property
    def _flow_relocations(self) -> dict[int, dict[int, Relocation]]:
        """Per code section: offset of the jumping instruction to its relocation."""
        found: dict[int, dict[int, Relocation]] = {}
        for section in self.obj.sections:
            if section.executable:
                found[section.index] = {
                    item.offset + (4 if item.type in _PAIRS else 0): item
                    for item in self.obj.relocations(section.index)
                    if item.type in _FLOW
                }
        return found

    def _relocated(self, index: int) -> set[int]:
        """Offsets in a section that have a relocation."""
        if index not in self._relocated_offsets:
            self._relocated_offsets[index] = {r.offset for r in self.obj.relocations(index)}
        return self._relocated_offsets[index]

    def jump_symbol(self, place: Place) -> Symbol | None:
        """The symbol that the relocation of a jump, call or branch names."""
        item = self._flow_relocations.get(place[0], {}).get(place[1])
        return self.obj.symbols[item.symbol] if item else None

    def target(self, item: Relocation) -> Place | None:
        """Where a relocation points, if into this object's code."""
        symbol = self.obj.symbols[item.symbol]
        if symbol.defined and self.obj.sections[symbol.section].executable:
            return symbol.section, symbol.value + item.addend
        return None

    @cached_property
    def jumped_to(self) -> set[Place]:
        """Where relocations of jumps, calls and branches point in this object."""
        items = (item for found in self._flow_relocations.values() for item in found.values())
        return {place for place in map(self.target, items) if place is not None}

    @cached_property
    def _taken(self) -> dict[int, set[int]]:
        """Per section the offsets in code whose address is used as data."""
        found: dict[int, set[int]] = {}
        for target in self.obj.relocation_sections:
            section = self.obj.sections[target]
            # Unwind tables name functions only to find their frames; debug data likewise.
            if not section.flags & c.SHF_ALLOC or section.name == ".eh_frame":
                continue
            for item in self.obj.relocations(target):
                if item.type not in _NO_ADDRESS:
                    place = self.target(item)
                    if place is not None:
                        found.setdefault(place[0], set()).add(place[1])
        for section in self.obj.sections:
            # Pieces of one function that the linker puts together from many objects.
            if section.executable and section.name in (".init", ".fini"):
                found.setdefault(section.index, set()).add(0)
        return found

    @cached_property
    def _replaceable_sections(self) -> set[int]:
        return {member for group in self.obj.groups if group.comdat for member in group.members}

    def _replaceable(self, item: Relocation) -> bool:
        symbol = self.obj.symbols[item.symbol]
        return not symbol.local and (
            symbol.bind == c.STB_WEAK or symbol.section in self._replaceable_sections
        )

    # -- graph -----------------------------------------------------------------------------

    @cached_property
    def _neighbours(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for index, items in self._flow_relocations.items():
            for item in items.values():
                place = self.target(item)
                if place is not None and place[0] != index:
                    found.setdefault(index, set()).add(place[0])
                    found.setdefault(place[0], set()).add(index)
        return found

    def component(self, index: int) -> Component:
        """The graph of a section and of all sections connected with it."""
        if index not in self._components:
            members = {index}
            todo = [index]
            while todo:
                for other in self._neighbours.get(todo.pop(), ()):
                    if other not in members:
                        members.add(other)
                        todo.append(other)
            built = self._build(sorted(members))
            for member in members:
                self._components[member] = built
        return self._components[index]

    def _build(self, indices: list[int]) -> Component:
        part = Component()
        graph = part.graph
        for index in indices:
            for offset, instruction in self.code(index):
                part.node_at[index, offset] = len(part.places)
                part.places.append((index, offset))
                graph.instructions.append(instruction)
        for node, place in enumerate(part.places):
            effect, targets = self._leave(part, node, place)
            graph.effects.append(effect)
            graph.successors.append(targets)
        for index in indices:
            taken = [*self._taken.get(index, ()), *self.resolved(index).values()]
            for offsets, kind in (
                (self._visible.get(index, ()), Entry.VISIBLE),
                (taken, Entry.TAKEN),
            ):
                for offset in offsets:
                    entry = part.node_at.get((index, offset))
                    if entry is not None:
                        graph.entries[entry] = graph.entries.get(entry, Entry(0)) | kind
        self._check_pairs(part)
        return part

    @cached_property
    def _visible(self) -> dict[int, list[int]]:
        """Per section the offsets of symbols that other objects see."""
        found: dict[int, list[int]] = {}
        for symbol in self.obj.symbols:
            if not symbol.local:
                found.setdefault(symbol.section, []).append(symbol.value)
        return found

    def resolved(self, index: int) -> dict[int, int]:
        """Addresses in a section's own code that the assembler resolved (-mno-relax).

        Offset of the `auipc` to the offset that it points to with the `addi` behind it.
        """
        if index not in self._resolved:
            found = {}
            relocated = self._relocated(index)
            code = self.code(index)
            for (offset, first), (behind, second) in pairwise(code):
                if first.mnemonic != "auipc" or offset in relocated:
                    continue
                plain = second.mnemonic == "addi" and second.size == 4 and behind not in relocated
                if plain and behind == offset + 4 and second.rd == second.rs1 == first.rd:
                    found[offset] = offset + first.imm + second.imm
            goals = {offset for offset, _ in code} if found else set()
            self._resolved[index] = {o: goal for o, goal in found.items() if goal in goals}
        return self._resolved[index]

    def _leave(self, part: Component, node: int, place: Place) -> tuple[Effect, tuple[int, ...]]:
        """The effect of one instruction and its edges."""
        instruction = part.graph.instructions[node]
        index, offset = place
        behind = part.node_at.get((index, offset + instruction.size))
        following: tuple[int, ...] = () if behind is None else (behind,)
        flow = instruction.flow
        if flow is Flow.STOP:
            return Effect.UNKNOWN, ()
        if flow in (Flow.NEXT, Flow.EBREAK, Flow.ECALL):
            if behind is None:
                return Effect.UNKNOWN, ()
            return (Effect.SITE if flow is Flow.ECALL else Effect.NONE), following
        item = self._flow_relocations[index].get(offset)
        goal: Place | None
        if item is not None:
            goal = self.target(item)
            known = goal is None or goal in part.node_at
        elif flow is Flow.JALR:
            goal = self._resolved_pair(part, place, instruction)
            if goal is None:
                return self._indirect(instruction, following)
            known = goal in part.node_at
        else:
            goal = (index, offset + instruction.imm)
            known = goal in part.node_at
        if not known:
            # Into data or into the middle of an instruction: believe nothing.
            return Effect.UNKNOWN, ()
        target = part.node_at[goal] if goal is not None else None
        if flow is Flow.BRANCH:
            if behind is None:
                return Effect.UNKNOWN, ()
            if target is None:
                return Effect.TAIL_EXTERNAL, following
            return Effect.NONE, (behind, target)
        replaceable = item is not None and target is not None and self._replaceable(item)
        if instruction.rd == 0:
            if target is None:
                return Effect.TAIL_EXTERNAL, ()
            return (Effect.TAIL_EXTERNAL if replaceable else Effect.NONE), (target,)
        if instruction.rd != 1:
            return Effect.CALL_OTHER, following
        if target is None:
            return Effect.CALL_EXTERNAL, following
        part.graph.callee[node] = target
        if replaceable:
            part.graph.replaceable.add(node)
        return Effect.CALL_LOCAL, following

    def _resolved_pair(
        self, part: Component, place: Place, instruction: Instruction
    ) -> Place | None:
        """The target of `auipc` and `jalr` that the assembler resolved itself (-mno-relax).

        The pair is trusted because nothing enters between the two: see `_check_pairs`.
        """
        index, offset = place
        node = part.node_at.get((index, offset - 4))
        if node is None:
            return None
        first = part.graph.instructions[node]
        if first.mnemonic != "auipc" or first.rd != instruction.rs1:
            return None
        if offset - 4 in self._relocated(index):
            return None
        part.pairs.append((node, part.node_at[place]))
        return index, offset - 4 + first.imm + instruction.imm

    @staticmethod
    def _check_pairs(part: Component) -> None:
        """A `jalr` that is also reached from elsewhere jumps to a place that nobody knows."""
        graph = part.graph
        for first, second in part.pairs:
            if graph.predecessors[second] != [first] or graph.entries.get(second):
                rd = graph.instructions[second].rd
                graph.effects[second] = Effect.CALL_OTHER if rd else Effect.UNKNOWN
                graph.callee.pop(second, None)

    def _indirect(
        self, instruction: Instruction, following: tuple[int, ...]
    ) -> tuple[Effect, tuple[int, ...]]:
        if instruction.is_return:
            return Effect.RETURN, ()
        if instruction.rd == 1:
            return Effect.CALL_EXTERNAL, following
        if instruction.rd == 0:
            return Effect.UNKNOWN, ()
        return Effect.CALL_OTHER, following


def conflict(obj: Relocatable, what: str) -> ZeroosError:
    """An object that cannot be lowered."""
    return error("ZOS421", f"`{obj.name}`: {what}")
