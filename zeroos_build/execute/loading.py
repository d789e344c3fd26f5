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
from zeroos_build.riscv.compressed import expand
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
    data = bytes(segment.data).ljust(count, b"\0") + bytes(4)
    position = 0
    while position < count:
        slot = (offset + position) >> 1
        low = int.from_bytes(data[position : position + 2], "little")
        if low & 3 == 3:
            words[slot] = low | int.from_bytes(data[position + 2 : position + 4], "little") << 16
            marks[slot] = 0
            position += 4
        else:
            # The long form serves to find the address of an access; unicorn executes the short.
            words[slot] = expand(low, text.xlen) or 0
            marks[slot] = MARK_SHORT if words[slot] else MARK_SHORT | MARK_FOREIGN
            position += 2


def _check_rules(image: Image, target: Target, code: list[Segment]) -> None:
    rules = target.image.rules
    for segment in image.segments:
        if "segments-readable" in rules and not segment.readable:
            raise _refused(image, f"the segment at {segment.start:#x} is not readable")
        if "no-write-exec" in rules and segment.writable and segment.executable:
            raise _refused(
                image, f"the segment at {segment.start:#x} is both writable and executable"
            )
    if "text-contiguous" in rules:
        for before, after in pairwise(code):
            if before.end != after.start:
                raise _refused(image, f"its code has a hole at {before.end:#x}")
    limit = target.image.text_limit
    total = sum(segment.end - segment.start for segment in code)
    if limit is not None and total > limit:
        raise _refused(image, f"it has {total} bytes of code, more than {limit}")


def _check_words(image: Image, target: Target, text: Text) -> None:
    whole = memoryview(text.words).cast("I")
    step = 1 << text.shift
    wide = [
        index
        for start, end in text.spans
        for index in range((start - text.start) // step, (end - text.start + step - 1) // step)
        if text.shift == 2 or not text.marks[index] & (MARK_SHORT | MARK_FOREIGN)
    ]
    distinct = {whole[index] for index in wide}
    bad = undecodable(distinct, target.isa)
    foreign = bad | frozenset(unexecutable(distinct, target.isa))
    places = [
        start + offset
        for start, end in text.spans
        for offset in range(0, end - start if text.shift == 1 else 0, 2)
        if text.marks[(start - text.start + offset) >> 1] == MARK_SHORT | MARK_FOREIGN
    ]
    if not foreign and not places:
        return
    for index in wide:
        if whole[index] in foreign:
            text.marks[index] |= MARK_FOREIGN
            if whole[index] in bad:
                places.append(text.start + step * index)
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
