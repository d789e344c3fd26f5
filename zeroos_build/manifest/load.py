# SPDX-License-Identifier: MIT OR Apache-2.0
"""Reading a manifest: the file, the environment and the command line become a `Project`."""

from __future__ import annotations

import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from zeroos_build.diagnostics import Diagnostic, Location, ZeroosError, error
from zeroos_build.manifest.assign import Assignment, assignment_layer, split_settings
from zeroos_build.manifest.bounds import MAX_BYTES
from zeroos_build.manifest.globs import DEFAULT_SOURCES, expand, kind_of
from zeroos_build.manifest.layers import Layer, Origin
from zeroos_build.manifest.model import Manifest
from zeroos_build.manifest.names import check_names
from zeroos_build.manifest.project import Project
from zeroos_build.manifest.toml import Document, parse
from zeroos_build.manifest.validate import validate
from zeroos_build.manifest.wording import Path as KeyPath

FILE_NAME = "zeroos.toml"


def load(
    path_or_dir: Path | str,
    *,
    target: str | None = None,
    flags: Mapping[str, str] | Sequence[Assignment] = (),
    env: Mapping[str, str] | None = None,
) -> Project:
    """Load a manifest, or a directory that holds `zeroos.toml` or sources.

    `target` is the one that the command line names. `flags` are its settings: dotted key to value
    as `--set` takes it, or assignments that say where they come from. `env` is the environment;
    without it none is read.
    Raises a ZeroosError that holds everything that is wrong with the manifest, whatever the
    target; if there is something, also what is wrong for the default target.
    """
    env = env or {}
    directory, file = _locate(Path(path_or_dir))
    document = parse(_read(file), _display(file)) if file else Document(f"{directory}", "", {})
    checked = validate(document.data, Manifest, document)
    found = checked.found + check_names(checked.model, directory, checked.places)
    environment, wrong_environment = _environment(env)
    if isinstance(flags, Mapping):
        flags = [Assignment(key, text, "--set") for key, text in flags.items()]
    command_line, wrong_flags = assignment_layer(flags, "flag")
    found += wrong_environment + wrong_flags
    project = Project(
        directory,
        file,
        checked.model,
        document,
        checked.places,
        checked.data,
        environment,
        command_line,
        _chosen(target, env, command_line, environment),
    )
    if found:
        raise ZeroosError(_in_order(found + _for_default_target(project, checked.left_out)))
    return project


def manifest_path(flag: Path | None, env: Mapping[str, str]) -> Path:
    """What to load: `-m FILE`, else ZEROOS_MANIFEST, else the current directory."""
    if flag is not None:
        return flag
    return Path(env.get("ZEROOS_MANIFEST") or ".")


def _locate(path: Path) -> tuple[Path, Path | None]:
    """The project's directory and its manifest, if it has one."""
    if kind_of(path) != "directory":
        # The directory is where the file stands by its name, not where a link points to.
        return path.absolute().parent, path
    directory = path.resolve()
    file = path / FILE_NAME
    if kind_of(file) != "missing" or file.is_symlink():
        return directory, file
    if any(expand(directory, pattern) for pattern in DEFAULT_SOURCES):
        return directory, None
    raise error(
        "ZOS116",
        f"there is no `{FILE_NAME}` and no source file in `{_display(directory)}`",
        location=Location(_display(directory)),
        help="`zeroos-build init` starts a project here",
    )


def _read(file: Path) -> bytes:
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise _unreadable(file, "it is not a regular file")
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except ValueError as problem:
        raise _unreadable(file, "no file can have that name") from problem
    except OSError as problem:
        raise _unreadable(file, (problem.strerror or str(problem)).lower()) from problem


def _unreadable(file: Path, why: str) -> ZeroosError:
    name = _display(file)
    return error(
        "ZOS120",
        f"cannot read the manifest `{name}`: {why}",
        location=Location(name),
        help="`-m FILE` names another one",
    )


def _display(path: Path) -> str:
    """Relative to the current directory where that is shorter to read."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _environment(env: Mapping[str, str]) -> tuple[Layer, list[Diagnostic]]:
    assignments = []
    found: list[Diagnostic] = []
    try:
        assignments += split_settings(env.get("ZEROOS_SET", ""), "ZEROOS_SET")
    except ZeroosError as problem:
        found += problem.diagnostics
    if env.get("ZEROOS_TOOLCHAIN"):
        assignments.append(
            Assignment("build.toolchain", env["ZEROOS_TOOLCHAIN"], "ZEROOS_TOOLCHAIN")
        )
    layer, wrong = assignment_layer(assignments, "environment")
    return layer, found + wrong


def _chosen(
    target: str | None, env: Mapping[str, str], flags: Layer, environment: Layer
) -> tuple[str, Origin] | None:
    """The target that is named outside the file, from the strongest to the weakest."""
    key = ("build", "target")
    if target:
        return target, Origin("flag", "--target")
    if key in flags:
        return flags[key].value, flags[key].origin
    if env.get("ZEROOS_TARGET"):
        return env["ZEROOS_TARGET"], Origin("environment", "ZEROOS_TARGET")
    if key in environment:
        return environment[key].value, environment[key].origin
    return None


def _for_default_target(project: Project, left_out: list[KeyPath]) -> list[Diagnostic]:
    """What more is wrong for the default target, so that one run shows all there is to mend."""
    if () in left_out:
        return []
    try:
        return project.try_resolve(need_objects=False, left_out=left_out)[1]
    except ZeroosError:
        return []


def _in_order(found: list[Diagnostic]) -> list[Diagnostic]:
    """In the order of the file, what has no line first; each once."""

    def order(diagnostic: Diagnostic) -> tuple[int, int]:
        place = diagnostic.location
        return (place.line, place.column) if place else (0, 0)

    return sorted(dict.fromkeys(found), key=order)
