# SPDX-License-Identifier: MIT OR Apache-2.0
"""The number of each site, and the functions that pass numbers on (forwarders).

A site's number is constant only if all definitions of a7 that reach it agree; several make a
set. Where it is an argument of the function, that function is a forwarder, and the numbers
stand at its call sites: `find_forwarders` follows them over all objects of a link to a fixed
point. What remains is known at run time only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zeroos_build.elf import constants as c
from zeroos_build.lower.program import Component, Place, Program
from zeroos_build.riscv import registers as r
from zeroos_build.riscv.graph import Effect
from zeroos_build.riscv.table import Flow
from zeroos_build.riscv.values import Argument, Values, value_before

Forwarders = dict[str, set[int]]  # global function to the indices of its number arguments


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A call to a forwarder, or the address of one used as data (then `numbers` is unknown)."""

    place: Place
    forwarder: str
    numbers: tuple[int, ...]
    unknown: bool


@dataclass
class ObjectNumbers:
    """What is known of one object: numbers per site, and forwarders without a global name."""

    program: Program
    sites: dict[Place, Values]
    local_forwarders: set[tuple[Place, int]]


def analyse(program: Program, sites: Iterable[Place]) -> ObjectNumbers:
    """The values of a7 at each site."""
    found = {}
    for place in sites:
        part = program.component(place[0])
        found[place] = value_before(part.graph, part.node_at[place], r.A7)
    return ObjectNumbers(program, found, set())


def _names_at(program: Program, place: Place) -> list[str]:
    """Global names of the function that starts at a place.

    Labels without a type beside a typed function (musl's `__cp_begin`) mark a place and are not
    called. Should one be, its numbers are missing in the dispatcher, which then ends the run.
    """
    here = [
        s
        for _, s in program.obj.symbols_in(place[0])
        if s.value == place[1] and not s.local and s.name
    ]
    functions = [s.name for s in here if s.type == c.STT_FUNC]
    return functions or [s.name for s in here]


# Called by the C library, with arguments that are known at run time only.
_STARTED = "main"


def find_forwarders(
    objects: list[ObjectNumbers], known: Mapping[str, Iterable[int]]
) -> tuple[Forwarders, list[list[Forwarded]]]:
    """All forwarders of a link and, per object, every use of one.

    `known` are forwarders of objects that are not in `objects` (those of an installed libc).
    """
    forwarders: Forwarders = {name: set(indices) for name, indices in known.items()}
    users: dict[str, list[int]] = {}
    for number, item in enumerate(objects):
        for symbol in item.program.obj.symbols:
            if not symbol.local:
                users.setdefault(symbol.name, []).append(number)
    done: dict[tuple[int, str | Place, int], list[Forwarded]] = {}
    todo: list[tuple[int, str | Place, int]] = []
    started: list[tuple[int, Forwarded]] = []

    def add(number: int, argument: Argument, part: Component) -> None:
        place = part.places[argument.entry]
        item = objects[number]
        if (place, argument.index) in item.local_forwarders:
            return
        item.local_forwarders.add((place, argument.index))
        todo.append((number, place, argument.index))
        for name in _names_at(item.program, place):
            if name == _STARTED:
                started.append((number, Forwarded(place, name, (), unknown=True)))
            if argument.index not in forwarders.setdefault(name, set()):
                forwarders[name].add(argument.index)
                todo.extend((user, name, argument.index) for user in users[name])

    for name, indices in list(forwarders.items()):
        todo.extend((user, name, index) for user in users.get(name, ()) for index in indices)
    for number, item in enumerate(objects):
        for place, values in item.sites.items():
            part = item.program.component(place[0])
            for argument in values.arguments:
                add(number, argument, part)
    while todo:
        number, goal, index = key = todo.pop()
        if key in done:
            continue
        done[key] = []
        program = objects[number].program
        for place, found in _uses(program, goal, index):
            if found is not None:
                for argument in found.arguments:
                    add(number, argument, program.component(place[0]))
            label = goal if isinstance(goal, str) else program.function_at(*goal)
            done[key].append(
                Forwarded(
                    place,
                    label,
                    tuple(sorted(found.constants)) if found else (),
                    found is None or found.unknown,
                )
            )
    uses: list[list[Forwarded]] = [[] for _ in objects]
    for (number, _, _), items in done.items():
        uses[number].extend(items)
    for number, use in started:
        uses[number].append(use)
    for items in uses:
        items.sort(key=lambda item: (item.place, item.forwarder))
    return forwarders, uses


def _uses(program: Program, goal: str | Place, index: int) -> list[tuple[Place, Values | None]]:
    """Where a forwarder is called, with the values of its argument; None: its address is taken.

    A goal with a name is looked for by relocation to that symbol, a place by the graph.
    """
    if isinstance(goal, str):
        return _uses_of_symbol(program, goal, index)
    part = program.component(goal[0])
    entry = part.node_at[goal]
    named = set(_names_at(program, goal))
    found: list[tuple[Place, Values | None]] = []
    for node, callee in part.graph.callee.items():
        symbol = program.jump_symbol(part.places[node])
        if callee == entry and (symbol is None or symbol.name not in named):
            found.append((part.places[node], value_before(part.graph, node, r.A0 + index)))
    return found + [
        (part.places[node], value_before(part.graph, node, r.A0 + index))
        for node in part.graph.predecessors[entry]
        if _is_tail_call(program, part, node, named)
    ]


def _is_tail_call(program: Program, part: Component, node: int, named: set[str]) -> bool:
    """A jump to a function's entry from another function, not its own loop or fall-through."""
    instruction = part.graph.instructions[node]
    jumps = instruction.flow in (Flow.JAL, Flow.JALR, Flow.BRANCH)
    symbol = program.jump_symbol(part.places[node])
    return jumps and (symbol is None or symbol.name not in named)


def _uses_of_symbol(program: Program, name: str, index: int) -> list[tuple[Place, Values | None]]:
    obj = program.obj
    numbers = {i for i, s in enumerate(obj.symbols) if s.name == name and not s.local}
    found: list[tuple[Place, Values | None]] = []
    for target in sorted(obj.relocation_sections):
        section = obj.sections[target]
        if not section.flags & c.SHF_ALLOC or section.name == ".eh_frame":
            continue
        for item in obj.relocations(target):
            if item.symbol not in numbers:
                continue
            pair = item.type in (c.R_RISCV_CALL, c.R_RISCV_CALL_PLT)
            place = (target, item.offset + (4 if pair else 0))
            values: Values | None = None
            if section.executable and program.jump_symbol(place) is not None:
                part = program.component(target)
                node = part.node_at.get(place)
                if node is not None and _is_plain_call(part.graph.effects[node]):
                    values = value_before(part.graph, node, r.A0 + index)
            found.append((place, values))
    return found


def _is_plain_call(effect: Effect) -> bool:
    return effect in (
        Effect.CALL_LOCAL,
        Effect.CALL_EXTERNAL,
        Effect.TAIL_EXTERNAL,
        Effect.NONE,
    )
