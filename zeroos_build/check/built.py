# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a rule for images sees: an image, the probe it was made from, and the manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from zeroos_build.check import run_rules
from zeroos_build.check.subject import Subject
from zeroos_build.diagnostics import Diagnostic, Location, ZeroosError
from zeroos_build.elf.image import Image
from zeroos_build.elf.sites import SYSCALLS, SiteKind
from zeroos_build.facts import Facts
from zeroos_build.link.map import Piece, read_map
from zeroos_build.manifest.project import Project, Resolved
from zeroos_build.scan import Scan, scan
from zeroos_build.scan import check as check_reachable

if TYPE_CHECKING:
    from zeroos_build.why import Graph

# A build warns of these; the linter refuses them unless the manifest says otherwise.
_STRICT = ("ZOS442",)
# What reading the probe finds.
_REACHABLE = ("ZOS440", "ZOS441", "ZOS442", "ZOS443", "ZOS444", "ZOS445")
_FORWARDED = (SiteKind.FORWARDED, SiteKind.FORWARDED_UNKNOWN, SiteKind.OPEN)


class Built(Subject):
    """The result of a build in `directory`."""

    def __init__(self, project: Project, resolved: Resolved, directory: Path) -> None:
        super().__init__(project, resolved)
        self.directory = directory

    @cached_property
    def facts(self) -> Facts:
        """What the build was told."""
        return Facts.read(self.directory / "facts.json")

    @property
    def image_file(self) -> Path:
        """Where the finished image lies."""
        return self.directory / f"{self.facts.name}.elf"

    @cached_property
    def image(self) -> Image:
        """The finished image."""
        return Image.read(self.image_file)

    @cached_property
    def pieces(self) -> list[Piece]:
        """Which object gave which bytes of the image."""
        return read_map(self.directory / "link.map")

    @cached_property
    def found(self) -> Scan:
        """What the program can ask of the kernel."""
        return scan(Image.read(self.directory / "probe.elf"), self.facts)

    @cached_property
    def reachable(self) -> set[str]:
        """Names of the system calls that the program reaches, by their specs."""
        return {call.name for call in self.found.reachable}

    @cached_property
    def graph(self) -> Graph:
        """Who refers to whom, with source lines; links the program once more."""
        from zeroos_build.build import Options
        from zeroos_build.why import Graph, build_probe

        return Graph(build_probe(self.resolved, Options()))

    def source_place(self, wanted: Callable[[int, tuple[int, ...]], bool]) -> Location | None:
        """The line of the project that leads to the nearest site with a wanted number."""
        graph = self.graph
        sites = [
            site
            for site in graph.image.sites
            if (site.kind in SYSCALLS or site.kind in _FORWARDED)
            and wanted(site.number, site.numbers)
        ]
        for site in sorted(sites, key=lambda site: graph.length(site.site)):
            chain = graph.chain(site.site, "")
            place = graph.place_of(chain) if chain else None
            if place:
                return replace(place, file=self.shown(place.file))
        return None


def built_from(image: Path) -> tuple[Project, Resolved, Path] | None:
    """The project whose build made an image, if the image lies where the build put it."""
    from zeroos_build.manifest import load

    directory = image.absolute().parent
    try:
        facts = Facts.read(directory / "facts.json")
        if (directory / "linked.elf").read_bytes() != image.read_bytes():
            return None
        # build/zeroos/TARGET lies under the project's directory.
        root = directory.parents[2]
        project = load(root / facts.manifest if facts.manifest else root)
        name = next(n for n in project.all_targets() if Path(n).name == facts.target)
        return project, project.resolve(name), directory
    except (OSError, ValueError, KeyError, TypeError, IndexError, StopIteration, ZeroosError):
        return None


def lint_built(project: Project, resolved: Resolved, directory: Path) -> list[Diagnostic]:
    """What is wrong with the image of a build: what it reaches, and what its rules say."""
    built = Built(project, resolved, directory)
    return [*_reachable(built), *run_rules("image", built)]


def lint_failed(
    project: Project, resolved: Resolved, directory: Path, problem: ZeroosError
) -> list[Diagnostic]:
    """Why a build failed; what the program reaches has its line."""
    built = Built(project, resolved, directory)
    return [
        place_reachable(built, found) if found.code in _REACHABLE else found
        for found in problem.diagnostics
    ]


def _reachable(built: Built) -> Iterator[Diagnostic]:
    try:
        found = check_reachable(built.found)
    except ZeroosError as problem:
        found = list(problem.diagnostics)
    for diagnostic in found:
        yield place_reachable(built, diagnostic)


def place_reachable(built: Built, diagnostic: Diagnostic) -> Diagnostic:
    """A finding about a reachable call, at the line that leads to it."""
    level = built.resolved.lint.get(diagnostic.code)
    if diagnostic.code in _STRICT and level is None:
        diagnostic = replace(diagnostic, severity="error")
    if diagnostic.location is None:
        numbers = _numbers(built, diagnostic)
        place = built.source_place(lambda n, some: n in numbers or bool(numbers & set(some)))
        place = place or Location(built.project.document.file)
        diagnostic = replace(diagnostic, location=place)
    return diagnostic


def _numbers(built: Built, diagnostic: Diagnostic) -> set[int]:
    """The numbers of the calls that a message about reachability names."""
    import re

    words = set(re.findall(r"`([a-z0-9_]+)`|call (\d+)", diagnostic.message))
    names = {name for name, _ in words} | {number for _, number in words}
    if diagnostic.code == "ZOS442":
        names.add("getrandom")
    if diagnostic.code == "ZOS444":
        names |= {"clock_gettime", "clock_gettime64", "gettimeofday"}
    linux = built.facts.linux
    return {n for n, name in linux.items() if name in names} | {
        int(name) for name in names if name.isdigit()
    }
