# SPDX-License-Identifier: MIT OR Apache-2.0
"""Labels of code whose address is known to a computed jump.

Differences of such labels may have been added up before anyone looks: an assembler resolves them,
and then nothing in the object names the labels that the jump can lead to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from zeroos_build.elf import constants as c
from zeroos_build.elf.sites import source_name
from zeroos_build.lower.program import Program
from zeroos_build.riscv import registers as r
from zeroos_build.riscv.graph import Effect, Entry
from zeroos_build.riscv.table import Flow

_ARGUMENTS = r.mask(range(r.A0, r.A7 + 1))
_ADDRESSES = (c.R_RISCV_PCREL_HI20, c.R_RISCV_HI20, c.R_RISCV_GOT_HI20)


class Labels:
    """The labels of an object's code, by function."""

    def __init__(self, program: Program) -> None:
        self.program, self.obj = program, program.obj
        self.functions = {
            (s.section, s.value): source_name(s.name)
            for s in self.obj.symbols
            if s.type == c.STT_FUNC and s.defined
        }
        self.starts = sorted(self.functions)

    def function(self, index: int, offset: int) -> str | None:
        """The source's name of the function that holds a place."""
        position = bisect_right(self.starts, (index, offset)) - 1
        start = self.starts[position] if position >= 0 else (-1, 0)
        return self.functions[start] if start[0] == index else None

    def differing(self, index: int) -> Iterator[int]:
        """Offsets in a section where code takes a label's address, perhaps to add to it."""
        taken = {
            item.offset: self.program.target(item)
            for item in self.obj.relocations(index)
            if item.type in _ADDRESSES
        }
        taken |= {o: (index, goal) for o, goal in self.program.resolved(index).items()}
        for offset, place in taken.items():
            if place is None or place in self.functions or place[1] == 0:
                continue
            if not self._only_jumped_to(index, offset):
                yield offset

    def _only_jumped_to(self, index: int, offset: int) -> bool:
        """Whether nothing but jumps looks at the address that an `auipc` and `addi` make.

        Then no difference can be added to it. Followed on all paths until it is overwritten;
        a computed jump leads to each label of its function whose address is taken, in cold parts
        of it too. A function that ends hands no label on, neither to its caller nor by a tail
        call: C has no use for one of a dead frame.
        """
        part = self.program.component(index)
        graph = part.graph
        first, second = part.node_at.get((index, offset)), part.node_at.get((index, offset + 4))
        if first is None or second is None:
            return False
        register = graph.instructions[first].rd
        add = graph.instructions[second]
        if add.mnemonic != "addi" or not add.rd == add.rs1 == register:
            return False
        labels = [node for node, entry in graph.entries.items() if Entry.TAKEN in entry]
        function = self.function(index, offset)
        labels = [
            node
            for node in labels
            if part.places[node] not in self.functions
            and self.function(*part.places[node]) == function
        ]
        mask = 1 << register
        seen: set[int] = set()
        todo = list(graph.successors[second])
        while todo:
            node = todo.pop()
            if node in seen:
                continue
            seen.add(node)
            ins, effect = graph.instructions[node], graph.effects[node]
            if ins.flow is Flow.BRANCH or (ins.flow is Flow.JALR and ins.rd == 0):
                pass
            elif ins.reads & mask:
                return False
            if effect in (Effect.RETURN, Effect.TAIL_EXTERNAL) and ins.flow is not Flow.BRANCH:
                continue
            if effect is Effect.UNKNOWN and ins.flow is Flow.JALR:
                todo += labels
                continue
            if effect in (Effect.CALL_LOCAL, Effect.CALL_EXTERNAL):
                if mask & _ARGUMENTS:
                    return False
                if mask & r.CALLER_SAVED:
                    continue
            elif effect is Effect.SITE:
                if mask & _ARGUMENTS:
                    return False
            elif effect is not Effect.NONE:
                return False
            if not ins.writes & mask:
                todo += graph.successors[node]
        return True
