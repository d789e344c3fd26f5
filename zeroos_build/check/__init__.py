# SPDX-License-Identifier: MIT OR Apache-2.0
"""The linter: each module of its blocks `manifest`, `objects` and `image` is one rule.

A rule is a CODE and a function `check(subject) -> Iterator[Finding]`; its title, explanation and
default severity stand under its code in `rules.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING

from zeroos_build.check.subject import Finding, Subject
from zeroos_build.diagnostics import Diagnostic, Location, Severity, entry
from zeroos_build.manifest.project import Project, Resolved

if TYPE_CHECKING:
    from zeroos_build.check.subject import Block

__all__ = ["Finding", "Subject", "lint", "rules", "run_rules"]


def rules(block: Block = "manifest") -> list[ModuleType]:
    """The rules of a block in the order of their codes."""
    package = import_module(f"{__name__}.{block}")
    names = [info.name for info in iter_modules(package.__path__)]
    modules = [import_module(f"{package.__name__}.{name}") for name in names]
    return sorted(modules, key=lambda module: str(module.CODE))


def lint(project: Project, targets: Sequence[Resolved]) -> list[Diagnostic]:
    """What the rules of manifests find for the resolved targets, each mistake once."""
    return once(run_rules("manifest", Subject(project, resolved)) for resolved in targets)


def once(rows: Iterable[Iterable[Diagnostic]]) -> list[Diagnostic]:
    """The findings for several targets. What one target's row says of a place is not repeated for
    the next one, though its words may name another target.
    """
    found: dict[Diagnostic, None] = {}
    known: set[tuple[str, Location | None, Severity]] = set()
    for row in rows:
        new = [d for d in row if (d.code, d.location, d.severity) not in known]
        found.update(dict.fromkeys(new))
        known.update((d.code, d.location, d.severity) for d in new)
    return list(found)


def run_rules(block: Block, subject: Subject) -> Iterator[Diagnostic]:
    """What the rules of a block find, each with the severity that the manifest gives it."""
    for rule in rules(block):
        level = subject.resolved.lint.get(rule.CODE)
        if level == "off":
            continue
        for finding in rule.check(subject):
            # The catalogue is read where there is something to say.
            is_error = (level or entry(rule.CODE).default) == "error"
            severity: Severity = "error" if is_error else "warning"
            place = finding.place or subject.place(finding.key)
            yield Diagnostic(
                rule.CODE, finding.message, place, finding.notes, finding.help, severity
            )
