# SPDX-License-Identifier: MIT OR Apache-2.0
"""A probe that knows its lines: the program as a build links it, with debug information.

The probe of a build has none unless the project asks for it, so the project's own sources are
compiled once more beside it. Debug information changes no instruction.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from zeroos_build import files, ninja
from zeroos_build.elf.image import Image
from zeroos_build.facts import Facts
from zeroos_build.link.map import Piece, read_map
from zeroos_build.ninja import NinjaFile
from zeroos_build.paths import build_dir
from zeroos_build.scan import Scan, scan

if TYPE_CHECKING:
    from zeroos_build.build import Options
    from zeroos_build.manifest.project import Resolved

_STEPS = ("compile", "lower", "probe")
_PROBE, _MAP = "probe.elf", "probe.map"
# Line tables and inlined functions, and nothing of types and variables; gcc and clang take it.
_LINES = "-g1"


@dataclass
class Probe:
    """The linked program without libOS. `project` is the directory that its sources lie in."""

    directory: Path
    project: Path
    facts: Facts

    @cached_property
    def image(self) -> Image:
        """The probe itself."""
        return Image.read(self.directory / _PROBE)

    @cached_property
    def pieces(self) -> list[Piece]:
        """Which object gave which addresses."""
        return sorted(read_map(self.directory / _MAP), key=lambda piece: piece.address)

    @cached_property
    def found(self) -> Scan:
        """What the program can ask of the kernel."""
        return scan(self.image, self.facts)


def build_probe(resolved: Resolved, options: Options) -> Probe:
    """Bring the probe of a project for a target up to date, in a directory of its own."""
    from zeroos_build.build import prepare
    from zeroos_build.plan.steps import make_plan

    ready = prepare(resolved, options)
    image = resolved.image
    with_lines = replace(image, cflags=(*image.cflags, _LINES), cxxflags=(*image.cxxflags, _LINES))
    directory = build_dir(resolved.directory, resolved.target.name) / "lines"
    plan = make_plan(
        replace(resolved, image=with_lines),
        ready.facts,
        ready.toolchain,
        ready.library,
        ready.config,
        directory,
    )
    out = NinjaFile()
    for step in plan.steps:
        # What comes behind the probe is the image's own.
        own = any(name.startswith("obj/zeroos_") for name in step.outputs)
        if step.name in _STEPS and not own:
            extra = (f"-Map={_MAP}",) if step.name == "probe" else ()
            out.edge(
                f"{step.name} {step.subject}",
                (*step.command, *extra),
                step.outputs,
                step.inputs,
                implicit=step.implicit,
                depfile=step.depfile,
                restat=step.restat,
            )
    out.default([_PROBE])
    for name, text in plan.files.items():
        files.write_if_changed(directory / name, text.encode())
    files.write_if_changed(directory / "build.ninja", out.text().encode())
    ninja.run(
        directory / "build.ninja",
        jobs=options.jobs,
        verbose=options.verbose,
        prefix=os.path.relpath(resolved.directory, directory) + "/",
    )
    return Probe(directory, resolved.directory, ready.facts)
