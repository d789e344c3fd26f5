# SPDX-License-Identifier: MIT OR Apache-2.0
"""Memory: random calls against a map of pages.

The allocator may put a mapping where it likes, so the model follows the answers: each must be
possible, and then the pages hold what they must.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.fuzz_syscalls.calls import PEEK, POKE, SLOTS, Answer, Call, Slot
from zeroos_build.spec import load_specs

PAGE = 4096
EINVAL, ENOMEM, EEXIST, EFAULT, EPERM = -22, -12, -17, -14, -1
_ANONYMOUS, _PRIVATE, _FIXED, _NOREPLACE = 0x20, 2, 0x10, 0x100000
_EXEC = 4
_MAYMOVE, _DONTNEED = 1, 4
# The libOS keeps books in pages of the same heap, which the model cannot see.
_BOOKS = 64
# Pages of the heap in the tests, and of it that the break may take.
HEAP, _BREAK_PAGES = 2048, 16
# Slots with a meaning; the others are mappings.
_BREAK, _SPARE = SLOTS - 1, SLOTS - 2
_NR = {name: load_specs().linux["rv64"][name]
       for name in ("mmap", "munmap", "mremap", "mprotect", "madvise", "brk")}  # fmt: skip


class Difference(Exception):
    """The guest did what the model says cannot be."""


def generate(rng: random.Random, count: int) -> list[Call]:
    """A list of calls. Slots hold starts of mappings, the last one the start of the break."""
    return _Generator(rng).calls(count)


class _Generator:
    """Knows of each slot which of its pages are mapped, if the mapping was made at all."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._most = 1 << rng.choice((2, 3, 6, 9))
        self._pages: dict[int, list[bool]] = {}
        self._calls = [_call("brk", 0, slot=_BREAK)]

    def calls(self, count: int) -> list[Call]:
        steps = (
            (self._map, 4), (self._poke, 5), (self._peek, 3), (self._unmap, 5), (self._remap, 3),
            (self._grow, 1), (self._fixed, 2), (self._protect, 1), (self._advise, 1),
            (self._brk, 1), (self._wrong, 1),
        )  # fmt: skip
        functions, weights = zip(*steps, strict=True)
        while len(self._calls) < count:
            self._rng.choices(functions, weights)[0]()
        return self._calls

    def _emit(self, *calls: Call) -> None:
        self._calls += calls

    def _range(self) -> tuple[int, int, int] | None:
        """A slot, a first page and how many behind it are mapped."""
        slots = [slot for slot, pages in self._pages.items() if any(pages)]
        if not slots:
            return None
        slot = self._rng.choice(slots)
        pages = self._pages[slot]
        first = self._rng.choice([i for i, mapped in enumerate(pages) if mapped])
        count = next((i for i, mapped in enumerate(pages[first:]) if not mapped), 0)
        return slot, first, self._rng.randint(1, count or len(pages) - first)

    def _map(self) -> None:
        slot, count = self._rng.randrange(_SPARE), self._rng.randint(1, self._most)
        if any(self._pages.get(slot, ())):
            return
        self._pages[slot] = [True] * count
        length = count * PAGE - self._rng.choice((0, 0, 1, 4095))
        self._emit(
            _call("mmap", 0, length, 3, _PRIVATE | _ANONYMOUS, -1, 0, slot=slot),
            Call(PEEK, (Slot(slot), count), name="peek"),
        )

    def _poke(self) -> None:
        if found := self._range():
            slot, first, _ = found
            word = self._rng.getrandbits(62)
            self._emit(Call(POKE, (Slot(slot, first * PAGE), word), name="poke"))

    def _peek(self) -> None:
        if found := self._range():
            slot, first, count = found
            self._emit(Call(PEEK, (Slot(slot, first * PAGE), count), name="peek"))

    def _unmap(self) -> None:
        if found := self._range():
            slot, first, count = found
            place, length = Slot(slot, first * PAGE), count * PAGE
            unmap = _call("munmap", place, length)
            self._emit(unmap)
            # What lies in the hole is nobody's until the next mapping.
            then = self._rng.randrange(5)
            if then == 0:
                self._emit(unmap)
            elif then == 1:
                self._emit(_call("mprotect", place, length, 3), _call("madvise", place, length, 0))
            elif then == 2:
                flags = _PRIVATE | _ANONYMOUS | self._rng.choice((_FIXED, _NOREPLACE))
                self._emit(
                    _call("mmap", place, length, 3, flags, -1, 0),
                    Call(PEEK, (place, count), name="peek"),
                )
            self._pages[slot][first : first + count] = [then == 2] * count

    def _remap(self) -> None:
        if (found := self._range()) and all(self._pages[found[0]]):
            slot = found[0]
            old, new = len(self._pages[slot]), self._rng.randint(1, self._most)
            flags = _MAYMOVE if new > old else self._rng.choice((0, _MAYMOVE))
            self._pages[slot] = [True] * new
            self._emit(
                _call("mremap", Slot(slot), old * PAGE, new * PAGE, flags, 0, slot=slot),
                Call(PEEK, (Slot(slot), new), name="peek"),
            )

    def _grow(self) -> None:
        """In place or not at all, and back."""
        if (found := self._range()) and all(self._pages[found[0]]):
            slot, more = found[0], self._rng.randint(1, self._most)
            old = len(self._pages[slot])
            self._emit(
                _call("mremap", Slot(slot), old * PAGE, (old + more) * PAGE, 0, 0, slot=_SPARE),
                Call(PEEK, (Slot(_SPARE), old + more), name="peek"),
                _call("munmap", Slot(_SPARE, old * PAGE), more * PAGE),
            )

    def _fixed(self) -> None:
        if found := self._range():
            slot, first, count = found
            flags = _PRIVATE | _ANONYMOUS | self._rng.choice((_FIXED, _FIXED, _NOREPLACE))
            place = Slot(slot, first * PAGE)
            self._emit(
                _call("mmap", place, count * PAGE, 3, flags, -1, 0),
                Call(PEEK, (place, count), name="peek"),
            )

    def _protect(self) -> None:
        if found := self._range():
            slot, first, count = found
            prot = self._rng.choice((3, 3, 7))
            self._emit(_call("mprotect", Slot(slot, first * PAGE), count * PAGE, prot))

    def _advise(self) -> None:
        if found := self._range():
            slot, first, count = found
            advice = self._rng.choice((0, 3, _DONTNEED, _DONTNEED, 77))
            self._emit(_call("madvise", Slot(slot, first * PAGE), count * PAGE, advice))

    def _brk(self) -> None:
        self._emit(
            _call("brk", Slot(_BREAK, self._rng.randrange(64) * 1000)),
            Call(PEEK, (Slot(_BREAK), 2), name="peek"),
        )

    def _wrong(self) -> None:
        found = self._range()
        if found is None:
            return
        start, odd = Slot(found[0]), Slot(found[0], 8)
        anonymous = _PRIVATE | _ANONYMOUS
        self._emit(
            self._rng.choice(
                (
                    _call("mmap", 0, 0, 3, anonymous, -1, 0),
                    _call("mmap", 0, 1 << 60, 3, anonymous, -1, 0),
                    _call("mmap", odd, PAGE, 3, anonymous | _FIXED, -1, 0),
                    _call("mmap", 0, PAGE, 7, anonymous, -1, 0),
                    _call("mmap", 0, PAGE, 3, _ANONYMOUS, -1, 0),
                    _call("munmap", odd, PAGE),
                    _call("munmap", start, 0),
                    _call("mremap", odd, PAGE, PAGE, 0, 0),
                    _call("mremap", start, PAGE, 0, 1, 0),
                    _call("mprotect", odd, PAGE, 3),
                    _call("madvise", odd, PAGE, 4),
                )
            )
        )


def _call(name: str, *args: int | Slot | bytes, slot: int = -1) -> Call:
    return Call(_NR[name], args, slot, name=name)


class _Model:
    """Pages by number: what their first word holds, and which were ever handed out."""

    def __init__(self, buddies: bool) -> None:
        self._buddies = buddies
        self._pages: dict[int, int] = {}
        self._ever: set[int] = set()
        self._slots = [0] * SLOTS
        self._break = 0

    def follow(self, call: Call, answer: Answer) -> None:
        """Take over what an answer says, if it can be."""
        args = []
        for argument in call.args:
            if isinstance(argument, Slot):
                if self._slots[argument.index] < 0:
                    _expect(answer.result is None)
                    if call.slot >= 0:
                        self._slots[call.slot] = -1
                    return
                args.append(self._slots[argument.index] + argument.offset)
            else:
                assert isinstance(argument, int)
                args.append(argument)
        _expect(answer.result is not None)
        assert answer.result is not None
        getattr(self, "_" + call.name)(answer, answer.result, *args)
        if call.slot >= 0:
            self._slots[call.slot] = answer.result

    # --- what pages there are ---

    def _is_mapped(self, start: int, count: int) -> bool:
        return all(page in self._pages for page in range(start, start + count))

    def _is_free(self, start: int, count: int) -> bool:
        return not any(page in self._pages for page in range(start, start + count))

    def _take(self, start: int, count: int) -> None:
        for page in range(start, start + count):
            self._pages[page] = 0
            self._ever.add(page)

    def _drop(self, start: int, count: int) -> None:
        for page in range(start, start + count):
            self._pages.pop(page, None)

    def _may_be_full(self, count: int) -> bool:
        """Neither fresh pages nor a hole that would do, as far as can be told from outside."""
        if self._buddies:
            return self._no_block(count)
        longest = run = 0
        before = -2
        for page in sorted(self._ever - self._pages.keys()):
            run = run + 1 if page == before + 1 else 1
            longest, before = max(longest, run), page
        fresh = HEAP - len(self._ever) - _BREAK_PAGES
        return max(longest, fresh) < count + _BOOKS

    def _no_block(self, count: int) -> bool:
        """The same where memory comes in aligned blocks of a power of two pages."""
        start = self._slots[_BREAK] // PAGE
        low = min(self._ever, default=start + HEAP)
        block = 1 << (count - 1).bit_length()
        first = start + (low - start + block - 1) // block * block
        blocks = range(first, start + HEAP - block + 1, block)
        whole = sum(self._is_free(page, block) for page in blocks)
        # The books may lie in some of them.
        return low - start - _BREAK_PAGES < count + _BOOKS and whole <= _BOOKS // block + 2

    # --- calls ---

    def _poke(self, _: Answer, result: int, address: int, word: int) -> None:
        _expect(result == 0)
        self._pages[address // PAGE] = word

    def _peek(self, answer: Answer, _: int, address: int, count: int) -> None:
        start = address // PAGE
        for page, shown in zip(range(start, start + count), answer.shown, strict=True):
            # Beyond the break anything may lie.
            if page in self._pages:
                _expect(shown == f"{self._pages[page]:x}/0")

    def _mmap(
        self, _: Answer, result: int, address: int, length: int, prot: int, flags: int, *__: int
    ) -> None:
        count, start = -(-length // PAGE), address // PAGE
        if length == 0 or not flags & 15 or (flags & _FIXED and address % PAGE):
            _expect(result == EINVAL)
        elif prot & _EXEC:
            _expect(result == EPERM)
        elif flags & _NOREPLACE and not self._is_free(start, count):
            _expect(result == EEXIST)
        elif flags & (_FIXED | _NOREPLACE):
            _expect(result == address)
            self._take(start, count)
        elif result == ENOMEM:
            _expect(self._may_be_full(count))
        else:
            _expect(result > 0 and result % PAGE == 0 and self._is_free(result // PAGE, count))
            self._take(result // PAGE, count)

    def _munmap(self, _: Answer, result: int, address: int, length: int) -> None:
        if address % PAGE or length == 0:
            _expect(result == EINVAL)
            return
        _expect(result == 0)
        self._drop(address // PAGE, -(-length // PAGE))

    def _mremap(
        self, _: Answer, result: int, address: int, length: int, size: int, flags: int, *__: int
    ) -> None:
        start, old, new = address // PAGE, length // PAGE, size // PAGE
        if address % PAGE or new == 0:
            _expect(result == EINVAL)
        elif not self._is_mapped(start, old):
            _expect(result == EFAULT)
        elif result == ENOMEM:
            _expect(new > old and (not flags & _MAYMOVE or self._may_be_full(new)))
        elif result == address:
            self._drop(start + new, old - new)
            _expect(self._is_free(start + old, new - old))
            self._take(start + old, new - old)
        else:
            _expect(bool(flags & _MAYMOVE) and result > 0 and result % PAGE == 0)
            words = [self._pages[page] for page in range(start, start + old)]
            _expect(self._is_free(result // PAGE, new))
            self._drop(start, old)
            self._take(result // PAGE, new)
            self._pages.update(
                zip(range(result // PAGE, result // PAGE + new), words, strict=False)
            )

    def _mprotect(self, _: Answer, result: int, address: int, length: int, prot: int) -> None:
        if address % PAGE:
            _expect(result == EINVAL)
        elif not self._is_mapped(address // PAGE, length // PAGE):
            _expect(result == ENOMEM)
        else:
            _expect(result == (EPERM if prot & _EXEC else 0))

    def _madvise(self, _: Answer, result: int, address: int, length: int, advice: int) -> None:
        start, count = address // PAGE, length // PAGE
        if address % PAGE or advice == 77:
            _expect(result == EINVAL)
        elif not self._is_mapped(start, count):
            _expect(result == ENOMEM)
        else:
            _expect(result == 0)
            if advice == _DONTNEED:
                self._take(start, count)

    def _brk(self, _: Answer, result: int, address: int) -> None:
        if self._break == 0:
            self._break = result
            return
        _expect(result in (address, self._break))
        start = self._slots[_BREAK]
        if result != address:
            # The break grows towards the lowest page that mappings ever had.
            _expect(address > (min(self._ever) - _BOOKS) * PAGE)
        old, new = (-(-(edge - start) // PAGE) for edge in (self._break, result))
        first = start // PAGE
        for page in range(first + old, first + new):
            self._pages[page] = 0
        self._drop(first + new, old - new)
        self._break = result


def compare(calls: Sequence[Call], answers: Sequence[Answer], buddies: bool = False) -> None:
    """Raises Difference with the first call whose answer cannot be.

    buddies: the allocator has memory for whole blocks of a power of two only.
    """
    model = _Model(buddies)
    for index, (call, answer) in enumerate(zip(calls, answers, strict=False)):
        try:
            model.follow(call, answer)
        except _Impossible:
            raise Difference(f"call {index}, {call}, gave {answer}") from None
    if len(answers) != len(calls):
        raise Difference(f"the guest ended at call {len(answers)}, {calls[len(answers)]}")


class _Impossible(Exception):
    pass


def _expect(condition: bool) -> None:
    if not condition:
        raise _Impossible
