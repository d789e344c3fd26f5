# SPDX-License-Identifier: MIT OR Apache-2.0
"""The plan for a target whose kernel is Linux: compile and link, nothing is lowered."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zeroos_build.facts import Facts
from zeroos_build.generate.image import note_lines
from zeroos_build.plan.model import Plan, Step
from zeroos_build.plan.steps import (
    TOOLCHAIN,
    compile_step,
    project_flags,
    target_headers,
    toolchain_text,
)
from zeroos_build.sysroot import Sysroot
from zeroos_build.toolchain.base import Abi, Toolchain

if TYPE_CHECKING:
    from zeroos_build.manifest.project import Resolved

_NOTE, _LINKED = "gen/note.S", "linked.elf"


@dataclass(frozen=True)
class Libraries:
    """What the cache holds for a Linux process: musl, the archive of ours, and the C++ library
    where the project has C++ in it.
    """

    sysroot: Sysroot
    own: Path
    cxx: Path | None = None


def make_linux_plan(
    resolved: Resolved, facts: Facts, toolchain: Toolchain, libraries: Libraries, directory: Path
) -> Plan:
    """Every step from sources to a static Linux executable and its report."""
    plan = Plan(directory, resolved.directory, facts)
    abi = Abi.of(resolved.target.isa)
    project = os.path.relpath(resolved.directory, directory)
    plan.files |= {
        "facts.json": facts.dump(),
        TOOLCHAIN: toolchain_text(toolchain),
        _NOTE: "\n".join(note_lines(facts)) + "\n",
        # Nothing is generated, so nothing can be said of it.
        "gen/warnings.json": "[]\n",
    } | target_headers(resolved.target)
    flags = project_flags(resolved, toolchain, abi, Path(project), linux=True)
    objects = []
    for source in resolved.image.sources:
        step = compile_step(resolved, toolchain, abi, flags, project, source)
        plan.steps.append(step)
        objects.append(step.outputs[0])
    objects += [str(Path(project) / path) for path in resolved.image.objects]
    note = "obj/zeroos_note.o"
    command = (*toolchain.compiler(abi), "-c", _NOTE, "-o", note)
    plan.steps.append(Step("compile", "note.S", command, (note,), (_NOTE,), (TOOLCHAIN,)))
    plan.steps.append(_link(resolved, toolchain, abi, libraries, [*objects, note]))
    name = facts.name
    results = (f"{name}.elf", f"{name}.report.json")
    finish = (sys.executable, "-m", "zeroos_build.step", "finish-process", "facts.json", _LINKED)
    plan.steps.append(
        Step("verify", name, (*finish, *results), results, (_LINKED,), ("facts.json",))
    )
    return plan


def _link(
    resolved: Resolved,
    toolchain: Toolchain,
    abi: Abi,
    libraries: Libraries,
    objects: list[str],
) -> Step:
    sysroot = libraries.sysroot
    archives = [name for name in objects if name.endswith(".a")]
    command = (
        *toolchain.linker(abi), "--build-id=none", "-z", "noexecstack", "--eh-frame-hdr",
        *resolved.image.ldflags,
        "-Map=link.map", "-o", _LINKED, str(sysroot.crt1), *objects,
        *toolchain.ld.libraries(
            archives,
            [],
            [*([str(libraries.cxx)] if libraries.cxx else []), str(sysroot.libc),
             str(libraries.own), str(sysroot.builtins)],
        ),
    )  # fmt: skip
    return Step("link", resolved.image.name, command, (_LINKED,), tuple(objects), (TOOLCHAIN,))
