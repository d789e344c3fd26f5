# SPDX-License-Identifier: MIT OR Apache-2.0
"""What is installed here, what is missing, who needs it, and how to get it."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from zeroos_build import process
from zeroos_build.diagnostics import Diagnostic, ZeroosError
from zeroos_build.paths import cache_root
from zeroos_build.target import Target, load_target, target_names

_REINSTALL = "pip install --force-reinstall zeroos-build"

# Packages of the base install, with what of ours stops without them.
_PACKAGES = {
    "ziglang": "build: compiler, linker and musl's sources",
    "ninja": "build: executes the plan",
    "pyelftools": "build: reads objects and images",
    "jinja2": "build: generates C and linker scripts",
    "capstone": "verify: a decoder of its own",
    "unicorn": "run: the embedded machine",
    "lief": "strip and edit images on request",
}
_FOR_BUILD = frozenset({"ninja", "pyelftools", "jinja2", "capstone"})

_COMPILERS = {"gcc": "riscv64-linux-gnu-gcc", "clang": "clang-19"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked for; `place` is where it is, None where it is missing.

    `looked` says of each program that was looked at what came of it.
    """

    name: str
    place: str | None
    version: str
    needed_by: str
    get: str
    required: bool
    looked: tuple[str, ...] = ()

    @property
    def is_there(self) -> bool:
        return self.place is not None


@dataclass(frozen=True, slots=True)
class Checkup:
    """All findings for a target and a toolchain; `problems` are those of the manifest."""

    target: Target
    toolchain: str
    findings: tuple[Finding, ...]
    problems: tuple[Diagnostic, ...] = ()

    @property
    def can_build(self) -> bool:
        return all(finding.is_there for finding in self.findings if finding.required)

    def lines(self) -> list[str]:
        """The table, and what to do about what is missing."""
        from zeroos_build.cli.output import table

        rows = [
            (f.name, "yes" if f.is_there else "no", f.version or "-", f.needed_by)
            for f in self.findings
        ]
        lines = table(("WHAT", "FOUND", "VERSION", "NEEDED BY"), rows)
        missing = [finding for finding in self.findings if not finding.is_there]
        if missing:
            lines += ["", "to get what is missing:"]
            for finding in missing:
                lines.append(f"  {finding.name}: {finding.get}")
                lines += [f"    {words}" for words in finding.looked if "refused" in words]
        verdict = "can be built" if self.can_build else "cannot be built"
        lines += ["", f"{self.target.name} with {self.toolchain} {verdict} here"]
        lines += [f"the manifest has an error: {problem.message}" for problem in self.problems[:1]]
        return lines

    def as_json(self) -> dict[str, Any]:
        """The same as data."""
        return {
            "target": self.target.name,
            "toolchain": self.toolchain,
            "can_build": self.can_build,
            "findings": [
                {
                    "name": f.name,
                    "found": f.place,
                    "version": f.version or None,
                    "needed_by": f.needed_by,
                    "get": f.get,
                    "required": f.required,
                    "looked": list(f.looked),
                }
                for f in self.findings
            ],
        }


def examine(manifest: Path | None, target: str | None, toolchain: str | None) -> Checkup:
    """Look for everything that the target (by default the project's own) wants.

    Works without a project and with a broken manifest: the defaults hold then.
    """
    from zeroos_build.manifest import load, manifest_path

    problems: tuple[Diagnostic, ...] = ()
    chosen, tools = target or os.environ.get("ZEROOS_TARGET") or "qemu-virt", toolchain or "zig"
    try:
        project = load(manifest_path(manifest, os.environ), target=target, env=os.environ)
        resolved, _ = project.try_resolve(need_objects=False)
        chosen, tools = project.default_target, toolchain or resolved.build.toolchain
    except ZeroosError as problem:
        if problem.diagnostics[0].code != "ZOS116":
            problems = problem.diagnostics
    found = load_target(chosen)
    findings = (*_base(tools), *_compilers(tools), *_cache(), *_executors())
    return Checkup(found, tools, findings, problems)


def _base(toolchain: str) -> Iterator[Finding]:
    here = ".".join(map(str, sys.version_info[:3]))
    enough = sys.version_info >= (3, 11)
    yield Finding("python", sys.executable if enough else None, here, "everything", "3.11", True)
    for name, needed_by in _PACKAGES.items():
        try:
            installed, place = version(name), "python package"
        except PackageNotFoundError:
            installed, place = "", None
        required = name in _FOR_BUILD or (name == "ziglang" and toolchain == "zig")
        yield Finding(name, place, installed, needed_by, _REINSTALL, required)


def _compilers(chosen: str) -> Iterator[Finding]:
    """The programs of each toolchain of the distribution, or that it is not there and why."""
    from zeroos_build.toolchain.discover import PACKAGES, search

    for toolchain, usual in _COMPILERS.items():
        found = search(toolchain)
        needed_by, get = f"--toolchain {toolchain}", f"apt-get install {PACKAGES[toolchain]}"
        required, looked = toolchain == chosen, tuple(item.words for item in found.looked)
        if found.toolchain is None:
            yield Finding(usual, None, "", needed_by, get, required, looked)
            continue
        for item in found.looked:
            if item.place is not None and item.rejected is None:
                yield Finding(
                    item.program, item.place, item.version, needed_by, get, required, looked
                )


def _cache() -> Iterator[Finding]:
    place = cache_root()
    need = "build: the sysroot, made once"
    get = "set ZEROOS_CACHE_DIR to a directory that you may write to"
    yield Finding("cache directory", _writable(place), str(place), need, get, True)


def _writable(place: Path) -> str | None:
    """The directory, or what will hold it, if a file can be made there."""
    existing = next(parent for parent in (place, *place.parents) if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            return str(place)
    except OSError:
        return None


def _executors() -> Iterator[Finding]:
    from zeroos_build.execute import find_executor

    for name in target_names():
        target = load_target(name)
        found = find_executor(target)
        there = None if isinstance(found, str) else found
        executors = [there.executor] if there else target.executor[:1]
        for executor in executors:
            program = str(there.program) if there else None
            needed_by = f"run -t {name} --executor real"
            yield Finding(
                executor.name, program, _version_of(program), needed_by, executor.install, False
            )
    place = shutil.which("cargo")
    get = "install Rust with rustup, or take your distribution's package"
    yield Finding("cargo", place, _version_of(place), "make executors", get, False)


def _version_of(program: str | None) -> str:
    """The number in the first line of `program --version`; empty if there is none."""
    if program is None:
        return ""
    try:
        result = process.run([program, "--version"], timeout=10)
    except ZeroosError:
        return ""
    first = (result.stdout or result.stderr).decode("utf-8", "replace").partition("\n")[0]
    match = re.search(r"\d+(?:\.\d+)+\S*", first)
    return match[0].rstrip(")") if match else ""
