# SPDX-License-Identifier: MIT OR Apache-2.0
"""What value a register can have at a place: constants, an argument of the function, or unknown.

Works backwards on demand from the place, over all paths. Unknown is always a correct answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from zeroos_build.riscv import registers as r
from zeroos_build.riscv.decode import Instruction
from zeroos_build.riscv.graph import Effect, Entry, Graph

# Merged system calls have two or three numbers; a set larger than this is as good as unknown.
_LIMIT = 64
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Argument:
    """The value that argument register a<index> had when the function at `entry` was entered."""

    entry: int
    index: int


@dataclass(frozen=True, slots=True)
class Values:
    """All values that are possible: some constants, some arguments, and perhaps anything."""

    constants: frozenset[int] = frozenset()
    arguments: frozenset[Argument] = frozenset()
    unknown: bool = False


UNKNOWN = Values(unknown=True)


def value_before(graph: Graph, node: int, register: int) -> Values:
    """The values that `register` can have just before `node` executes."""
    return _Search(graph).before(node, register, _DEPTH)


class _Search:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def before(self, node: int, register: int, depth: int) -> Values:
        """Follow copies over all paths; constants, arguments and arithmetic end a path."""
        if register == 0:
            return Values(frozenset({0}))
        constants: set[int] = set()
        arguments: set[Argument] = set()
        seen = {(node, register)}
        todo = [(node, register)]
        while todo:
            place, wanted = todo.pop()
            if not self._enter(place, wanted, arguments):
                return UNKNOWN
            for previous in self.graph.predecessors[place]:
                step = self._back(previous, wanted, depth)
                if step is None or (isinstance(step, Values) and step.unknown):
                    return UNKNOWN
                if isinstance(step, Values):
                    constants |= step.constants
                    arguments |= step.arguments
                elif step[1] == 0:
                    constants.add(0)
                elif step not in seen:
                    seen.add(step)
                    todo.append(step)
            if len(constants) > _LIMIT:
                return UNKNOWN
        return Values(frozenset(constants), frozenset(arguments))

    def _enter(self, node: int, register: int, arguments: set[Argument]) -> bool:
        """Account for entries at a node; False when anything may come in there."""
        graph = self.graph
        kind = graph.entries.get(node, Entry(0))
        if kind & Entry.TAKEN:
            return False
        if kind & Entry.VISIBLE or node in graph.callers:
            if not r.A0 <= register <= r.A7:
                return False
            arguments.add(Argument(node, register - r.A0))
        return bool(kind) or node in graph.callers or bool(graph.predecessors[node])

    def _back(self, node: int, register: int, depth: int) -> Values | tuple[int, int] | None:
        """What `register` is behind `node`: values, another (node, register), or None: unknown."""
        effect = self.graph.effects[node]
        if effect is Effect.SITE:
            return None if register == r.A0 else (node, register)
        if effect in (Effect.CALL_LOCAL, Effect.CALL_EXTERNAL, Effect.CALL_OTHER):
            kept = not r.CALLER_SAVED >> register & 1 and effect is not Effect.CALL_OTHER
            return (node, register) if kept else None
        instruction = self.graph.instructions[node]
        if not instruction.writes >> register & 1:
            return node, register
        return self._evaluate(node, instruction, depth)

    def _evaluate(
        self, node: int, instruction: Instruction, depth: int
    ) -> Values | tuple[int, int] | None:
        name, imm = instruction.mnemonic, instruction.imm
        if name == "lui":
            return Values(frozenset({imm}))
        if name in ("addi", "addiw"):
            if instruction.rs1 == 0:
                return Values(frozenset({imm}))
            if imm == 0:
                return node, instruction.rs1  # a copy; numbers fit in 32 bits, so sext.w too
        if name == "add" and 0 in (instruction.rs1, instruction.rs2):
            return node, instruction.rs1 | instruction.rs2
        if depth == 0:
            return None
        inner = self.before(node, instruction.rs1, depth - 1)
        if inner.unknown or inner.arguments:
            return None
        apply = {
            "addi": lambda v: v + imm,
            "addiw": lambda v: v + imm,
            "ori": lambda v: v | imm,
            "xori": lambda v: v ^ imm,
            "andi": lambda v: v & imm,
            "slli": lambda v: v << imm,
        }.get(name)
        if apply is None or any(not -(1 << 31) <= apply(v) < 1 << 31 for v in inner.constants):
            return None
        return Values(frozenset(apply(v) for v in inner.constants))
