# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a target's own tools take instead of an ELF file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zeroos_build.elf.image import Image

if TYPE_CHECKING:
    from zeroos_build.plan.model import Step
    from zeroos_build.target import Target

SUFFIX = ".bin"


def writers(target: Target) -> list[Path]:
    """Where executors would be that write a container, if they were installed."""
    from zeroos_build.execute.real import executor_home

    made = [executor for executor in target.executor if executor.container]
    return [executor_home(executor) / "bin" / executor.name for executor in made]


def packing(target: Target, name: str) -> Step | None:
    """The step that has an executor of the target write the image's container; None if there is
    no such executor here."""
    from zeroos_build.execute.real import find_executor
    from zeroos_build.plan.model import Step

    if not any(executor.container for executor in target.executor):
        return None
    found = find_executor(target)
    if isinstance(found, str) or not found.executor.container:
        return None
    image, output = f"{name}.elf", name + SUFFIX
    places = {"{image}": image, "{container}": output}
    words = [places.get(word, word) for word in found.executor.container]
    program = str(found.program)
    return Step("pack", name, (program, *words), (output,), (image,), implicit=(program,))


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
