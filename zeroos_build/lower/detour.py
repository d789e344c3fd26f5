# SPDX-License-Identifier: MIT OR Apache-2.0
"""Detours: sites that no single jump connects with their thunks.

A pair of `auipc` and `jalr` reaches any distance, but is as long as two instructions and destroys
a register. So instructions around the site make room for it: they are displaced into the thunk
and executed there. This is right where nothing enters between them, where they mean the same at
another address, and where some register is dead before the first of them, and one behind the last
for the way back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from zeroos_build.elf import constants as c
from zeroos_build.lower.labels import Labels
from zeroos_build.lower.program import Component, Place, Program
from zeroos_build.riscv import registers as r
from zeroos_build.riscv.decode import Instruction
from zeroos_build.riscv.graph import Effect
from zeroos_build.riscv.table import Flow

# Bytes of `auipc` and `jalr`.
PAIR = 8
# More than this many displaced instructions have never been needed to find two dead registers.
_MOST = 6
# The registers of a system call's arguments: free only where a displaced instruction sets them.
_ARGUMENTS = r.mask(range(r.A0, r.A5 + 1))


@dataclass(frozen=True, slots=True)
class Detour:
    """What a site's pair replaces: `size` bytes from offset `start`.

    The pair destroys `enter`, the way back `leave`; None where no register is dead behind it.
    """

    start: int
    size: int
    before: tuple[Instruction, ...]
    after: tuple[Instruction, ...]
    enter: int
    leave: int | None


class Detours:
    """Finds room for pairs in the code of an object; `blocked` are places that keep their own."""

    def __init__(self, program: Program, blocked: Iterable[Place]) -> None:
        self.program, self.obj = program, program.obj
        self._blocked = set(blocked)
        self._fixed: dict[int, set[int]] = {}

    def find(self, place: Place) -> Detour | None:
        """The smallest room for a pair at a site; it is not given to another."""
        index, offset = place
        part = self.program.component(index)
        site = part.node_at[place]
        if self._labels.function(index, offset) in self._hiding:
            return None
        before, after = self._around(part, site, -1), self._around(part, site, 1)
        best: Detour | None = None
        for first, last in _spans(len(before), len(after)):
            found = self._room(part, site, before[:first][::-1], after[:last])
            if found is not None and found.leave is not None:
                best = found
                break
            best = best or found
        if best is not None:
            self._blocked |= {(index, o) for o in range(best.start, best.start + best.size)}
        return best

    def _around(self, part: Component, site: int, step: int) -> list[int]:
        """Nodes on one side of a site that can be displaced, nearest first."""
        found: list[int] = []
        graph = part.graph
        node = site
        while len(found) < _MOST:
            first, second = (node, node + 1) if step > 0 else (node - 1, node)
            if first < 0 or second >= len(part.places):
                break
            (index, offset), behind = part.places[first], part.places[second]
            if behind != (index, offset + graph.instructions[first].size):
                break
            # Nothing may enter between the two.
            entered = second in graph.entries or second in graph.callers
            if entered or graph.predecessors[second] != [first]:
                break
            node += step
            if not self._movable(part, node):
                break
            found.append(node)
        return found

    def _movable(self, part: Component, node: int) -> bool:
        """Whether an instruction means the same elsewhere."""
        place, instruction = part.places[node], part.graph.instructions[node]
        plain = instruction.flow is Flow.NEXT and part.graph.effects[node] is Effect.NONE
        if not plain or instruction.mnemonic == "auipc" or place in self._blocked:
            return False
        fixed = self._relocated(place[0])
        return not any(place[1] + n in fixed for n in range(instruction.size))

    def _room(
        self, part: Component, site: int, before: list[int], after: list[int]
    ) -> Detour | None:
        graph = part.graph
        nodes = [*before, site, *after]
        size = sum(graph.instructions[node].size for node in nodes)
        if size < PAIR:
            return None
        live = part.liveness
        written = 0
        for node in before:
            written |= graph.instructions[node].writes
        taken = live.before[nodes[0]] | _ARGUMENTS & ~written
        enter = next((x for x in r.SCRATCH if not taken >> x & 1), None)
        if enter is None:
            return None
        kept = live.behind[nodes[-1]]
        leave = next((x for x in r.SCRATCH if not kept >> x & 1), None)
        start = part.places[nodes[0]][1]
        first, last = (tuple(graph.instructions[n] for n in side) for side in (before, after))
        return Detour(start, size, first, last, enter, leave)

    def _relocated(self, index: int) -> set[int]:
        """Offsets that the linker may change or remove."""
        if index not in self._fixed:
            end = len(self.obj.sections[index].data)
            self._fixed[index] = {
                offset
                for item in self.obj.relocations(index)
                for offset in range(
                    item.offset,
                    min(end, item.offset + (item.addend if item.type == c.R_RISCV_ALIGN else 1)),
                )
            }
        return self._fixed[index]

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self.program)

    @cached_property
    def _hiding(self) -> set[str | None]:
        """Functions with computed jumps to places that may be named nowhere in the object."""
        taken, jumping = set(), set()
        for section in self.obj.sections:
            if not section.executable or not section.data:
                continue
            index = section.index
            part = self.program.component(index)
            for offset, instruction in self.program.code(index):
                computed = instruction.flow is Flow.JALR and instruction.rd == 0
                if computed and part.graph.effects[part.node_at[index, offset]] is Effect.UNKNOWN:
                    jumping.add(self._labels.function(index, offset))
            for offset in self._labels.differing(index):
                taken.add(self._labels.function(index, offset))
        return taken & jumping


def _spans(before: int, after: int) -> Iterable[tuple[int, int]]:
    """How many instructions to take on each side: few first, and rather those before the site."""
    for total in range(1, _MOST + 1):
        for last in range(total + 1):
            if total - last <= before and last <= after:
                yield total - last, last
