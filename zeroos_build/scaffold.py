# SPDX-License-Identifier: MIT OR Apache-2.0
"""New projects and targets: the files of a template, with the name of what is new.

Templates of projects lie in `templates/init/<name>/`, that of targets in `templates/target/`.
"""

from __future__ import annotations

import shlex
from pathlib import Path

from zeroos_build import files
from zeroos_build.diagnostics import error
from zeroos_build.paths import data_root

_SUFFIX = ".j2"
# No file of a project: the command that comes after `init`.
_NEXT = ".next.j2"
SCHEMA_FILE = "zeroos.schema.json"


def template_names() -> list[str]:
    """The templates that are there, sorted."""
    return sorted(path.name for path in (data_root() / "templates" / "init").iterdir())


def plan_files(directory: Path, template: str) -> dict[Path, str]:
    """The files of a new project with their texts. Raises ZOS100 for an unknown template."""
    from zeroos_build.manifest.resolve import default_name
    from zeroos_build.manifest.schema import schema_text

    if template not in template_names():
        raise error(
            "ZOS100",
            f"there is no template `{template}`",
            notes=[f"templates: {', '.join(template_names())}"],
        )
    name = default_name(directory.absolute())
    planned = {}
    root = data_root() / "templates" / "init" / template
    for source in sorted(path for path in root.rglob("*" + _SUFFIX) if path.name != _NEXT):
        text = _fill_in(source, name=name, schema=SCHEMA_FILE)
        place = directory / source.relative_to(root)
        planned[place.with_name(place.name.removesuffix(_SUFFIX))] = text
    planned[directory / SCHEMA_FILE] = schema_text()
    return planned


def next_command(directory: Path, template: str) -> str:
    """What builds and runs a new project, from the current directory."""
    place = "" if directory == Path() else f"-C {shlex.quote(str(directory))} "
    source = data_root() / "templates" / "init" / template / _NEXT
    return _fill_in(source, place=place, directory=shlex.quote(str(directory))).strip()


def _fill_in(source: Path, **values: str) -> str:
    from jinja2 import Environment, StrictUndefined

    jinja = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701
    return str(jinja.from_string(source.read_text("utf-8")).render(**values))


def start_project(directory: Path, template: str) -> list[Path]:
    """Write a new project; gives the files in the order of writing.

    Nothing is written if one of them exists (ZOS711), except that an older `.gitignore` stays.
    """
    planned = plan_files(directory, template)
    if (directory / ".gitignore").exists():
        del planned[directory / ".gitignore"]
    taken = [f"`{path}`" for path in planned if path.exists() or path.is_symlink()]
    if taken:
        raise error(
            "ZOS711",
            f"{' and '.join(taken)} exist{'s' if len(taken) == 1 else ''} already",
            notes=["nothing was written"],
            help="choose another directory: `zeroos-build init DIR`",
        )
    for path, text in planned.items():
        files.write_text(path, text)
    return list(planned)


def start_target(directory: Path) -> list[Path]:
    """Write the directory of a new target; gives its files. ZOS711 if one of them exists."""
    from zeroos_build.generate.text import render
    from zeroos_build.manifest.resolve import default_name

    name = default_name(directory.absolute())
    words = {"name": name, "title": name.replace("-", " ").capitalize()}
    sources = sorted((data_root() / "templates" / "target").iterdir())
    planned = {
        directory / source.name.removesuffix(_SUFFIX): render(f"target/{source.name}", **words)
        for source in sources
    }
    taken = [path for path in planned if path.exists() or path.is_symlink()]
    if taken:
        raise error(
            "ZOS711",
            f"`{taken[0]}` exists already",
            notes=["nothing was written"],
            help="choose another directory: `zeroos-build target new DIR`",
        )
    for path, text in planned.items():
        files.write_text(path, text)
    return list(planned)
