# SPDX-License-Identifier: MIT OR Apache-2.0
"""A control-flow graph over decoded instructions: what the dataflow analyses work on.

Nodes are numbered from 0. The graph knows nothing of object files: whoever builds it has
already resolved relocations and decided which code may be entered from elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, Flag
from functools import cached_property

from zeroos_build.riscv.decode import Instruction


class Effect(Enum):
    """How control leaves a node, beyond going to its successors."""

    NONE = "none"
    SITE = "site"  # a Linux system call: preserves everything but a0
    CALL_LOCAL = "call-local"  # links in ra; the callee's entry is in Graph.callee
    CALL_EXTERNAL = "call-external"  # links in ra; an ordinary ABI call to unseen code
    CALL_OTHER = "call-other"  # links in another register: millicode, TLS descriptors
    TAIL_EXTERNAL = "tail-external"
    RETURN = "return"
    UNKNOWN = "unknown"  # an indirect jump, or falling off the end of a section


class Entry(Flag):
    """How a node may be reached other than from its predecessors."""

    VISIBLE = 1  # a symbol that other objects can call
    TAKEN = 2  # its address is used as data: it may be entered from anywhere


@dataclass
class Graph:
    """Instructions with their edges.

    `successors` are edges inside a function: next, branch and jump targets, and for calls the
    instruction behind the call. `replaceable` are local calls whose callee the linker may
    replace by another body (weak and COMDAT symbols). `callee_reads` are the caller-saved
    registers that a callee in another object reads, where that is known for certain, and
    `site_reads` what the system call at a site reads, where its number is.
    """

    instructions: list[Instruction] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    successors: list[tuple[int, ...]] = field(default_factory=list)
    callee: dict[int, int] = field(default_factory=dict)
    replaceable: set[int] = field(default_factory=set)
    callee_reads: dict[int, int] = field(default_factory=dict)
    site_reads: dict[int, int] = field(default_factory=dict)
    entries: dict[int, Entry] = field(default_factory=dict)

    @cached_property
    def predecessors(self) -> list[list[int]]:
        """The inverse of `successors`."""
        found: list[list[int]] = [[] for _ in self.instructions]
        for node, targets in enumerate(self.successors):
            for target in targets:
                found[target].append(node)
        return found

    @cached_property
    def callers(self) -> dict[int, list[int]]:
        """Entry node to the call nodes that call it locally."""
        found: dict[int, list[int]] = {}
        for node, entry in self.callee.items():
            found.setdefault(entry, []).append(node)
        return found

    @cached_property
    def returns_of(self) -> dict[int, set[int]]:
        """Return node to the entry nodes of the functions that it may return from."""
        found: dict[int, set[int]] = {}
        for entry in {*self.entries, *self.callers}:
            seen = {entry}
            todo = [entry]
            while todo:
                node = todo.pop()
                if self.effects[node] is Effect.RETURN:
                    found.setdefault(node, set()).add(entry)
                for target in self.successors[node]:
                    if target not in seen:
                        seen.add(target)
                        todo.append(target)
        return found
