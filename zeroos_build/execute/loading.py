# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a target's loader accepts, and the code of an image word by word."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from zeroos_build.diagnostics import ZeroosError, error
from zeroos_build.execute.image import Image, Segment
from zeroos_build.execute.isa import undecodable, unexecutable
from zeroos_build.execute.native import MARK_FOREIGN
from zeroos_build.target import Target

_TEXT_LIMIT = 32 << 20
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Text:
    """The words from the first to the last executable byte, and a byte of marks for each.

    `spans` are the parts of it that are code; what lies between them is marked as foreign.
    """

    start: int
    words: bytearray
    marks: bytearray
    spans: tuple[tuple[int, int], ...]

    def executable(self, address: int) -> bool:
        """There is a word of code at this address."""
        return address & 3 == 0 and any(start <= address < end for start, end in self.spans)

    def word(self, address: int) -> int:
        """The word of code at an address; 0 where there is none."""
        offset = address - self.start
        if not self.executable(address):
            return 0
        return int.from_bytes(self.words[offset : offset + 4], "little")

    def mark(self, address: int, mark: int) -> None:
        """Add a mark to a word, if there is one."""
        if self.executable(address):
            self.marks[(address - self.start) >> 2] |= mark


def check_image(image: Image, target: Target, *, strict: bool) -> Text:
    """The code of an image that the target's loader accepts; ZOS602 for any other.

    Without `strict` only what the machine cannot do without is checked.
    """
    if image.xlen != target.isa.xlen or "c" in target.isa.extensions:
        raise _refused(image, f"it is not an image for the embedded machine's {target.isa.march}")
    code = [segment for segment in image.segments if segment.executable]
    if not code:
        raise _refused(image, "it has no executable segment")
    start = min(segment.start for segment in code)
    size = max(segment.end for segment in code) - start
    if size > _TEXT_LIMIT or any(segment.start % 4 for segment in code):
        raise _refused(image, "its code is misplaced or too large")
    size += -size % 4
    spans = tuple((segment.start, segment.end) for segment in code)
    text = Text(start, bytearray(size), bytearray([MARK_FOREIGN]) * (size // 4), spans)
    for segment in code:
        offset, count = segment.start - start, segment.end - segment.start
        text.words[offset : offset + len(segment.data)] = segment.data
        text.marks[offset // 4 : (offset + count + 3) // 4] = bytes((count + 3) // 4)
    if not text.executable(image.entry):
        raise _refused(image, f"the entry point {image.entry:#x} is not in the code")
    if strict:
        _check_rules(image, target, code)
        _check_words(image, target, text)
    return text


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
    distinct: set[int] = set()
    for start, end in text.spans:
        distinct.update(whole[(start - text.start) // 4 : (end - text.start + 3) // 4])
    bad = undecodable(distinct, target.isa)
    foreign = bad | frozenset(unexecutable(distinct, target.isa))
    if not foreign:
        return
    places = []
    for start, end in text.spans:
        first = (start - text.start) // 4
        for index in range(first, (end - text.start + 3) // 4):
            if whole[index] in foreign:
                text.marks[index] |= MARK_FOREIGN
                if whole[index] in bad:
                    places.append(text.start + 4 * index)
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
