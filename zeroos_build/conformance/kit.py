# SPDX-License-Identifier: MIT OR Apache-2.0
"""The kit's data: which programs there are and what each must do."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from zeroos_build.models import Closed
from zeroos_build.paths import data_root
from zeroos_build.target import Target


class Program(Closed):
    """A program of the kit, and what it must do on every target.

    `fails`: the run must read as a failure, whatever the code; else `code` counts, or on targets
    that pass on success and failure alone whether it is 0. `stdout_sha256` stands for a long
    stdout. `input_bytes` and `output_bytes` are the sizes of private input and public output, whose
    bytes are `pattern`. `manifest` is added to the program's manifest, `beside` are files that it
    names. `not_on_linux` says why a Linux process cannot do it.
    """

    name: str = Field(pattern=r"^[a-z0-9-]+$")
    source: str
    args: tuple[str, ...] = ()
    code: int = Field(default=0, ge=0, le=255)
    fails: bool = False
    stdout: str = ""
    stdout_sha256: str | None = None
    input_bytes: int = 0
    output_bytes: int = 0
    manifest: str = ""
    beside: tuple[str, ...] = ()
    not_on_linux: str | None = None

    def prints(self, stdout: bytes) -> bool:
        """Whether that is its standard output."""
        if self.stdout_sha256 is not None:
            return hashlib.sha256(stdout).hexdigest() == self.stdout_sha256
        return stdout == self.stdout.encode()

    @property
    def input(self) -> bytes:
        """The private input."""
        return pattern(self.input_bytes)

    @property
    def output(self) -> bytes:
        """The public output."""
        return pattern(self.output_bytes)

    def manifest_text(self) -> str:
        """The whole manifest of the program's project."""
        args = ", ".join(f'"{word}"' for word in self.args)
        image = f'[image]\nname = "{self.name}"\nsources = ["{self.source}"]\nargs = [{args}]\n'
        return image + self.manifest


class Kit(Closed):
    """All programs, in the order in which they run."""

    schema_: Literal[1] = Field(alias="schema")
    program: tuple[Program, ...]


def pattern(size: int) -> bytes:
    """Bytes that no shift and no lost piece leaves as they are."""
    return bytes(i * 7 + (i >> 8) & 255 for i in range(size))


def kit_directory() -> Path:
    """Where kit.toml and the sources lie."""
    return data_root() / "conformance"


@cache
def load_kit() -> Kit:
    """The kit as shipped."""
    return Kit.model_validate(tomllib.loads((kit_directory() / "kit.toml").read_text("utf-8")))


def unfit(program: Program, target: Target) -> str | None:
    """Why a target's data says that it cannot run a program."""
    window = target.memory.window("input")
    if window is not None:
        # Both framings take at most 16 bytes: 64 bits of length, padding to 8.
        room = window.end - window.start - 16
        if program.input_bytes > room:
            return f"its input has {program.input_bytes} bytes, and {target.name} takes {room}"
    most = target.streams.public
    if isinstance(most, int) and program.output_bytes > most:
        return f"its output has {program.output_bytes} bytes, and {target.name} publishes {most}"
    if target.kernel == "linux" and program.not_on_linux:
        return f"not on Linux: {program.not_on_linux}"
    return None


def published(target: Target, data: bytes) -> bytes:
    """What is public after a run that wrote `data`: its digest, or a whole window of memory."""
    if target.streams.public == "digest":
        return hashlib.sha256(data).digest()
    data += bytes(-len(data) % target.streams.unit)
    window = target.memory.window("public")
    return data if window is None else data.ljust(window.end - window.start, b"\0")
