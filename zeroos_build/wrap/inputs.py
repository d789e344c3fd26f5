# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a link takes, found: objects, archives, libraries by name; and its place in the plan."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from zeroos_build.diagnostics import error
from zeroos_build.elf.archive import MAGIC
from zeroos_build.plan.model import Step
from zeroos_build.wrap.memory import SLOT
from zeroos_build.wrap.options import IN_CXX, IN_LIBC


@dataclass(frozen=True, slots=True)
class Input:
    """An object or archive by absolute path; of a `whole` archive every member is linked."""

    path: Path
    archive: bool
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a link takes, in order, and whether it takes the C++ library."""

    given: tuple[Input, ...]
    cxx: bool


def find_inputs(items: Sequence[tuple[str, str]], search: Sequence[str], *, cxx: bool) -> Inputs:
    """The items of a command line as files. Raises ZOS437 for a library, ZOS703 for a file."""
    given: list[Input] = []
    seen: set[Path] = set()
    whole = False
    for kind, text in items:
        if kind == "whole":
            whole = text == "+"
            continue
        if kind == "library":
            if text in IN_CXX or text in IN_LIBC:
                cxx = cxx or text in IN_CXX
                continue
            path = _library(text, search)
        else:
            path = Path(text).absolute()
        archive = _is_archive(path)
        if archive and path in seen and not whole:
            continue
        if archive:
            seen.add(path)
        given.append(Input(path, archive, whole and archive))
    return Inputs(tuple(given), cxx)


def _library(name: str, search: Sequence[str]) -> Path:
    """`-lNAME` or `-l:FILE`: static libraries in the directories of `-L`, and nowhere else."""
    file = name[1:] if name.startswith(":") else f"lib{name}.a"
    for directory in search:
        path = Path(directory, file)
        if path.is_file():
            return path.absolute()
    shared = [str(p) for d in search if (p := Path(d, f"lib{name}.so")).exists()]
    notes = [f"`{path}` is a shared library, which no image can load" for path in shared[:1]]
    where = ", ".join(search) if search else "none was named with -L"
    raise error(
        "ZOS437",
        f"there is no library `{file}`",
        notes=[*notes, f"directories that were searched: {where}"],
        help="build the library for this target and name its directory with -L",
    )


def _is_archive(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) in (MAGIC, b"!<thin>\n")
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise error("ZOS703", f"cannot read `{path}`: {reason}") from problem


def fill_in(
    plan: dict[str, Any],
    inputs: Inputs,
    options: Sequence[str],
    name: str,
    libraries: Iterable[Path] = (),
) -> tuple[list[Step], dict[str, str]]:
    """The steps and files of a remembered plan with these inputs in the place of `SLOT`.

    `options` are the linker's, `libraries` are lowered archives that stand behind the inputs.
    For a Linux process nothing is lowered: the plan has no such step.
    """
    steps = [_step(row) for row in plan["steps"]]
    texts = dict(plan["texts"])
    sources = [str(one.path) for one in inputs.given]
    lower, slot = _slot(steps)
    if lower is None:
        lowered = sources
    else:
        lowered = [f"lowered/{i:03}_{one.path.name}" for i, one in enumerate(inputs.given)]
        response = next(n for n in lower.implicit if n.endswith(".rsp"))
        pairs = [part for pair in zip(sources, lowered, strict=True) for part in pair]
        texts[response] = "\n".join(pairs) + "\n"
    texts["facts.json"] = _renamed(texts["facts.json"], name)
    words = _words(inputs, lowered, options, libraries)
    filled = []
    for step in steps:
        if step is lower:
            step = replace(step, inputs=tuple(sources), outputs=tuple(lowered))
        elif slot in step.command:
            at = step.command.index(slot)
            command = (*step.command[:at], *words, *step.command[at + 1 :])
            step = replace(step, command=command)
        filled.append(step)
    return filled, texts


def _slot(steps: Sequence[Step]) -> tuple[Step | None, str]:
    """The step that lowers `SLOT`, if any, and the word that stands for it in a link."""
    for step in steps:
        for name in step.inputs:
            if Path(name).stem == SLOT:
                return (step, step.outputs[0]) if step.name == "lower" else (None, name)
    raise AssertionError("a remembered plan has no place for objects")


def _words(
    inputs: Inputs, lowered: Sequence[str], options: Sequence[str], libraries: Iterable[Path]
) -> list[str]:
    """The linker's words: objects first, then archives, which may refer to each other."""
    objects, archives = [], []
    for one, name in zip(inputs.given, lowered, strict=True):
        if not one.archive:
            objects.append(name)
        elif one.whole:
            archives += ["--whole-archive", name, "--no-whole-archive"]
        else:
            archives.append(name)
    archives += [str(path) for path in libraries]
    group = ["--start-group", *archives, "--end-group"] if archives else []
    return [*options, *objects, *group]


def _step(row: dict[str, Any]) -> Step:
    """The inverse of `asdict` behind JSON, which has no tuples."""
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return Step(**fields)


def _renamed(facts: str, name: str) -> str:
    data = json.loads(facts)
    data["name"] = name
    return json.dumps(data, indent=1, sort_keys=True) + "\n"
