# SPDX-License-Identifier: MIT OR Apache-2.0
"""Which words were touched, against a set of words."""

from __future__ import annotations

import os
import random
from pathlib import Path

from zeroos_build.execute.engine import Engine
from zeroos_build.execute.image import Image
from zeroos_build.execute.memory import Memory

from .guests import DATA, SP1, TEXT, elf, halt


def test_touched_words(tmp_path: Path) -> None:
    seed = int(os.environ.get("ZEROOS_TEST_SEED") or "1")
    print(f"seed {seed}")
    rng = random.Random(seed)
    path = tmp_path / "image"
    path.write_bytes(elf(halt(), data_size=20))
    engine = Engine(64, TEXT)
    memory = Memory(engine, Image(path), SP1, strict=True)
    memory.track_touches()
    words = set(range(TEXT // 8, (TEXT + 4 * len(halt()) + 7) // 8)) | {
        DATA // 8 + n for n in range(3)
    }
    low, span = DATA - 0x200, 0x1000
    for _ in range(2000):
        address, size = low + rng.randrange(span), rng.choice((0, 1, 8, rng.randrange(600)))
        covered = range(address // 8, (address + size + 7) // 8) if size else range(0)
        expected = next((word * 8 for word in covered if word in words), None)
        assert memory.touched(address, size) == expected, (seed, address, size)
        if rng.random() < 0.02:
            memory.touch(address, size)
            words.update(covered)
    engine.close()


def test_large_images_start_at_once(tmp_path: Path) -> None:
    path = tmp_path / "image"
    path.write_bytes(elf(halt(), data_size=1 << 29))
    engine = Engine(64, TEXT)
    memory = Memory(engine, Image(path), SP1, strict=True)
    memory.track_touches()
    assert memory.touched(DATA + (1 << 29) - 8, 8) == DATA + (1 << 29) - 8
    assert memory.touched(DATA + (1 << 29), 1 << 20) is None
    engine.close()
