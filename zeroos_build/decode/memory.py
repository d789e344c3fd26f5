# SPDX-License-Identifier: MIT OR Apache-2.0
"""What pointers point to: strings, buffers, arrays and structures of the guest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zeroos_build.decode.values import BUFFER_SHOWN, Shown, bitmap, flags, quoted, signed
from zeroos_build.layouts import Layouts, StructField

# Address and size to bytes; fewer where the memory ends.
Read = Callable[[int, int], bytes]
# include/uapi/linux/limits.h: PATH_MAX.
_PATH_MAX = 4096
# Bytes of a buffer in JSON, and elements of an array anywhere.
_BUFFER_KEPT, _ELEMENTS = 4096, 32


class View:
    """One machine's memory at one moment, and the call that is looked at."""

    def __init__(self, read: Read, xlen: int, layouts: Layouts, call: str, result: int | None):
        self._read, self._xlen, self._layouts = read, xlen, layouts
        self._call, self._result = call, result

    def string(self, address: int) -> Shown | None:
        """Up to its terminating zero, as far as a path may go."""
        data = b""
        while len(data) < _PATH_MAX:
            # Pieces end where small alignments do: a string may be the last thing in memory.
            piece = self._read(address + len(data), 64 - (address + len(data)) % 64)
            data += piece
            if b"\0" in piece:
                text = data[: data.index(b"\0")]
                return Shown(quoted(text), text.decode("utf-8", "backslashreplace"))
            if not piece:
                return None
        return Shown(quoted(data[:_PATH_MAX], cut=True), data.decode("utf-8", "backslashreplace"))

    def buffer(self, address: int, size: int) -> Shown | None:
        """Bytes; the text is cut as strace does."""
        data = self._read(address, min(size, _BUFFER_KEPT))
        if len(data) < min(size, _BUFFER_KEPT):
            return None
        text = quoted(data[:BUFFER_SHOWN], cut=size > BUFFER_SHOWN)
        return Shown(text, {"length": size, "hex": data.hex()})

    def numbers(self, address: int, count: int, size: int, is_signed: bool) -> Shown | None:
        """An array of integers of so many bytes."""
        shown = min(count, _ELEMENTS)
        data = self._read(address, shown * size)
        if len(data) < shown * size:
            return None
        values = [
            int.from_bytes(data[at : at + size], "little", signed=is_signed)
            for at in range(0, len(data), size)
        ]
        more = ", ..." if count > shown else ""
        return Shown(f"[{', '.join(map(str, values))}{more}]", values)

    def structs(self, address: int, name: str, count: int, *, array: bool) -> Shown | None:
        """A structure, or an array of them."""
        place = self._layouts.place(name, self._xlen)
        if not array:
            return self._struct(address, name)
        found = []
        for index in range(min(count, _ELEMENTS)):
            one = self._struct(address + index * place.size, name)
            if one is None:
                return None
            found.append(one)
        more = ", ..." if count > len(found) else ""
        return Shown(f"[{', '.join(one.text for one in found)}{more}]", [one.data for one in found])

    def length(self, name: str) -> int:
        """Bytes of one structure."""
        return self._layouts.place(name, self._xlen).size

    def _struct(self, address: int, name: str) -> Shown | None:
        place = self._layouts.place(name, self._xlen)
        data = self._read(address, place.size)
        if len(data) < place.size:
            return None
        values = {
            field.name: int.from_bytes(data[offset : offset + size], "little")
            for field, offset, size in place.fields
        }
        fields = [
            (field, self._field(field, address + offset, data[offset:], size, values))
            for field, offset, size in place.fields
            if not field.padding
        ]
        # Sets and bitmaps are no structures in the program's eyes.
        plain = self._layouts.structs[name].bytes or fields[0][0].set_ is not None
        return fields[0][1] if plain else _named(fields)

    def _field(
        self, field: StructField, address: int, data: bytes, size: int, values: dict[str, int]
    ) -> Shown:
        raw = data[: size * field.count]
        if field.set_ is not None:
            text = bitmap(raw, self._layouts.groups[field.set_])
            return Shown(text, text)
        if field.string:
            text_bytes = raw.split(b"\0")[0]
            return Shown(quoted(text_bytes), text_bytes.decode("utf-8", "backslashreplace"))
        if field.struct is not None:
            if any(values[name] & bits for name, bits in field.behind.items()):
                address += self._xlen // 8
            inner = self._struct(address, field.struct)
            if inner is None:
                return pointer(address)
            return inner
        if field.count > 1:
            numbers = self.numbers(address, field.count, size, field.signed)
            assert numbers is not None, "it lies inside of a structure that was read"
            return numbers
        value = int.from_bytes(raw, "little")
        if field.buffer is not None:
            return self._pointed(field, value, values)
        if field.flags:
            text = flags(value, 8 * size, self._layouts.named(field.flags), self._layouts)
            return Shown(text, text)
        if field.type == "void *":
            return pointer(value)
        number = signed(value, 8 * size) if field.signed else value
        return Shown(str(number), number)

    def _pointed(self, field: StructField, value: int, values: dict[str, int]) -> Shown:
        """A buffer behind a pointer in a structure."""
        length = values[field.buffer or ""]
        if self._call in field.filled_by:
            # What is filled is known when the call is over; the pieces are filled in order.
            if self._result is None or self._result < 0:
                return pointer(value)
            length = min(length, self._result)
            self._result -= length
        return self.buffer(value, length) or pointer(value)


def pointer(value: int) -> Shown:
    """An address."""
    return Shown(f"{value:#x}" if value else "NULL", value)


def _named(fields: list[tuple[StructField, Shown]]) -> Shown:
    text = ", ".join(f"{field.name}={shown.text}" for field, shown in fields)
    data: dict[str, Any] = {field.name: shown.data for field, shown in fields}
    return Shown(f"{{{text}}}", data)
