# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a target's own tools take instead of an ELF file."""

from __future__ import annotations

from zeroos_build.elf.image import Image

SUFFIX = ".bin"


def flat(image: Image) -> bytes:
    """What lies at the load addresses, from the first to the last byte, filled up to whole words.

    Zeros behind what a segment has in the file are the machine's, and not in it.
    """
    parts = sorted((s.load, s.offset, s.file_size) for s in image.loads if s.file_size)
    start = parts[0][0] if parts else 0
    out = bytearray()
    for load, offset, size in parts:
        out.extend(bytes(load - start - len(out)))
        out[load - start : load - start + size] = image.data[offset : offset + size]
    return bytes(out) + bytes(-len(out) % 4)
