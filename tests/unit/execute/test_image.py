# SPDX-License-Identifier: MIT OR Apache-2.0
"""Images are read like input from an enemy: refused or run, never a traceback."""

from __future__ import annotations

import os
import random
import struct
from pathlib import Path

import pytest

from zeroos_build.diagnostics import ZeroosError
from zeroos_build.execute.image import Image

from .guests import DATA, TEXT, Guest, elf, halt

_GOOD = elf(
    halt(),
    data=b"0123456789",
    data_size=64,
    symbols={"_start": TEXT, "later": TEXT + 8, "$x": TEXT + 12, "end": DATA + 64},
    sections={".zeroos.sites": b"records"},
)


def _image(tmp_path: Path, content: bytes) -> Image:
    path = tmp_path / "image"
    path.write_bytes(content)
    return Image(path)


def test_what_it_reads(tmp_path: Path) -> None:
    image = _image(tmp_path, _GOOD)
    text, data = image.segments
    assert (image.xlen, image.entry) == (64, TEXT)
    assert (text.start, text.executable, text.writable, text.readable) == (TEXT, True, False, True)
    assert (data.end - data.start, bytes(data.data), data.writable) == (64, b"0123456789", True)
    assert image.section(".zeroos.sites") == b"records" and image.section(".none") == b""
    assert image.symbol("later") == TEXT + 8 and image.symbol("none") is None


def test_places(tmp_path: Path) -> None:
    image = _image(tmp_path, _GOOD)
    assert image.describe(TEXT + 4) == f"{TEXT + 4:#x} (_start+0x4)"
    assert image.describe(TEXT + 16) == f"{TEXT + 16:#x} (later+0x8)"
    assert image.describe(TEXT + 0x1000) == f"{TEXT + 0x1000:#x}"
    assert image.describe(DATA + 64) == f"{DATA + 64:#x}"
    assert image.describe(0) == "0x0"


def test_without_sections(tmp_path: Path) -> None:
    stripped = bytearray(_GOOD)
    stripped[40:48] = bytes(8)
    stripped[58:64] = bytes(6)
    image = _image(tmp_path, bytes(stripped))
    assert image.symbol("_start") is None and image.section(".zeroos.sites") == b""
    assert image.describe(TEXT) == hex(TEXT)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not a little-endian ELF file"),
        (b"#!/bin/sh\n" + bytes(64), "not a little-endian ELF file"),
        (_GOOD[:5] + b"\2" + _GOOD[6:], "not a little-endian ELF file"),
        (_GOOD[:16] + b"\3" + _GOOD[17:], "not a static executable for RISC-V"),
        (_GOOD[:18] + b"\x3e" + _GOOD[19:], "not a static executable for RISC-V"),
        (_GOOD[:40], "it is cut off"),
        (_GOOD[:100], "it is cut off"),
        (_GOOD[:180], "reaches past the end of the file"),
    ],
)
def test_damaged(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(ZeroosError, match=words) as caught:
        _image(tmp_path, content)
    assert caught.value.diagnostics[0].code == "ZOS602"


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(ZeroosError, match="no such file"):
        Image(tmp_path / "none")
    with pytest.raises(ZeroosError, match="is a directory"):
        Image(tmp_path)


def test_huge_segments(tmp_path: Path) -> None:
    for size in (1 << 40, 1 << 63, 2**64 - 1):
        grown = bytearray(_GOOD)
        struct.pack_into("<Q", grown, 64 + 56 + 40, size)
        with pytest.raises(ZeroosError, match="too many or too large"):
            _image(tmp_path, bytes(grown))


def test_mutations(tmp_path: Path) -> None:
    seed = int(os.environ.get("ZEROOS_TEST_SEED") or "1")
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(400):
        content = bytearray(_GOOD)
        for _ in range(rng.randrange(1, 5)):
            content[rng.randrange(len(content))] = rng.choice((0, 1, 255, rng.randrange(256)))
        del content[rng.choice((len(content), rng.randrange(len(content)))) :]
        try:
            Guest(tmp_path / "mutant", bytes(content)).run(limit=1000, fast=rng.random() < 0.5)
            image = Image(tmp_path / "mutant")
            image.describe(TEXT)
            image.section(".zeroos.sites")
        except ZeroosError as refused:
            assert refused.diagnostics[0].code == "ZOS602", (seed, bytes(content))
