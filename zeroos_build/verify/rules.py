# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a target's loader wants of segments and addresses, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from zeroos_build.diagnostics import Diagnostic
from zeroos_build.elf import constants as c
from zeroos_build.elf.image import Image, Segment
from zeroos_build.facts import Facts

# Types of sections with content: PROGBITS and the arrays of functions (System V ABI, chapter 4).
_COPIED = (1, 14, 15, 16)


def check_rules(image: Image, facts: Facts) -> Iterator[Diagnostic]:
    """Everything that the target would refuse, or worse, accept and get wrong."""
    if image.xlen != facts.xlen:
        yield Diagnostic(
            "ZOS502",
            f"the image is for rv{image.xlen}; {facts.target} is rv{facts.xlen}",
            help=f"build it for {facts.target}",
        )
        return
    if image.flags & c.EF_RISCV_FLOAT_ABI:
        yield Diagnostic("ZOS502", "the image uses a hard-float ABI, which no target has")
    if image.type != c.ET_EXEC:
        yield Diagnostic("ZOS502", "the image is not a static executable")
    yield from _segments(image, facts)
    yield from _limits(image, facts)
    if not any(
        s.flags & c.PF_X and s.address <= image.entry < s.address + s.size for s in image.loads
    ):
        yield Diagnostic("ZOS503", f"the entry 0x{image.entry:x} lies in no executable segment")


def _segments(image: Image, facts: Facts) -> Iterator[Diagnostic]:
    loads = sorted(image.loads, key=lambda s: s.address)
    end = 0
    for segment in loads:
        where = f"0x{segment.address:x} to 0x{segment.address + segment.size:x}"
        if segment.address < end:
            yield Diagnostic("ZOS503", f"two segments overlap at 0x{segment.address:x}")
        end = segment.address + segment.size
        writable, executable = segment.flags & c.PF_W, segment.flags & c.PF_X
        if "no-write-exec" in facts.rules and writable and executable:
            yield Diagnostic("ZOS504", f"the segment {where} is writable and executable")
        if "segments-readable" in facts.rules and not segment.flags & c.PF_R:
            yield Diagnostic("ZOS503", f"the segment {where} is not readable")
        if segment.address % facts.align:
            yield Diagnostic("ZOS503", f"the segment {where} is not aligned to {facts.align} bytes")
        if "segments-filled" in facts.rules and segment.file_size != segment.size:
            yield Diagnostic("ZOS503", f"the segment {where} is not filled by the file")
    yield from _places(loads, facts)
    if "sections-hold-all" in facts.rules:
        yield from _unheld(image)
    for first, second in pairwise(loads if "segments-adjacent" in facts.rules else ()):
        if second.address - first.address - first.size >= facts.align:
            yield Diagnostic("ZOS503", f"segments have a gap before 0x{second.address:x}")
    if "text-contiguous" in facts.rules:
        code = [s for s in loads if s.flags & c.PF_X]
        for first, second in pairwise(code):
            if first.address + first.size != second.address:
                yield Diagnostic(
                    "ZOS503", f"executable segments have a gap before 0x{second.address:x}"
                )


def _unheld(image: Image) -> Iterator[Diagnostic]:
    """Bytes of segments that no section holds, for loaders that copy sections."""
    held = sorted(
        (section.address, section.address + section.size)
        for section in image.sections
        if section.flags & c.SHF_ALLOC and section.type in _COPIED
    )
    for segment in image.loads:
        position, end = segment.address, segment.address + segment.file_size
        data = image.data[segment.offset :][: segment.file_size]
        for low, high in [*held, (end, end)]:
            gap = data[position - segment.address : max(0, low - segment.address)]
            if low > position and any(gap):
                yield Diagnostic(
                    "ZOS503",
                    f"no section holds what is at 0x{position:x}",
                    notes=("the target loads sections, so these bytes would be 0 there",),
                )
            position = max(position, min(high, end))


def _places(loads: Sequence[Segment], facts: Facts) -> Iterator[Diagnostic]:
    """Each segment, by address, must lie in a region that holds what is loaded."""
    regions = [r for r in facts.regions if {"entry", "text", "rodata", "data"} & set(r.holds)]
    over: list[int] = []  # where regions end that were too small for what comes before
    for segment in loads:
        start, end = segment.address, segment.address + segment.size
        region = next((r for r in regions if r.start <= start < r.end), None)
        if region is None and not any(limit <= start for limit in over):
            yield Diagnostic(
                "ZOS505",
                f"the segment 0x{start:x} to 0x{end:x} lies outside of the memory of "
                f"{facts.target}",
                help="it was built for another target; build it again",
            )
        elif region is not None and end > region.end:
            over.append(region.end)
            yield Diagnostic(
                "ZOS505",
                f"the program reaches to 0x{end:x}; the memory of {facts.target} ends at "
                f"0x{region.end:x}",
                help="make its static data or embedded files smaller, or choose another target",
            )


def _limits(image: Image, facts: Facts) -> Iterator[Diagnostic]:
    text = sum(s.file_size for s in image.loads if s.flags & c.PF_X)
    if facts.text_limit is not None and text > facts.text_limit:
        yield Diagnostic(
            "ZOS505",
            f"the code is {text} bytes; {facts.target} takes {facts.text_limit}",
            help='optimize for size: `[build] optimize = "s"`',
        )
    heap = next(region for region in facts.regions if "heap" in region.holds)
    end = image.addresses.get("zeroos_heap_end")
    start = image.addresses.get("zeroos_heap_start")
    if start is not None and end is not None and start <= heap.end and not start <= end <= heap.end:
        yield Diagnostic(
            "ZOS505",
            f"the heap reaches to 0x{end:x}; the memory of {facts.target} ends at 0x{heap.end:x}",
            help="make `[abi.memory] heap` smaller",
        )
