# SPDX-License-Identifier: MIT OR Apache-2.0
"""Names that a manifest takes from elsewhere: targets, syscalls and lint rules must exist."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path, PurePosixPath

from zeroos_build.diagnostics import Diagnostic, ZeroosError, catalogue
from zeroos_build.manifest.globs import escapes, kind_of
from zeroos_build.manifest.model import Manifest, Tables
from zeroos_build.manifest.suggest import did_you_mean
from zeroos_build.manifest.wording import Path as KeyPath
from zeroos_build.manifest.wording import Places
from zeroos_build.paths import data_root
from zeroos_build.target import installed_targets, load_target, target_names


def check_names(manifest: Manifest, directory: Path, places: Places) -> list[Diagnostic]:
    """All names in a manifest; findings are ZOS106, ZOS107, ZOS113, ZOS114, ZOS118 and ZOS119."""
    found = check_table_names(manifest, (), places)
    for name, tables in manifest.target.items():
        found += check_table_names(tables, ("target", name), places)
        for key in ("target", "targets"):
            if key in tables.build.model_fields_set:
                place = places.at_key(("target", name, "build", key))
                message = f"`build.{key}` cannot be set for one target"
                found.append(Diagnostic("ZOS119", message, place, (), "move it to `[build]`"))
    used: list[tuple[str, KeyPath]] = []
    if "target" in manifest.build.model_fields_set:
        used.append((manifest.build.target, ("build", "target")))
    for index, name in enumerate(manifest.build.targets):
        used.append((name, ("build", "targets", index)))
    own = set()
    for name, path in used:
        finding = _check_target(name, path, directory, places)
        if finding:
            found.append(finding)
        elif "/" in name:
            own.add(load_target(str(directory / name)).name)
    for name in manifest.target:
        finding = None if name in own else _check_target(name, ("target", name), directory, places)
        if finding:
            found.append(finding)
    return found


def check_table_names(tables: Tables, prefix: KeyPath, places: Places) -> list[Diagnostic]:
    """The lint codes and syscalls of one set of tables."""
    return [*_check_lint(tables, prefix, places), *_check_syscalls(tables, prefix, places)]


def _check_lint(tables: Tables, prefix: KeyPath, places: Places) -> Iterator[Diagnostic]:
    if not tables.lint:
        return
    rules = {code: entry for code, entry in catalogue().items() if entry.default}
    for code, level in tables.lint.items():
        path = (*prefix, "lint", code)
        if code not in catalogue():
            message = f"there is no lint rule `{code}`"
            fix = did_you_mean(code, rules) or "`zeroos-build explain` lists the rules"
            yield Diagnostic("ZOS113", message, places.at_key(path), (), fix)
        elif code not in rules:
            message = f"`{code}` is an error, not a lint rule: its severity is fixed"
            yield Diagnostic("ZOS114", message, places.at_key(path), (), "remove the line")
        elif level == "off" and rules[code].soundness:
            yield Diagnostic(
                "ZOS114",
                f"`{code}` cannot be off: it guards soundness",
                places.at_value(path),
                (f"{code}: {rules[code].title}",),
                f'write `{code} = "warning"`',
            )


@cache
def linux_syscalls() -> Collection[str]:
    """The names that Linux has, on either width."""
    text = (data_root() / "syscall_specs" / "linux.toml").read_text("utf-8")
    return {name for table in tomllib.loads(text).values() for name in table}


def known_syscalls() -> Collection[str]:
    """The names that the syscall specs know."""
    # Imported where it is needed: the specs take longer to read than most manifests.
    from zeroos_build.spec import syscall_names

    return syscall_names()


def _check_syscalls(tables: Tables, prefix: KeyPath, places: Places) -> Iterator[Diagnostic]:
    # Names of a project's own specs are known when these have been read: plan/own.py.
    named = [("policy", name) for name in tables.abi.policy]
    named += [("handlers", name) for name in tables.abi.handlers]
    if not named or tables.abi.specs or all(name in linux_syscalls() for _, name in named):
        return
    known = known_syscalls()
    for table, name in named:
        if name not in known:
            yield Diagnostic(
                "ZOS118",
                f"there is no syscall `{name}`",
                places.at_key((*prefix, "abi", table, name)),
                ("an entry for a name that nothing calls would silently not hold",),
                did_you_mean(name, known) or "`zeroos-build syscalls` lists the names",
            )


def _check_target(name: str, path: KeyPath, directory: Path, places: Places) -> Diagnostic | None:
    place = places.at_key(path) if path[0] == "target" else places.at_value(path)
    if "/" not in name:
        if name in target_names():
            return None
        known = [*target_names(), *installed_targets()]
        if name in known:
            return None
        notes = (f"targets: {', '.join(known)}",)
        fix = did_you_mean(name, known) or "`zeroos-build targets` describes each"
        return Diagnostic("ZOS106", f"there is no target `{name}`", place, notes, fix)
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or escapes(directory, name):
        message = f"the target `{name}` lies outside the project's directory"
        fix = "give it on the command line: `-t DIR` takes any directory"
        return Diagnostic("ZOS107", message, place, (), fix)
    if kind_of(directory / name / "target.toml") != "file":
        message = f"there is no target in `{name}`: it holds no target.toml"
        return Diagnostic("ZOS106", message, place)
    try:
        load_target(str(directory / name))
    except ZeroosError as problem:
        first = problem.diagnostics[0]
        return Diagnostic("ZOS106", f"the target `{name}`: {first.message}", place)
    return None
