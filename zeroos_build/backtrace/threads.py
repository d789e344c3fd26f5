# SPDX-License-Identifier: MIT OR Apache-2.0
"""The threads of a stopped guest, read from the libOS's table in its memory."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from zeroos_build.backtrace.rules import Read, Registers, read_word
from zeroos_build.elf.image import Image
from zeroos_build.riscv import registers as r

# Not loaded: where the libOS keeps what is read here (libos/include/zeroos/threads.h,
# ZEROOS_DESCRIBE_THREADS), eight 32-bit numbers.
SECTION = ".zeroos.threads"
_LAYOUT = struct.Struct("<8I")
_TABLE, _RUNNING, _CHILD = "zeroos_table", "zeroos_thread", "zeroos_child"
_TID = "zeroos_tid"
_LIMIT = 1 << 20  # threads; a damaged table must end
# What zeroos_switch leaves on a stack (libos/threads/switch.S): ra, s0 to s11, tp.
_SWITCHED = (r.RA, 8, 9, *range(18, 28), r.TP)


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread that does not run, and where it goes on: behind a call, or anywhere."""

    tid: int
    registers: Registers
    returned_to: bool


@dataclass(frozen=True, slots=True)
class _Layout:
    """Offsets in bytes: of the table, of a slot, of a thread."""

    slots: int
    bits: int
    slot_size: int
    threads: int
    sp: int
    same_slot: int
    tid: int
    switch_size: int


class ThreadTable:
    """`read` reads the guest's memory."""

    def __init__(self, image: Image, read: Read) -> None:
        self._image, self._read, self._xlen = image, read, image.xlen

    def running_tid(self) -> int:
        """The number of the thread that ran last; 1 in a program that has no others."""
        address = self._image.addresses.get(_TID)
        return (self._int(address) if address else None) or 1

    def others(self) -> Iterator[Thread]:
        """All threads but the one that ran last, by number."""
        layout, table = self._layout(), self._image.addresses.get(_TABLE)
        running = self._word(self._image.addresses.get(_RUNNING, 0))
        if layout is None or table is None:
            return
        found = {}
        for thread in self._addresses(layout, table):
            tid = self._int(thread + layout.tid)
            state = self._state(layout, thread)
            if thread != running and tid is not None and state is not None:
                found[tid] = Thread(tid, *state)
        yield from (found[tid] for tid in sorted(found))

    def _layout(self) -> _Layout | None:
        section = self._image.section(SECTION)
        data = b"" if section is None else self._image.content(section)
        return _Layout(*_LAYOUT.unpack(data)) if len(data) == _LAYOUT.size else None

    def _addresses(self, layout: _Layout, table: int) -> Iterator[int]:
        slots, bits = self._word(table + layout.slots), self._int(table + layout.bits)
        if slots is None or bits is None or bits > 31:
            return
        count = 0
        for slot in range(1 << bits):
            thread = self._word(slots + slot * layout.slot_size + layout.threads)
            if thread is None:
                return
            while thread and count < _LIMIT:
                yield thread
                count += 1
                thread = self._word(thread + layout.same_slot) or 0

    def _state(self, layout: _Layout, thread: int) -> tuple[Registers, bool] | None:
        sp, step = self._word(thread + layout.sp), self._xlen // 8
        data = self._read(sp, len(_SWITCHED) * step) if sp else None
        if sp is None or data is None:
            return None
        words = struct.unpack(f"<{len(_SWITCHED)}{'Q' if step == 8 else 'I'}", data)
        values = dict(zip(_SWITCHED, words, strict=True))
        values[r.SP] = sp + layout.switch_size
        if values[r.RA] != self._image.addresses.get(_CHILD):
            return Registers(values[r.RA], values), True
        # It never ran: s0 is the second half of its parent's thunk, all registers lie at sp.
        frame = self._read(values[r.SP], 32 * step)
        if frame is None:
            return None
        everything = struct.unpack(f"<32{'Q' if step == 8 else 'I'}", frame)
        return Registers(values[8], {r.SP: values[r.SP], **_but_sp(everything)}), False

    def _word(self, address: int | None) -> int | None:
        return read_word(self._read, address, self._xlen) if address else None

    def _int(self, address: int) -> int | None:
        return read_word(self._read, address, 32)


def _but_sp(everything: tuple[int, ...]) -> dict[int, int]:
    return {n: value for n, value in enumerate(everything) if n not in (0, r.SP)}
