# SPDX-License-Identifier: MIT OR Apache-2.0
"""The linter: each module below this package that has a CODE is one rule.

A rule is a function `check(subject) -> Iterator[Finding]`; its title, explanation and default
severity stand in the catalogue under its code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from zeroos_build.check.subject import Finding, Subject
from zeroos_build.diagnostics import Diagnostic, Severity, entry
from zeroos_build.manifest.project import Project, Resolved

__all__ = ["Finding", "Subject", "lint", "rules"]


def rules() -> list[ModuleType]:
    """The rules in the order of their codes."""
    modules = [import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__)]
    return sorted((m for m in modules if hasattr(m, "CODE")), key=lambda module: str(module.CODE))


def lint(project: Project, targets: Sequence[Resolved]) -> list[Diagnostic]:
    """What the rules find for the resolved targets, each finding once, with its severity."""
    found: dict[Diagnostic, None] = {}
    for resolved in targets:
        subject = Subject(project, resolved)
        for rule in rules():
            found.update(dict.fromkeys(_run(rule, subject)))
    return list(found)


def _run(rule: ModuleType, subject: Subject) -> Iterator[Diagnostic]:
    known = entry(rule.CODE)
    level = subject.resolved.lint.get(rule.CODE, known.default)
    if level == "off":
        return
    severity: Severity = "error" if level == "error" else "warning"
    for finding in rule.check(subject):
        yield Diagnostic(
            rule.CODE,
            finding.message,
            subject.place(finding.key),
            finding.notes,
            finding.help,
            severity,
        )
