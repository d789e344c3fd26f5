# SPDX-License-Identifier: MIT OR Apache-2.0
"""Futexes: threads with scripts of random calls, against an explicit-state model.

The model has all there is: words, waiting threads in their order, threads that can run in
theirs, the main thread that joins the others one after another, and the clock. Threads are
cooperative, first in, first out, so every script has one course. The clock also moves by a
microsecond here and there, which the model leaves out; scripts in which that could matter are
not used.
"""

from __future__ import annotations

import random
import struct
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_STEP = struct.Struct("<iiiiIIIiq")
SET, YIELD, CALL = range(3)
WAIT, WAKE, REQUEUE, CMP_REQUEUE, WAKE_OP, WAIT_BITSET, WAKE_BITSET = 0, 1, 3, 4, 5, 9, 10
_PRIVATE = 128
EAGAIN, EINVAL, ETIMEDOUT = -11, -22, -110
_ALL = 0xFFFF_FFFF
WORDS = 4
# Deadlines that lie closer together could be met in either order.
_APART = 1_000_000
_MILLISECOND = 1_000_000


class Difference(Exception):
    """The guest took another course than the model."""


@dataclass(frozen=True)
class Step:
    """One step of a script; `nanoseconds` is a timeout, 0: none."""

    kind: int
    operation: int = 0
    word: int = 0
    other: int = 0
    value: int = 0
    value2: int = 0
    value3: int = 0
    nanoseconds: int = 0


Scripts = Sequence[Sequence[Step]]


def generate(rng: random.Random, most: int = 8) -> Scripts:
    """Scripts of equal length, of at most so many threads."""
    words, count = rng.randint(1, WORDS), rng.randint(2, most)
    # Deadlines of many threads shall still lie apart.
    latest = 400 if most <= 8 else 10_000_000
    length = rng.choice((5, 20, 60))
    values = rng.randint(1, 3)

    def step() -> Step:
        word, other = rng.randrange(words), rng.randrange(words)
        value, private = rng.randrange(values), rng.choice((0, _PRIVATE))
        woken = rng.choice((0, 1, 1, 2, 3, 2**31 - 1))
        bits = rng.choice((_ALL, 1, 2, 3, 0 if rng.random() < 0.05 else 4))
        timeout = rng.choice((0, 0, rng.randrange(1, latest) * 5 * _MILLISECOND))
        kind = rng.random()
        if kind < 0.12:
            return Step(SET, word=word, value=value)
        if kind < 0.3:
            return Step(YIELD)
        if kind < 0.52:
            return Step(CALL, WAIT | private, word, value=value, nanoseconds=timeout)
        if kind < 0.6:
            return Step(
                CALL, WAIT_BITSET | private, word, value=value, value3=bits, nanoseconds=timeout
            )
        if kind < 0.75:
            return Step(CALL, WAKE | private, word, value=woken)
        if kind < 0.8:
            return Step(CALL, WAKE_BITSET | private, word, value=woken, value3=bits)
        if kind < 0.86:
            return Step(CALL, REQUEUE | private, word, other, value=woken, value2=rng.randrange(4))
        if kind < 0.94:
            return Step(CALL, CMP_REQUEUE | private, word, other, woken, rng.randrange(4), value)
        operation = rng.randrange(5) << 28 | rng.randrange(6) << 24
        operation |= rng.randrange(4) << 12 | rng.randrange(4)
        return Step(CALL, WAKE_OP | private, word, other, woken, rng.randrange(3), operation)

    return [[step() for _ in range(length)] for _ in range(count)]


def encode(scripts: Scripts) -> bytes:
    """The guest's input."""
    rows = [
        _STEP.pack(s.kind, s.operation, s.word, s.other, s.value, s.value2, s.value3,
                   s.nanoseconds > 0, s.nanoseconds)
        for script in scripts
        for s in script
    ]  # fmt: skip
    return struct.pack("<II", len(scripts), len(scripts[0])) + b"".join(rows)


class Unclear(Exception):
    """Two deadlines lie too close together to tell."""


@dataclass
class _Thread:
    number: int
    script: Sequence[Step]
    place: int = 0
    word: int = -1
    bits: int = 0
    deadline: int = 0
    result: int | None = None  # of the call that it waited in
    ended: bool = False


_MAIN = _Thread(-1, ())


class Model:
    """Runs scripts; `lines` is what the guest must print."""

    def __init__(self, scripts: Scripts) -> None:
        self._words = [0] * 8
        threads = [_Thread(number, script) for number, script in enumerate(scripts)]
        self._ready = deque(threads)
        self._waiting: list[_Thread] = []  # in the order in which they came to their words
        self._unjoined = deque(threads)
        self._now = 0
        self.lines: list[str] = []
        self.deadlocked = False

    def run(self) -> None:
        """To the end, or to a deadlock. Unclear when the order of deadlines is."""
        while self._unjoined:
            if not self._ready:
                self._jump()
                if self.deadlocked:
                    return
            thread = self._ready.popleft()
            if thread is _MAIN:
                self._join()
                continue
            if thread.result is not None:
                self._say(thread, thread.result)
                thread.result = None
            while self._step(thread):
                pass
        self.lines += [f"word {i} {word}" for i, word in enumerate(self._words)]

    def _join(self) -> None:
        while self._unjoined and self._unjoined[0].ended:
            self._unjoined.popleft()

    def _say(self, thread: _Thread, result: int) -> None:
        self.lines.append(f"{thread.number} {thread.place - 1} {result}")

    def _jump(self) -> None:
        timed = sorted((t for t in self._waiting if t.deadline), key=lambda t: t.deadline)
        if not timed:
            self.deadlocked = True
            return
        if len(timed) > 1 and timed[1].deadline - timed[0].deadline < _APART:
            raise Unclear
        self._now = max(self._now, timed[0].deadline)
        self._wake(timed[0], ETIMEDOUT)

    def _wake(self, thread: _Thread, result: int) -> None:
        self._waiting.remove(thread)
        thread.word, thread.result = -1, result
        self._ready.append(thread)

    def _step(self, thread: _Thread) -> bool:
        """One step of a thread; whether it runs on."""
        if thread.place == len(thread.script):
            thread.ended = True
            if thread is self._unjoined[0]:
                self._ready.append(_MAIN)
            return False
        step = thread.script[thread.place]
        thread.place += 1
        if step.kind == SET:
            self._words[step.word] = step.value
            return True
        if step.kind == YIELD:
            return self._yield(thread)
        result = self._call(thread, step)
        if result is None:
            return False
        self._say(thread, result)
        return True

    def _yield(self, thread: _Thread) -> bool:
        if any(t.deadline and t.deadline <= self._now + _APART for t in self._waiting):
            raise Unclear
        if not self._ready:
            # Nobody else can run: the clock goes on to the next deadline.
            if not any(t.deadline for t in self._waiting):
                return True
            self._ready.append(thread)
            self._jump()
        else:
            self._ready.append(thread)
        return False

    def _waiters(self, word: int) -> Iterator[_Thread]:
        return iter([t for t in self._waiting if t.word == word])

    def _call(self, thread: _Thread, step: Step) -> int | None:
        command = step.operation & ~_PRIVATE
        if command in (WAIT, WAIT_BITSET):
            return self._wait(thread, step, command)
        if command in (WAKE, WAKE_BITSET):
            bits = _ALL if command == WAKE else step.value3
            return self._wake_some(step.word, step.value, bits) if bits else EINVAL
        if command == WAKE_OP:
            return self._wake_op(step)
        if command == CMP_REQUEUE and self._words[step.word] != step.value3:
            return EAGAIN
        return self._requeue(step)

    def _wait(self, thread: _Thread, step: Step, command: int) -> int | None:
        bits = _ALL if command == WAIT else step.value3
        if bits == 0:
            return EINVAL
        if self._words[step.word] != step.value:
            return EAGAIN
        thread.word, thread.bits, thread.deadline = step.word, bits, 0
        if step.nanoseconds:
            # WAIT counts from now, the other one names a time.
            start = self._now if command == WAIT else 0
            thread.deadline = start + step.nanoseconds
            if thread.deadline <= self._now + _APART:
                raise Unclear
        self._waiting.append(thread)
        return None

    def _wake_some(self, word: int, most: int, bits: int) -> int:
        woken = 0
        for thread in self._waiters(word):
            if thread.bits & bits:
                self._wake(thread, 0)
                woken += 1
                if woken >= most:
                    break
        return woken

    def _requeue(self, step: Step) -> int:
        count = 0
        for thread in self._waiters(step.word):
            if count - step.value >= step.value2:
                break
            count += 1
            if count <= step.value:
                self._wake(thread, 0)
            elif step.other != step.word:
                self._waiting.remove(thread)
                thread.word = step.other
                self._waiting.append(thread)
        return count

    def _wake_op(self, step: Step) -> int:
        operation, condition = step.value3 >> 28 & 7, step.value3 >> 24 & 15
        argument, limit = step.value3 >> 12 & 0xFFF, step.value3 & 0xFFF
        old = self._words[step.other]
        new = (argument, old + argument, old | argument, old & ~argument, old ^ argument)[operation]
        self._words[step.other] = new & _ALL
        signed = old - (1 << 32) if old >> 31 else old
        met = (signed == limit, signed != limit, signed < limit, signed <= limit, signed > limit,
               signed >= limit)[condition]  # fmt: skip
        woken = self._wake_some(step.word, step.value, _ALL)
        if met:
            woken += self._wake_some(step.other, step.value2, _ALL)
        return woken


def compare(scripts: Scripts, text: bytes, outcome: str) -> bool:
    """Raises Difference where the guest did not print what the model says; False: unclear."""
    model = Model(scripts)
    try:
        model.run()
    except Unclear:
        return False
    found = text.decode().splitlines()
    for index, (ours, wanted) in enumerate(zip([*found, ""], [*model.lines, ""], strict=False)):
        if ours != wanted:
            raise Difference(f"line {index}: the guest says `{ours}`, the model `{wanted}`")
    wanted_outcome = "deadlock" if model.deadlocked else "exit"
    if outcome != wanted_outcome:
        raise Difference(f"the run ended by {outcome}, in the model by {wanted_outcome}")
    return True
