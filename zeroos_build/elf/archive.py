# SPDX-License-Identifier: MIT OR Apache-2.0
"""Static archives (`ar`): GNU and BSD member names, read and written byte-stably."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zeroos_build.diagnostics import ZeroosError, error

MAGIC = b"!<arch>\n"
THIN_MAGIC = b"!<thin>\n"
_HEADER = 60
# Larger than any real archive; a bound for what a hostile one can make us do.
_MEMBERS = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive."""

    name: str
    data: memoryview


def _malformed(name: str, what: str) -> ZeroosError:
    return error(
        "ZOS415",
        f"`{name}` is not a well-formed archive: {what}",
        notes=["it may be cut off or damaged; nothing of it was used"],
        help="make the archive again",
    )


def is_archive(data: bytes | memoryview) -> bool:
    """Starts like an archive, thin ones included."""
    return bytes(data[:8]) in (MAGIC, THIN_MAGIC)


def members(data: bytes | bytearray | memoryview, name: str) -> Iterator[Member]:
    """The members that are files, in order; symbol tables and name tables are left out."""
    view = memoryview(data)
    if bytes(view[:8]) == THIN_MAGIC:
        raise error(
            "ZOS414",
            f"`{name}` is a thin archive: it holds names of objects, not the objects",
            notes=["objects that lie elsewhere could change between lowering and linking"],
            help="make a regular archive: `ar` without T",
        )
    if bytes(view[:8]) != MAGIC:
        raise _malformed(name, "it does not start as one")
    position, long_names, count = 8, memoryview(b""), 0
    while position < len(view):
        if position + _HEADER > len(view) or bytes(view[position + 58 : position + 60]) != b"`\n":
            raise _malformed(name, f"there is no member header at byte {position}")
        header = bytes(view[position : position + _HEADER])
        digits = header[48:58].strip()
        if not digits.isdigit():
            raise _malformed(name, f"the member at byte {position} has no size")
        size, start = int(digits), position + _HEADER
        if start + size > len(view):
            raise _malformed(name, f"the member at byte {position} reaches past the end")
        content = view[start : start + size]
        position = start + size + (size & 1)
        count += 1
        if count > _MEMBERS:
            raise _malformed(name, "it has too many members")
        label = header[:16].rstrip(b" ")
        if label == b"//":
            long_names = content
        elif label in (b"/", b"/SYM64/", b"__.SYMDEF", b"__.SYMDEF SORTED"):
            continue
        else:
            label, content = _long_name(name, label, content, long_names)
            if label.startswith(b"__.SYMDEF"):
                continue
            yield Member(label.decode("utf-8", "backslashreplace"), content)


def _long_name(
    name: str, label: bytes, content: memoryview, table: memoryview
) -> tuple[bytes, memoryview]:
    if label.startswith(b"#1/") and label[3:].isdigit():
        length = int(label[3:])
        if length > len(content):
            raise _malformed(name, "a member's name is longer than the member")
        return bytes(content[:length]).rstrip(b"\0"), content[length:]
    if label.startswith(b"/") and label[1:].isdigit():
        offset = int(label[1:])
        if offset >= len(table):
            raise _malformed(name, "a member's name lies outside the name table")
        text = bytes(table[offset : offset + 4096])
        return text.split(b"\n", 1)[0].rstrip(b"/"), content
    return label.rstrip(b"/"), content


def write(files: Iterable[tuple[str, bytes, Iterable[str]]]) -> bytes:
    """An archive of (member name, object, names of its global symbols), with its symbol index.

    Dates, owners and modes are fixed, so equal input gives equal bytes. The index is the
    GNU 32-bit one, which ld, gold, lld and mold read.
    """
    entries = list(files)
    table = bytearray()
    labels = []
    for name, _, _ in entries:
        if len(name.encode()) < 16 and "/" not in name:
            labels.append(name + "/")
        else:
            labels.append(f"/{len(table)}")
            table += name.encode() + b"/\n"
    symbols = [(symbol, number) for number, row in enumerate(entries) for symbol in row[2]]
    strings = b"".join(symbol.encode("utf-8", "surrogateescape") + b"\0" for symbol, _ in symbols)
    index_size = 4 + 4 * len(symbols) + len(strings)
    index_size += index_size & 1
    position = len(MAGIC) + _HEADER + index_size
    if table:
        table += b"\n" * (len(table) & 1)
        position += _HEADER + len(table)
    offsets = []
    for _, data, _ in entries:
        offsets.append(position)
        position += _HEADER + len(data) + (len(data) & 1)
    index = len(symbols).to_bytes(4, "big")
    index += b"".join(offsets[number].to_bytes(4, "big") for _, number in symbols) + strings
    out = bytearray(MAGIC)
    _append(out, "/", index.ljust(index_size, b"\0"))
    if table:
        _append(out, "//", bytes(table))
    for label, (_, data, _) in zip(labels, entries, strict=True):
        _append(out, label, data)
    return bytes(out)


def _append(out: bytearray, label: str, data: bytes) -> None:
    out += f"{label:<16}{0:<12}{0:<6}{0:<6}{644:<8}{len(data):<10}`\n".encode()
    out += data
    if len(data) & 1:
        out += b"\n"
