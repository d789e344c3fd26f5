# SPDX-License-Identifier: MIT OR Apache-2.0
"""Building images: plan, bring the cache up to date, write the plan, run it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from zeroos_build import container, files, ninja
from zeroos_build.assemble import WARNINGS
from zeroos_build.cxx import build_cxx, lower_cxx
from zeroos_build.diagnostics import Diagnostic
from zeroos_build.facts import Facts
from zeroos_build.generate.headers import syscalls_header
from zeroos_build.libos import build_libos, build_linux_library
from zeroos_build.lower.config import LowerConfig
from zeroos_build.lower.library import lower_sysroot, read_learned
from zeroos_build.own_specs import extended
from zeroos_build.paths import build_dir
from zeroos_build.plan.facts import make_facts
from zeroos_build.plan.linux import Libraries, make_linux_plan
from zeroos_build.plan.model import Library, Plan
from zeroos_build.plan.steps import is_cxx, make_plan
from zeroos_build.spec import load_specs
from zeroos_build.sysroot import build_sysroot
from zeroos_build.toolchain.base import Abi, Toolchain
from zeroos_build.toolchain.discover import find_toolchain

if TYPE_CHECKING:
    from zeroos_build.manifest.project import Project, Resolved

OnStep = Callable[[int, int, str], None]
COMPILE_COMMANDS = "compile_commands.json"


@dataclass(frozen=True)
class Options:
    """How to build. `on_step(done, total, words)` hears of every finished step."""

    jobs: int | None = None
    verbose: bool = False
    on_step: OnStep | None = None
    on_phase: Callable[[str], None] | None = None
    output: Path | None = None


@dataclass(frozen=True)
class BuildResult:
    """A finished image. `warnings` are diagnostics that did not stop the build."""

    target: str
    image: Path
    report: Path
    warnings: tuple[Diagnostic, ...] = field(default=())


@dataclass(frozen=True)
class Ready:
    """What the cache holds for a target's images, and how objects are lowered for it."""

    facts: Facts
    toolchain: Toolchain
    library: Library
    config: LowerConfig


def prepare(resolved: Resolved, options: Options) -> Ready:
    """Bring the cache up to date: sysroot, libOS, lowered libc."""
    specs = load_specs()
    if resolved.abi.specs:
        directory = resolved.directory
        specs = extended((directory / name for name in resolved.abi.specs), directory)
    toolchain = find_toolchain(resolved.build.toolchain)
    abi = Abi.of(resolved.target.isa)
    facts = make_facts(resolved, specs, toolchain)

    def phase(words: str) -> None:
        if options.on_phase is not None:
            options.on_phase(words)

    phase(f"sysroot {abi.march}")
    sysroot = build_sysroot(toolchain, abi, jobs=options.jobs, on_step=options.on_step)
    phase(f"libOS {abi.march}")
    libos = build_libos(toolchain, abi, load_specs(), jobs=options.jobs, on_step=options.on_step)
    phase(f"lowered libc for {resolved.target.name}")
    lowered = lower_sysroot(sysroot, facts.lower_config({}, ()))
    forwarders, internal = read_learned(lowered)
    config = facts.lower_config(forwarders, internal)
    header = syscalls_header(specs) if resolved.abi.specs else None
    archive = _cxx(resolved, toolchain, abi, options)
    cxx = lower_cxx(archive, config) if archive is not None else None
    return Ready(facts, toolchain, Library(lowered, libos, header, cxx), config)


def plan_build(resolved: Resolved, options: Options) -> Plan:
    """The plan for one target, with everything that it needs in the cache."""
    directory = build_dir(resolved.directory, resolved.target.name)
    if resolved.target.kernel == "linux":
        return plan_linux(resolved, options, directory)
    ready = prepare(resolved, options)
    plan = make_plan(resolved, ready.facts, ready.toolchain, ready.library, ready.config, directory)
    step = container.packing(resolved.target, plan.facts.name)
    if step is not None:
        plan.steps.append(step)
    return plan


def plan_linux(resolved: Resolved, options: Options, directory: Path) -> Plan:
    """The plan for a Linux process, with everything that it needs in the cache."""
    toolchain = find_toolchain(resolved.build.toolchain)
    abi = Abi.of(resolved.target.isa)
    if options.on_phase is not None:
        options.on_phase(f"sysroot {abi.march} for Linux")
    jobs, on_step = options.jobs, options.on_step
    sysroot = build_sysroot(toolchain, abi, linux=True, jobs=jobs, on_step=on_step)
    own = build_linux_library(toolchain, abi, jobs=jobs, on_step=on_step)
    facts = make_facts(resolved, load_specs(), toolchain)
    cxx = _cxx(resolved, toolchain, abi, options)
    return make_linux_plan(resolved, facts, toolchain, Libraries(sysroot, own, cxx), directory)


def _cxx(resolved: Resolved, toolchain: Toolchain, abi: Abi, options: Options) -> Path | None:
    """The C++ library as the compiler made it, where there is C++ in the project."""
    if not toolchain.has_cxx or not any(map(is_cxx, resolved.image.sources)):
        return None
    if options.on_phase is not None:
        options.on_phase(f"C++ library {abi.march}")
    return build_cxx(toolchain, abi, jobs=options.jobs, on_step=options.on_step)


def run_plan(plan: Plan, options: Options) -> BuildResult:
    """Write a plan's files and bring its image up to date."""
    if options.on_phase is not None:
        options.on_phase(f"{plan.facts.name} for {plan.facts.target}")
    for name, text in plan.files.items():
        files.write_if_changed(plan.directory / name, text.encode())
    boxed = plan.image.with_suffix(container.SUFFIX)
    if not any(boxed.name in step.outputs for step in plan.steps):
        # Of a former build, by an executor that is not here any more.
        boxed.unlink(missing_ok=True)
    files.write_if_changed(plan.directory / "build.ninja", plan.ninja().encode())
    files.write_if_changed(plan.directory / COMPILE_COMMANDS, plan.compile_commands().encode())
    ninja.run(
        plan.directory / "build.ninja",
        jobs=options.jobs,
        verbose=options.verbose,
        on_step=options.on_step,
        prefix=os.path.relpath(plan.project, plan.directory) + "/",
    )
    if options.output is not None:
        files.copy(plan.image, options.output)
    rows = json.loads((plan.directory / "gen" / WARNINGS).read_text())
    warnings = tuple(Diagnostic.from_json(row) for row in rows)
    return BuildResult(plan.facts.target, plan.image, plan.report, warnings)


def build(project: Project, targets: list[str] | None, options: Options) -> list[BuildResult]:
    """Build a project for its default target or for the targets named."""
    results = []
    names: list[str | None] = [*targets] if targets else [None]
    for name in names:
        resolved = project.resolve(name)
        results.append(run_plan(plan_build(resolved, options), options))
    return results
