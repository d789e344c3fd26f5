# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a target's loader accepts, and the code of an image word by word."""

from __future__ import annotations

import struct
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
    """The executable bytes from `start` on, and a byte of marks for each word of them."""

    start: int
    words: bytearray
    marks: bytearray

    def executable(self, address: int) -> bool:
        """There is a word of code at this address."""
        return 0 <= address - self.start < len(self.words) and address & 3 == 0

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
    if start % 4 or size > _TEXT_LIMIT:
        raise _refused(image, "its code is misplaced or too large")
    size += -size % 4
    text = Text(start, bytearray(size), bytearray(size // 4))
    for segment in code:
        offset = segment.start - start
        text.words[offset : offset + len(segment.data)] = segment.data
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
    words = struct.unpack(f"<{len(text.words) // 4}I", text.words)
    distinct = set(words)
    bad = undecodable(distinct, target.isa)
    places = [text.start + 4 * index for index, word in enumerate(words) if word in bad]
    if places and "text-decodes" in target.image.rules:
        shown = [f"{text.word(at):#010x} at {image.describe(at)}" for at in places[:_SHOWN]]
        raise _refused(
            image,
            f"its code holds {len(places)} words that are not instructions of {target.isa.march}",
            notes=[*shown, f"{target.title} refuses to load such an image"],
        )
    foreign = bad | frozenset(unexecutable(distinct, target.isa))
    if foreign:
        for index, word in enumerate(words):
            if word in foreign:
                text.marks[index] |= MARK_FOREIGN


def _refused(image: Image, why: str, notes: list[str] | None = None) -> ZeroosError:
    return error(
        "ZOS602",
        f"cannot load `{image.path}`: {why}",
        notes=notes or [],
        help="`zeroos-build verify` says all that a target refuses",
    )
