# SPDX-License-Identifier: MIT OR Apache-2.0
"""A plan: its steps, the files they read, and both as a ninja file."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from zeroos_build.facts import Facts
from zeroos_build.ninja import NinjaFile


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the plan; paths are relative to the build directory."""

    name: str
    subject: str
    command: tuple[str, ...]
    outputs: tuple[str, ...]
    inputs: tuple[str, ...]
    implicit: tuple[str, ...] = ()
    depfile: str | None = None
    restat: bool = False


@dataclass(frozen=True)
class Library:
    """What the cache holds for the image: lowered libc and libOS.

    `syscalls_header` has the prototypes of handlers where the project adds some of its own. `cxx`
    is the lowered C++ library where the project has C++ in it.
    """

    sysroot: Path
    libos: Path
    syscalls_header: str | None = None
    cxx: Path | None = None

    def first(self, facts: Facts) -> list[Path]:
        """What stands before the libc, of whose definitions the linker takes the first: memcpy
        and its kin, and the allocator if it is ours."""
        own = [] if facts.malloc == "musl" else [f"malloc-{facts.malloc}"]
        return [self.libos / f"{name}.a" for name in (*own, "first")]

    def chosen(self, facts: Facts) -> list[Path]:
        """The libOS and what the manifest and the target choose of it; they refer to each other."""
        choices = (
            f"pages-{facts.allocator}", f"console-{facts.stdout}", f"random-{facts.random}",
            f"time-{facts.time}", f"input-{facts.input_mode}",
        )  # fmt: skip
        return [self.libos / f"{name}.a" for name in ("libos", *choices)]


@dataclass
class Plan:
    """All steps for one image, and the files that they read besides the project's own."""

    directory: Path
    project: Path
    facts: Facts
    steps: list[Step] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def image(self) -> Path:
        """Where the finished image will lie."""
        return self.directory / f"{self.facts.name}.elf"

    @property
    def report(self) -> Path:
        """Where its report will lie."""
        return self.directory / f"{self.facts.name}.report.json"

    def _packed(self) -> list[str]:
        return [name for step in self.steps if step.name == "pack" for name in step.outputs]

    def compile_commands(self) -> str:
        """How the project's own sources are compiled, for editors and tools: a database as clang
        defines it. It holds paths of this machine, and nothing of the build reads it.
        """
        rows = [
            {
                "directory": str(self.directory),
                "file": os.path.normpath(self.directory / step.inputs[0]),
                "arguments": list(step.command),
                "output": step.outputs[0],
            }
            for step in self.steps
            if step.name == "compile" and step.inputs[0].startswith(os.pardir)
        ]
        return json.dumps(rows, indent=1) + "\n"

    def ninja(self) -> str:
        """The plan as a ninja file."""
        out = NinjaFile()
        for step in self.steps:
            out.edge(
                f"{step.name} {step.subject}",
                step.command,
                step.outputs,
                step.inputs,
                implicit=step.implicit,
                depfile=step.depfile,
                restat=step.restat,
            )
        out.default([self.image.name, self.report.name, *self._packed()])
        return out.text()
