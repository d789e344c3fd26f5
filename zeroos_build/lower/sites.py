# SPDX-License-Identifier: MIT OR Apache-2.0
"""Finding what has to be lowered: every place in an object that the target cannot execute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from zeroos_build.diagnostics import error
from zeroos_build.elf import constants as c
from zeroos_build.elf.sites import source_name
from zeroos_build.lower.config import LowerConfig
from zeroos_build.lower.decoding import may_need_lowering
from zeroos_build.lower.program import Place, Program
from zeroos_build.lower.unmarked import check_starts
from zeroos_build.riscv import registers as r
from zeroos_build.riscv.compressed import UNIMP
from zeroos_build.riscv.decode import Instruction
from zeroos_build.riscv.graph import Effect
from zeroos_build.riscv.values import Values, value_before

# csrrs rd, csr, x0 of these reads a counter (Zicntr); the high halves exist on rv32 only.
COUNTERS = {0xC00: 0, 0xC01: 1, 0xC02: 2, 0xC80: 3, 0xC81: 4, 0xC82: 5}


class Kind(Enum):
    """What stands at a place."""

    SYSCALL = "syscall"
    HOST_CALL = "host-call"
    LOAD_RESERVED = "load-reserved"
    STORE_CONDITIONAL = "store-conditional"
    ATOMIC = "atomic"
    FENCE = "fence"
    PAUSE = "pause"
    COUNTER = "counter"
    TRAP = "trap"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place to lower, not yet judged."""

    place: Place
    kind: Kind
    instruction: Instruction


def has_short_traps(program: Program, config: LowerConfig) -> bool:
    """Whether a trap that must be replaced is too short for the jump that replaces it."""
    return "abort" in (config.ebreak, config.unimp) and any(
        item.kind is Kind.TRAP and item.instruction.size == 2 for item in find(program, config)
    )


def find(program: Program, config: LowerConfig) -> list[Candidate]:
    """All places that the target cannot execute as they are, in order."""
    found = []
    compressed = bool(program.obj.flags & c.EF_RISCV_RVC)
    for section in program.obj.sections:
        if section.executable and may_need_lowering(section.data, compressed):
            if not program.decoding.marked(section.index):
                check_starts(program, section)
            for offset, instruction in program.code(section.index):
                kind = _kind(instruction, config)
                if kind is not None:
                    found.append(Candidate((section.index, offset), kind, instruction))
    return found


def _kind(instruction: Instruction, config: LowerConfig) -> Kind | None:
    name = instruction.mnemonic
    if name == "ecall":
        return Kind.SYSCALL
    if name == "pause":
        return Kind.PAUSE
    if name in ("fence", "fence.i"):
        return Kind.FENCE if config.fence == "nop" else None
    if name == "ebreak":
        return Kind.TRAP if config.ebreak == "abort" else None
    if instruction.extension == "a":
        if "a" in config.extensions:
            return None
        if name.startswith("lr."):
            return Kind.LOAD_RESERVED
        return Kind.STORE_CONDITIONAL if name.startswith("sc.") else Kind.ATOMIC
    if instruction.extension == "zicsr":
        if instruction.word == UNIMP:
            return Kind.TRAP if config.unimp == "abort" else None
        if name == "csrrs" and instruction.rs1 == 0 and instruction.imm in COUNTERS:
            return Kind.COUNTER if config.counters == "virtual" else None
    return None


def host_calls(
    program: Program, places: list[Place], config: LowerConfig
) -> Iterator[tuple[Place, str]]:
    """Which of an object's ecalls are the target's own host calls, with their names.

    An ecall is one where the host's number register holds a number of the target and a7 is not
    written on the way. Where both readings fit, nothing is guessed. A target that takes its
    numbers in a7 cannot be told from Linux: there, only `[abi] host_calls` says so.
    """
    if config.host_register is None:
        return
    for place in places:
        part = program.component(place[0])
        node = part.node_at[place]
        function = program.function_at(*place)
        named = _named(program.obj.name, function, config)
        host = value_before(part.graph, node, config.host_register)
        names = [config.host_numbers.get(number) for number in sorted(host.constants)]
        fits = bool(names) and None not in names and not host.unknown and not host.arguments
        label = "+".join(name or "?" for name in names) or "?"
        if named:
            yield place, label
        elif fits and config.host_register != r.A7:
            if _written(program, place):
                raise error(
                    "ZOS423",
                    f"`{program.obj.name}`: the ecall in {program.describe(*place)} reads both as "
                    f"a Linux system call and as the host call `{label}`",
                    notes=[f"a7 and {r.NAMES[config.host_register]} are both set on the way to it"],
                    help=f'if it is the target\'s own, add "{program.obj.name}:{function}" to '
                    "`[abi] host_calls`",
                )
            yield place, label


def _named(obj: str, function: str, config: LowerConfig) -> bool:
    """Whether `[abi] host_calls` names the function; the object may be a crate or an archive."""
    for text in config.host_functions:
        owner, _, wanted = text.rpartition(":")
        stem = obj.rpartition("/")[2]
        inside = owner in (obj, stem, stem.partition("(")[0]) or (
            owner
            and owner
            in (stem.removeprefix("lib").partition("-")[0], stem.rstrip(")").partition("(")[2])
        )
        if inside and wanted in (function, source_name(function), "*"):
            return True
    return False


def _written(program: Program, place: Place) -> bool:
    """Whether a7 is written anywhere on a path to the place inside its function."""
    part = program.component(place[0])
    graph = part.graph
    seen = {part.node_at[place]}
    todo = [part.node_at[place]]
    while todo:
        for previous in graph.predecessors[todo.pop()]:
            if previous in seen:
                continue
            seen.add(previous)
            if (
                graph.effects[previous] in (Effect.NONE, Effect.SITE)
                and graph.instructions[previous].writes >> r.A7 & 1
            ):
                return True
            todo.append(previous)
    return False


def number_values(program: Program, place: Place) -> Values:
    """The values of a7 at a site."""
    part = program.component(place[0])
    return value_before(part.graph, part.node_at[place], r.A7)
