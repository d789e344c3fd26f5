# SPDX-License-Identifier: MIT OR Apache-2.0
"""The guest's memory: what exists, what may be done where, and access for the host.

Memory is mapped in chunks when it is first touched, since a zkVM's RAM may span 100 GiB.
"""

from __future__ import annotations

import ctypes
import mmap
from collections.abc import Iterator
from itertools import pairwise

from zeroos_build.diagnostics import error
from zeroos_build.execute.engine import PROT_EXEC, PROT_READ, PROT_WRITE, Engine
from zeroos_build.execute.image import Image
from zeroos_build.execute.native import CHUNK, Area
from zeroos_build.target import Target

_PAGE = 4096
_PIECE = 1 << 20  # bytes that the host handles at a time
_ALL = PROT_READ | PROT_WRITE | PROT_EXEC
_RW = PROT_READ | PROT_WRITE
_WRITABLE = frozenset({"stack", "data", "heap"})
# Symbols of an image that bound the writable RAM besides its segments.
_BOUNDS = (("zeroos_heap_start", "zeroos_heap_end"), ("zeroos_stack_low", "zeroos_stack_high"))


class Refused(Exception):  # noqa: N818 - it is an answer, not a failure of ours
    """The host will not touch this memory for the guest; the text says why."""


class Memory:
    """`areas` are exact, `pages` what the address translation allows."""

    def __init__(
        self, engine: Engine, image: Image, target: Target, given: bytes = b"", *, strict: bool
    ) -> None:
        """`given` is the private input, for a machine that has it in its memory."""
        self._engine = engine
        self._image = image
        memory = target.memory
        windows = (memory.window("input"), memory.window("public"), memory.window("zero"))
        self._windows = [window for window in windows if window]
        own = [region for region in memory.region if region not in self._windows]
        self._regions = [(region.start, region.end) for region in own]
        # What no segment fills can be written here, and nowhere else.
        self._free = [(r.start, r.end) for r in own if not _WRITABLE.isdisjoint(r.holds)]
        self._chunks: set[int] = set()
        for segment in image.segments:
            if not any(low <= segment.start and segment.end <= high for low, high in self._regions):
                raise error(
                    "ZOS602",
                    f"cannot load `{image.path}`: the segment at {segment.start:#x} lies outside"
                    f" the memory of {target.title}",
                    help="build the image for this target, or give the target it was built for",
                )
        bounds = self._bounds() if strict else None
        free = self._unfilled() if bounds is None else bounds
        self.areas = [Area(low, high, _RW) for low, high in free]
        # The first area that contains an address is found first: writable ones stand in front.
        self.areas += sorted(
            (Area(s.start, s.end, _permissions(s.flags)) for s in image.segments),
            key=lambda area: not area.permissions & PROT_WRITE,
        )
        self._copied = target.image.copied
        if self._copied:
            self.areas += self._stored(target)
        self._given = (0, b"")
        for window in self._windows:
            end, permissions = window.end, PROT_READ if "zero" in window.holds else _RW
            if "input" in window.holds:
                self._given = (window.start, framed(given, target, window.end - window.start))
                end, permissions = window.start + len(self._given[1]), PROT_READ
            self.areas.append(Area(window.start, end, permissions))
        self.pages = _merged_pages(self.areas)
        self._touched: mmap.mmap | None = None
        self._touched_start = min(low for low, _ in self._regions)
        self._touched_end = max(high for _, high in self._regions)

    def load(self) -> None:
        """Put the image's segments in place."""
        for segment in self._image.segments:
            if segment.data:
                start = segment.load if self._copied else segment.start
                self._map(start, len(segment.data))
                self._engine.write(start, bytes(segment.data))
        start, data = self._given
        if data:
            self._map(start, len(data))
            self._engine.write(start, data)

    def _stored(self, target: Target) -> list[Area]:
        """Where data lies that the bootloader copies: with the constants."""
        rom = target.memory.holding("rodata")
        stored = [s for s in self._image.segments if s.data and s.load != s.start]
        for segment in stored:
            if not rom.start <= segment.load <= rom.end - len(segment.data):
                raise error(
                    "ZOS602",
                    f"cannot load `{self._image.path}`: the segment at {segment.start:#x} starts"
                    f" with what lies at {segment.load:#x}, outside the memory of {target.title}",
                    help="build the image for this target",
                )
        return [Area(s.load, s.load + len(s.data), PROT_READ) for s in stored]

    def map_chunk(self, address: int) -> None:
        """Have the chunk around an address exist."""
        chunk = address // CHUNK
        if chunk not in self._chunks:
            self._engine.map(chunk * CHUNK, CHUNK, _ALL)
            self._chunks.add(chunk)

    def exists(self, address: int) -> bool:
        """The real machine has memory here, whatever may be done with it."""
        regions = [*self._regions, *((w.start, w.end) for w in self._windows)]
        return any(low <= address < high for low, high in regions)

    def word(self, symbol: str) -> int | None:
        """The 32 bits at a symbol of the image; None where it has no such symbol."""
        address = self._image.symbol(symbol)
        if address is None or not (self.exists(address) and self.exists(address + 3)):
            return None
        return int.from_bytes(self.peek(address, 4), "little")

    def pieces(self, address: int, size: int) -> Iterator[bytes]:
        """The guest's bytes, a piece at a time; Refused when some of them are not readable."""
        self.require(address, size, PROT_READ)
        for start in range(address, address + size, _PIECE):
            yield self.peek(start, min(_PIECE, address + size - start))

    def read(self, address: int, size: int) -> bytes:
        """`pieces` as one."""
        return b"".join(self.pieces(address, size))

    def write(self, address: int, data: bytes) -> None:
        """Write for the guest; Refused when the memory is not writable."""
        self.require(address, len(data), PROT_WRITE)
        self._map(address, len(data))
        self._engine.write(address, data)

    def peek(self, address: int, size: int) -> bytes:
        """Bytes of existing memory, without the guest's permissions."""
        self._map(address, size)
        return self._engine.read(address, size)

    def poke(self, address: int, data: bytes) -> None:
        """Write as the machine itself does, whatever the guest may do there."""
        self._map(address, len(data))
        self._engine.write(address, data)

    def require(self, address: int, size: int, permission: int) -> None:
        """Refused unless the guest itself may access every one of these bytes so."""
        position, end = address, address + size
        while position < end:
            area = next((a for a in self.areas if a.start <= position < a.end), None)
            if area is None or not area.permissions & permission:
                does = "reads" if permission == PROT_READ else "writes"
                what = "outside its memory" if area is None else "where that is not allowed"
                raise Refused(f"it {does} {size} bytes at {address:#x}: {position:#x} is {what}")
            position = area.end

    def track_touches(self) -> tuple[int, int, int]:
        """Start to record touched words: address of the bitmap, first byte and bytes covered.

        A bit stands for 8 bytes. The image's own words count as touched.
        """
        span = self._touched_end - self._touched_start
        # Reserves addresses only; the flag is Linux's and missing in older Pythons.
        flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | getattr(mmap, "MAP_NORESERVE", 0x4000)
        self._touched = mmap.mmap(-1, span // 64 + _PAGE, flags=flags)
        for segment in self._image.segments:
            self.touch(segment.start, segment.end - segment.start)
        bitmap = ctypes.c_uint8.from_buffer(self._touched)
        return ctypes.addressof(bitmap), self._touched_start, span

    def touch(self, address: int, size: int) -> None:
        """Record an access of the host."""
        if self._touched is None or not size:
            return
        first, last = self._word(address), self._word(address + size - 1)
        for word in (
            *range(first, min(first | 7, last) + 1),
            *range(max(last & ~7, first), last + 1),
        ):
            self._touched[word >> 3] |= 1 << (word & 7)
        whole = range((first >> 3) + 1, last >> 3)
        if whole:
            self._touched[whole.start : whole.stop] = b"\xff" * len(whole)

    def touched(self, address: int, size: int) -> int | None:
        """The first word of the range that somebody has touched, if any."""
        if self._touched is None or not size:
            return None
        first, last = self._word(address), self._word(address + size - 1)
        bits = int.from_bytes(self._touched[first >> 3 : (last >> 3) + 1], "little")
        bits = bits >> (first & 7) & ((1 << (last - first + 1)) - 1)
        if not bits:
            return None
        lowest = (bits & -bits).bit_length() - 1
        return self._touched_start + (first + lowest) * 8

    def _word(self, address: int) -> int:
        return (address - self._touched_start) >> 3

    def _bounds(self) -> list[tuple[int, int]] | None:
        """Heap and stack as the image's symbols say, as far as there is RAM."""
        found = []
        for low_name, high_name in _BOUNDS:
            low, high = self._image.symbol(low_name), self._image.symbol(high_name)
            if low is None or high is None:
                return None
            for start, end in self._free:
                if max(low, start) < min(high, end):
                    found.append((max(low, start), min(high, end)))
        return found

    def _unfilled(self) -> list[tuple[int, int]]:
        """All RAM that no segment fills."""
        free = self._free
        for segment in self._image.segments:
            free = [
                (low, high)
                for start, end in free
                for low, high in ((start, min(end, segment.start)), (max(start, segment.end), end))
                if low < high
            ]
        return free

    def _map(self, address: int, size: int) -> None:
        for chunk in range(address // CHUNK, (address + max(size, 1) - 1) // CHUNK + 1):
            self.map_chunk(chunk * CHUNK)


def framed(data: bytes, target: Target, room: int) -> bytes:
    """The private input as it lies in memory."""
    if target.streams.stdin == "length-prefix":
        data = len(data).to_bytes(8, "little") + data + bytes(-len(data) % 8)
    if len(data) > room:
        raise error(
            "ZOS602",
            f"the private input takes {len(data)} bytes, more than the {room} of {target.title}",
            help="give a shorter `--input`",
        )
    return data


def _permissions(flags: int) -> int:
    """An ELF segment's flags as the library's."""
    return (flags >> 2 & 1) * PROT_READ | (flags >> 1 & 1) * PROT_WRITE | (flags & 1) * PROT_EXEC


def _merged_pages(areas: list[Area]) -> list[Area]:
    """The areas rounded to pages; pages that several share have the permissions of all."""
    rounded = [Area(area.start & -_PAGE, -(-area.end & -_PAGE), area.permissions) for area in areas]
    bounds = sorted({edge for area in rounded for edge in (area.start, area.end)})
    merged: list[Area] = []
    for low, high in pairwise(bounds):
        permissions = 0
        for area in rounded:
            if area.start <= low < area.end:
                permissions |= area.permissions
        if not permissions:
            continue
        if merged and merged[-1].end == low and merged[-1].permissions == permissions:
            low = merged.pop().start
        merged.append(Area(low, high, permissions))
    return merged
