# SPDX-License-Identifier: MIT OR Apache-2.0
"""A link by a wrapper: the remembered plan with this link's objects in it, run at once."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zeroos_build import files
from zeroos_build.assemble import WARNINGS
from zeroos_build.diagnostics import Diagnostic
from zeroos_build.wrap.direct import run_steps
from zeroos_build.wrap.inputs import Inputs, fill_in
from zeroos_build.wrap.memory import Choice, recall


def link_image(
    choice: Choice,
    inputs: Inputs,
    options: list[str],
    output: Path,
    map_file: Path | None,
    lowered: Sequence[Path] = (),
) -> list[Diagnostic]:
    """Make an image, and its report beside it; returns the warnings.

    `options` are for the linker. Both paths are absolute. `lowered` are archives of lowered
    objects that stand behind the inputs.
    """
    plan = known_or_learnt(choice, "plan")
    cxx = [Path(known_or_learnt(choice, "cxx")["archive"])] if inputs.cxx else []
    home = Path(choice.directory)
    stem = output.name.removesuffix(".elf")
    steps, texts = fill_in(plan, inputs, options, image_name(stem), [*lowered, *cxx])
    # As deep as the directory that the plan was made for: the paths in it are relative.
    with tempfile.TemporaryDirectory(prefix="link-", dir=home) as directory, _inside(directory):
        work = Path(directory)
        for name, text in texts.items():
            files.write_text(work / name, text)
        run_steps(steps, work, home.parent / "objects", json.dumps(plan["files"]))
        image = work / f"{plan['name']}.elf"
        files.copy(image, output)
        if output.is_file():
            files.copy(
                work / f"{plan['name']}.report.json", output.with_name(f"{stem}.report.json")
            )
        if map_file is not None:
            files.copy(work / "link.map", map_file)
        rows = json.loads((work / "gen" / WARNINGS).read_text())
    return [Diagnostic.from_json(row) for row in rows]


def known_or_learnt(choice: Choice, name: str) -> dict[str, Any]:
    """What is remembered, or is learnt now.

    With progress on a terminal; a configure script takes words on stderr for warnings.
    """
    known = recall(choice, name)
    if known is not None:
        return known
    from zeroos_build.build import Options
    from zeroos_build.wrap.prepare import learn_cxx, learn_plan

    learn = {"plan": learn_plan, "cxx": learn_cxx}[name]
    if not sys.stderr.isatty():
        return learn(choice, Options())
    from zeroos_build.cli.building import shown_options

    with shown_options("link") as options:
        return learn(choice, options)


def image_name(stem: str) -> str:
    """A file's name as an image's, by the rule of `[image] name`."""
    return re.sub(r"[^a-z0-9._-]+", "-", stem.lower()).lstrip("._-")[:64] or "image"


@contextmanager
def _inside(directory: str) -> Iterator[None]:
    before = os.getcwd()  # noqa: PTH109
    os.chdir(directory)
    try:
        yield
    finally:
        os.chdir(before)
