# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a target's loader accepts, and the code of an image, instruction by instruction."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import accumulate, pairwise

from zeroos_build.diagnostics import ZeroosError, error
from zeroos_build.execute.image import Image, Segment
from zeroos_build.execute.isa import undecodable, unexecutable
from zeroos_build.execute.native import MARK_FOREIGN, MARK_SHORT
from zeroos_build.riscv.compressed import UNIMP, expand
from zeroos_build.target import Target

_TEXT_LIMIT = 32 << 20
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Text:
    """The code from the first to the last executable byte, in slots of 4 bytes, or of 2 with C.

    `words` has 4 bytes per slot: the instruction that starts there in its 32-bit form, or 0;
    `marks` a byte. `spans` are the parts that are code; all else is marked as foreign.
    """

    xlen: int
    start: int
    size: int
    shift: int
    words: bytearray
    marks: bytearray
    spans: tuple[tuple[int, int], ...]

    def executable(self, address: int) -> bool:
        """There can be an instruction at this address."""
        aligned = address & (1 << self.shift) - 1 == 0
        return aligned and any(start <= address < end for start, end in self.spans)

    def word(self, address: int) -> int:
        """The instruction at an address; 0 where there is none."""
        slot = (address - self.start) >> self.shift
        if not self.executable(address):
            return 0
        return int.from_bytes(self.words[4 * slot : 4 * slot + 4], "little")

    def length(self, address: int) -> int:
        """The bytes of the instruction at an address."""
        if self.shift == 2 or not self.executable(address):
            return 4
        return 2 if self.marks[(address - self.start) >> 1] & MARK_SHORT else 4

    def starts(self) -> array[int]:
        """With C: how many instructions start before each slot, and before the end."""
        foreign = bytes(mark & MARK_FOREIGN for mark in self.marks)
        return array("I", accumulate((1 - mark for mark in foreign), initial=0))

    def places(self, patterns: tuple[tuple[int, int], ...]) -> list[int]:
        """Where an instruction matches one of (mask, value)."""
        if not patterns:
            return []
        words = memoryview(self.words).cast("I")
        return [
            self.start + (slot << self.shift)
            for slot, word in enumerate(words)
            if any(word & mask == value for mask, value in patterns)
            and self.executable(self.start + (slot << self.shift))
        ]

    def mark(self, address: int, mark: int) -> None:
        """Add a mark to an instruction, if there is one."""
        if self.executable(address):
            self.marks[(address - self.start) >> self.shift] |= mark


def check_image(image: Image, target: Target, *, strict: bool) -> Text:
    """The code of an image that the target's loader accepts; ZOS602 for any other.

    Without `strict` only what the machine cannot do without is checked.
    """
    if image.xlen != target.isa.xlen:
        raise _refused(image, f"it is not an image for the embedded machine's {target.isa.march}")
    code = [segment for segment in image.segments if segment.executable]
    if not code:
        raise _refused(image, "it has no executable segment")
    shift = 1 if "c" in target.isa.extensions else 2
    start = min(segment.start for segment in code)
    size = max(segment.end for segment in code) - start
    if size > _TEXT_LIMIT or any(segment.start % (1 << shift) for segment in code):
        raise _refused(image, "its code is misplaced or too large")
    size += -size % 4
    slots = size >> shift
    spans = tuple((segment.start, segment.end) for segment in code)
    words, marks = bytearray(4 * slots), bytearray([MARK_FOREIGN]) * slots
    text = Text(image.xlen, start, size, shift, words, marks, spans)
    for segment in code:
        _place(text, segment)
    if not text.executable(image.entry):
        raise _refused(image, f"the entry point {image.entry:#x} is not in the code")
    if strict:
        _check_rules(image, target, code)
        _check_words(image, target, text)
    return text


def _place(text: Text, segment: Segment) -> None:
    """Fill the slots of one segment."""
    offset, count = segment.start - text.start, segment.end - segment.start
    if text.shift == 2:
        text.words[offset : offset + len(segment.data)] = segment.data
        text.marks[offset // 4 : (offset + count + 3) // 4] = bytes((count + 3) // 4)
        return
    words, marks = memoryview(text.words).cast("I"), text.marks
    data = bytes(segment.data).ljust(count + 4 + count % 2, b"\0")
    halves = memoryview(data).cast("H")
    forms: dict[int, tuple[int, int]] = {}
    # Positions count halves, as slots do.
    position, slot, end = 0, offset >> 1, (count + 1) >> 1
    while position < end:
        low = halves[position]
        if low & 3 == 3:
            words[slot] = low | halves[position + 1] << 16
            marks[slot] = 0
            position += 2
            slot += 2
            continue
        if low not in forms:
            forms[low] = _long_form(low, text.xlen)
        words[slot], marks[slot] = forms[low]
        position += 1
        slot += 1


def _long_form(half: int, xlen: int) -> tuple[int, int]:
    """The word and mark of a short instruction; a reserved encoding has no long form.

    The long form serves to find the address of an access; unicorn executes the short one.
    """
    word = expand(half, xlen)
    return (0, MARK_SHORT | MARK_FOREIGN) if word is None else (word, MARK_SHORT)


def _check_rules(image: Image, target: Target, code: list[Segment]) -> None:
    rules = target.image.rules
    for segment in image.segments:
        if "segments-readable" in rules and not segment.readable:
            raise _refused(image, f"the segment at {segment.start:#x} is not readable")
        if "no-write-exec" in rules and segment.writable and segment.executable:
            raise _refused(
                image, f"the segment at {segment.start:#x} is both writable and executable"
            )
    for segment in image.segments if "segments-filled" in rules else ():
        if len(segment.data) != segment.end - segment.start:
            raise _refused(image, f"the segment at {segment.start:#x} is not filled by the file")
    ordered = sorted(image.segments, key=lambda segment: segment.start)
    for before, after in pairwise(ordered if "segments-adjacent" in rules else ()):
        if after.start - before.end >= target.image.align:
            raise _refused(image, f"there is a gap between its segments at {before.end:#x}")
    if "text-contiguous" in rules:
        for before, after in pairwise(code):
            if before.end != after.start:
                raise _refused(image, f"its code has a hole at {before.end:#x}")
    limit = target.image.text_limit
    total = sum(segment.end - segment.start for segment in code)
    if limit is not None and total > limit:
        raise _refused(image, f"it has {total} bytes of code, more than {limit}")


def _check_words(image: Image, target: Target, text: Text) -> None:
    """Mark what the target does not execute; short instructions are judged by their long forms."""
    words, marks, shift = memoryview(text.words).cast("I"), text.marks, text.shift
    slots = [
        ((start - text.start) >> shift, (end - text.start + (1 << shift) - 1) >> shift)
        for start, end in text.spans
    ]
    distinct: set[int] = set().union(*(words[first:last] for first, last in slots))
    if shift == 1:
        distinct.discard(0)  # inside of an instruction
    patterns = target.instruction_patterns()
    own = {w for w in distinct if any(w & mask == value for mask, value in patterns)}
    bad = undecodable(distinct - own, target.isa)
    foreign = bad | own | frozenset(unexecutable(distinct, target.isa))
    reserved = MARK_SHORT | MARK_FOREIGN
    places = []
    if foreign or reserved in marks:
        for first, last in slots:
            for slot, word in enumerate(words[first:last], first):
                # The machine takes a short `unimp` as the trap that it is, and a long one where
                # the target does.
                trap = word == UNIMP and (marks[slot] & MARK_SHORT or target.isa.unimp == "keep")
                if word in foreign and not trap:
                    marks[slot] |= MARK_FOREIGN
                if marks[slot] == reserved or (word in bad and marks[slot] & MARK_FOREIGN):
                    places.append(text.start + (slot << shift))
    if places and "text-decodes" in target.image.rules:
        shown = [f"{text.word(at):#010x} at {image.describe(at)}" for at in places[:_SHOWN]]
        raise _refused(
            image,
            f"its code holds {len(places)} words that are not instructions of {target.isa.march}",
            notes=[*shown, f"{target.title} refuses to load such an image"],
        )


def _refused(image: Image, why: str, notes: list[str] | None = None) -> ZeroosError:
    return error(
        "ZOS602",
        f"cannot load `{image.path}`: {why}",
        notes=notes or [],
        help="`zeroos-build verify` says all that a target refuses",
    )
