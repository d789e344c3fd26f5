# SPDX-License-Identifier: MIT OR Apache-2.0
"""Unwinding without any description: a function's own code says where it put its caller's state.

The code is followed from the function's first instruction to the frame's pc, with symbolic
values: a register holds what some register held at entry plus a constant, a constant, the pc
that a trap left, or something else. Compilers lead every path to a place with the same stack,
so the first path found decides; paths through fewer calls are looked at first, since behind a
call that does not return may lie anything.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from zeroos_build.backtrace.rules import PRESERVED, Rule
from zeroos_build.riscv import registers as r
from zeroos_build.riscv.decode import Instruction, decode
from zeroos_build.riscv.table import Flow, Format

_MEPC = 0x341  # RISC-V privileged specification, table of CSRs
# Instructions of one function that are looked at.
_LIMIT = 50_000
_ENTRY: Final = "entry"
_CONSTANT: Final = "constant"
_TRAPPED: Final = "trapped"


@dataclass(frozen=True, slots=True)
class _Value:
    """Register `register` as it was at entry plus `add`, or `add` alone, or mepc plus `add`."""

    kind: Literal["entry", "constant", "trapped"]
    register: int
    add: int

    def plus(self, number: int) -> _Value:
        return _Value(self.kind, self.register, self.add + number)


@dataclass(frozen=True, slots=True)
class _State:
    """Before an instruction: values of registers, and of words at offsets from the entry's sp."""

    registers: tuple[_Value | None, ...]
    stack: dict[int, _Value]


_AT_ENTRY = _State(
    tuple(_Value(_ENTRY, n, 0) if n else _Value(_CONSTANT, 0, 0) for n in range(32)), {}
)


@dataclass(frozen=True, slots=True)
class CodeReader:
    """`word(address)` gives 4 bytes of code (2 at a segment's end), or None where none is.

    `resume(address)` tells where control goes on behind an instruction that was lowered to a
    jump to a thunk; None for any other.
    """

    xlen: int
    word: Callable[[int], int | None]
    resume: Callable[[int], int | None]

    def instruction(self, address: int) -> Instruction | None:
        """The instruction at an address."""
        word = self.word(address)
        return None if word is None else decode(word, self.xlen)

    def call_before(self, address: int) -> int | None:
        """The call instruction that ends at an address; None if no instruction there is a call."""
        for size in (4, 2):
            found = self.instruction(address - size)
            if found is not None and found.size == size and _links(found):
                return address - size
        return None

    def target(self, call: int) -> int | None:
        """The function that a call calls; None where only a register knows."""
        instruction, before = self.instruction(call), self.instruction(call - 4)
        if instruction is None:
            return None
        if instruction.flow is Flow.JAL:
            return call + instruction.imm
        paired = before is not None and before.mnemonic == "auipc" and before.size == 4
        if paired and before is not None and before.rd == instruction.rs1:
            return call - 4 + before.imm + instruction.imm & (1 << self.xlen) - 1
        return None

    def calls(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Calls in [start, end), and where they return to, as far as code can be decoded."""
        place = start
        while place < end:
            instruction = self.instruction(place)
            if instruction is not None and _links(instruction):
                yield place, place + instruction.size
            place += instruction.size if instruction is not None else 2


def rule_from_code(
    code: CodeReader, start: int, end: int, pc: int, *, returned_to: bool
) -> Rule | None:
    """The rule for a frame of the function in [start, end).

    `pc` is where it stands: before an instruction, or behind a call (`returned_to`).
    """
    state = _Search(code, start, end).state_at(pc, returned_to)
    return None if state is None else _rule(state, code.xlen, returned_to)


def _links(instruction: Instruction) -> bool:
    return instruction.flow in (Flow.JAL, Flow.JALR) and instruction.rd != 0


class _Search:
    def __init__(self, code: CodeReader, start: int, end: int) -> None:
        self._code, self._start, self._end = code, start, end
        self._seen: set[int] = set()
        self._behind_jumps: list[int] = []
        self._at_indirect: _State | None = None

    def state_at(self, pc: int, returned_to: bool) -> _State | None:
        state = self._walk([(0, self._start, _AT_ENTRY)], pc, returned_to)
        while state is None and self._at_indirect is not None and self._behind_jumps:
            # Only a jump table leads to what no branch reaches; it starts behind some jump.
            seeds = [(0, place, self._at_indirect) for place in self._behind_jumps]
            self._behind_jumps = []
            state = self._walk(seeds, pc, returned_to)
        return state

    def _walk(
        self, seeds: list[tuple[int, int, _State]], pc: int, returned_to: bool
    ) -> _State | None:
        queue = [(calls, place, n, state) for n, (calls, place, state) in enumerate(seeds)]
        heapq.heapify(queue)
        order = len(queue)
        while queue and len(self._seen) < _LIMIT:
            calls, place, _, state = heapq.heappop(queue)
            if place in self._seen or not self._start <= place < self._end:
                continue
            self._seen.add(place)
            if place == pc and not returned_to:
                return state
            instruction = self._code.instruction(place)
            if instruction is None:
                continue
            if returned_to and place + instruction.size == pc and _links(instruction):
                return state
            after = _step(state, instruction, place, self._code.xlen)
            for target in self._targets(place, instruction, after):
                order += 1
                heapq.heappush(queue, (calls + _links(instruction), target, order, after))
        return None

    def _targets(self, place: int, instruction: Instruction, after: _State) -> Iterator[int]:
        following = place + instruction.size
        resume = self._code.resume(place)
        if resume is not None:
            yield resume
        elif instruction.flow is Flow.BRANCH:
            yield following
            yield place + instruction.imm
        elif instruction.flow in (Flow.NEXT, Flow.ECALL, Flow.EBREAK) or _links(instruction):
            yield following
        else:
            self._behind_jumps.append(following)
            if instruction.flow is Flow.JAL:
                yield place + instruction.imm
            elif instruction.flow is Flow.JALR and not instruction.is_return:
                self._at_indirect = self._at_indirect or after


def _step(state: _State, instruction: Instruction, place: int, xlen: int) -> _State:
    before = state.registers
    if instruction.format is Format.S:
        base, size = before[instruction.rs1], 1 << (instruction.word >> 12 & 3)
        if base is None or base.kind != _ENTRY or base.register != r.SP:
            return state
        stack = dict(state.stack)
        value = before[instruction.rs2]
        if value is None or 8 * size != xlen:
            stack.pop(base.add + instruction.imm, None)
        else:
            stack[base.add + instruction.imm] = value
        return _State(before, stack)
    lost = instruction.writes
    if _links(instruction):
        lost |= r.CALLER_SAVED
    if not lost:
        return state
    result = list(before)
    for register in r.members(lost):
        result[register] = None
    if instruction.rd and not _links(instruction):
        result[instruction.rd] = _evaluate(state, instruction, place, xlen)
    return _State(tuple(result), state.stack)


def _evaluate(state: _State, instruction: Instruction, place: int, xlen: int) -> _Value | None:
    first, second = state.registers[instruction.rs1], state.registers[instruction.rs2]
    name, number = instruction.mnemonic, instruction.imm
    if name == "lui":
        return _Value(_CONSTANT, 0, number)
    if name == "auipc":
        return _Value(_CONSTANT, 0, place + number)
    if name == "csrrs" and number == _MEPC and instruction.rs1 == 0:
        return _Value(_TRAPPED, 0, 0)
    if first is None:
        return None
    if name == "addi" or (name == "addiw" and first.kind == _CONSTANT):
        return first.plus(number)
    if instruction.is_load:
        full = 1 << (instruction.word >> 12 & 3) == xlen // 8
        on_stack = first.kind == _ENTRY and first.register == r.SP
        return state.stack.get(first.add + number) if full and on_stack else None
    if second is None:
        return None
    if name == "add" and second.kind == _CONSTANT:
        return first.plus(second.add)
    if name == "add" and first.kind == _CONSTANT:
        return second.plus(first.add)
    if name == "sub" and second.kind == _CONSTANT:
        return first.plus(-second.add)
    return None


def _rule(state: _State, xlen: int, returned_to: bool) -> Rule | None:
    # A frame pointer is right also where sp moves, or points to another stack.
    usable = (8, r.SP, *(n for n in PRESERVED if n != 8)) if returned_to else (8, *range(1, 32))
    base = offset = None
    for register in usable:
        value = state.registers[register]
        if value is not None and value.kind == _ENTRY and value.register == r.SP:
            base, offset = register, -value.add
            break
    if base is None or offset is None:
        return None
    kept = {
        n
        for n in (PRESERVED if returned_to else range(1, 32))
        if state.registers[n] == _Value(_ENTRY, n, 0)
    }
    saved, interrupted = {}, None
    for place, value in state.stack.items():
        if value.kind == _ENTRY and value.add == 0 and value.register not in kept:
            saved[value.register] = place
        elif value.kind == _TRAPPED:
            interrupted = place, value.add
    return Rule(base, offset, frozenset(kept), saved, interrupted=interrupted)
