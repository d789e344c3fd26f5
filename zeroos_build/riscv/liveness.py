# SPDX-License-Identifier: MIT OR Apache-2.0
"""Backward liveness of integer registers.

A register is live where its value may still be read. Every rule errs towards "live": saving
a register too many costs two instructions, saving one too few is a silent wrong result.
"""

from __future__ import annotations

from dataclasses import dataclass

from zeroos_build.riscv import registers as r
from zeroos_build.riscv.graph import Effect, Entry, Graph

# What an ABI call may read: the arguments, t0 (alternate link) and t2 (static chain).
_CALL_READS = r.ARGUMENTS | 1 << r.T0 | 1 << r.T2
_RETURN_READS = 1 << r.A0 | 1 << r.A1 | 1 << r.RA
_SITE_READS = r.ARGUMENTS
_CALLS = frozenset({Effect.CALL_LOCAL, Effect.CALL_EXTERNAL, Effect.CALL_OTHER})


@dataclass(frozen=True, slots=True)
class Liveness:
    """Per node the masks of registers that are live before it and behind it."""

    before: list[int]
    behind: list[int]


def liveness(graph: Graph) -> Liveness:
    """The rules below, iterated to their least fixed point."""
    count = len(graph.instructions)
    live_in, out = [0] * count, [0] * count
    after_return = _return_dependencies(graph)
    returns_behind: dict[int, list[int]] = {}
    for node, (_, calls) in after_return.items():
        for call in calls:
            returns_behind.setdefault(call, []).append(node)
    # Backwards, most nodes have their final value after one visit.
    todo = list(range(count))
    waiting = bytearray(b"\1") * count
    while todo:
        node = todo.pop()
        waiting[node] = 0
        behind = 0
        for target in graph.successors[node]:
            behind |= live_in[target]
        if graph.effects[node] is Effect.RETURN:
            fixed, calls = after_return.get(node, (r.ALL, ()))
            behind |= fixed
            for call in calls:
                behind |= out[call]
        elif graph.effects[node] is Effect.UNKNOWN or (
            # A call that ends its section falls into whatever the linker puts there.
            not graph.successors[node] and graph.effects[node] in _CALLS
        ):
            behind = r.ALL
        before = _before(graph, node, behind, live_in)
        again: list[int] = []
        if behind != out[node]:
            out[node] = behind
            again += returns_behind.get(node, ())
        if before != live_in[node]:
            live_in[node] = before
            again += graph.predecessors[node]
            again += graph.callers.get(node, ())
        for other in again:
            if not waiting[other]:
                waiting[other] = 1
                todo.append(other)
    return Liveness(live_in, out)


def _before(graph: Graph, node: int, behind: int, live_in: list[int]) -> int:
    """Live before a node, given what is live behind it."""
    instruction = graph.instructions[node]
    effect = graph.effects[node]
    if effect is Effect.SITE:
        return graph.site_reads.get(node, _SITE_READS) | behind & ~(1 << r.A0)
    if effect is Effect.CALL_EXTERNAL:
        reads = graph.callee_reads.get(node, _CALL_READS) & ~(1 << r.RA)
        return instruction.reads | reads | behind & ~r.CALLER_SAVED
    if effect is Effect.CALL_LOCAL:
        # The callee may use a convention of its own (LLVM's fastcc passes arguments in t
        # registers) and may leave registers alone that the ABI lets it destroy (gcc -fipa-ra).
        through = (live_in[graph.callee[node]] | behind) & ~(1 << r.RA)
        if node in graph.replaceable:
            through |= _CALL_READS
        return instruction.reads | through
    if effect is Effect.CALL_OTHER:
        return r.ALL
    if effect is Effect.TAIL_EXTERNAL:
        reads = graph.callee_reads.get(node, _CALL_READS)
        return instruction.reads | reads | 1 << r.RA | behind
    if effect in (Effect.RETURN, Effect.UNKNOWN):
        return instruction.reads | behind
    return instruction.reads | behind & ~instruction.writes


def _return_dependencies(graph: Graph) -> dict[int, tuple[int, tuple[int, ...]]]:
    """Return node to (what any caller may read, local calls whose live-out counts as well)."""
    found = {}
    for node, functions in graph.returns_of.items():
        fixed = 0
        calls: set[int] = set()
        for entry in functions:
            kind = graph.entries.get(entry, Entry(0))
            if kind & Entry.TAKEN:
                fixed |= r.ALL
            if kind & Entry.VISIBLE:
                fixed |= _RETURN_READS
            calls.update(graph.callers.get(entry, ()))
        found[node] = (fixed, tuple(sorted(calls)))
    return found
