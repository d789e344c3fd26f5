# SPDX-License-Identifier: MIT OR Apache-2.0
"""A command line that ends in an image: its sources are compiled aside, then all is linked."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from zeroos_build import process
from zeroos_build.diagnostics import error
from zeroos_build.wrap.command import Command
from zeroos_build.wrap.finish import show
from zeroos_build.wrap.memory import Choice

DEFAULT_OUTPUT = "a.out"
_DEPENDENCIES = frozenset(["-MD", "-MMD"])


def make_program(
    command: Command, choice: Choice, known: dict[str, Any], compiler: list[str], *, cxx: bool
) -> int:
    """Compile, then link. A compiler that fails has spoken itself; its exit code is ours."""
    if command.verbose:
        process.on_command = lambda line: print(line, file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="zeroos-cc-") as directory:
        running = _start(command, compiler, Path(directory))
        # While the compiler runs: most of what a link costs first is importing it.
        from zeroos_build.wrap.inputs import find_inputs
        from zeroos_build.wrap.link import link_image

        codes = [child.wait() for _, child in running]
        failed = next((code for code in codes if code), 0)
        if failed:
            return failed if failed > 0 else 1
        objects = [str(path) for path, _ in running]
        items = [
            ("file", objects[int(text)]) if kind == "source" else (kind, text)
            for kind, text in command.items
        ]
        if command.relocatable:
            return join(command, known, items)
        inputs = find_inputs(items, command.search, cxx=cxx)
        if not inputs.given:
            raise error("ZOS131", "there is nothing to link", help="name an object or a source")
        output = Path(command.output or DEFAULT_OUTPUT).absolute()
        map_file = Path(command.map).absolute() if command.map else None
        show(link_image(choice, inputs, command.ld, output, map_file))
    return 0


def _start(
    command: Command, compiler: list[str], directory: Path
) -> list[tuple[Path, subprocess.Popen[bytes]]]:
    """Start a compilation of each source; at most as many at a time as there are processors."""
    running: list[tuple[Path, subprocess.Popen[bytes]]] = []
    limit = os.cpu_count() or 1
    for number, (language, source) in enumerate(command.sources):
        name = "stdin" if source == "-" else Path(source).stem
        output = directory / str(number) / f"{name}.o"
        output.parent.mkdir()
        words = [*compiler, *command.flags, *_depfile(command, source)]
        words += ["-x", language] if language else []
        words += ["-c", source, "-o", str(output)]
        if process.on_command is not None:
            process.on_command(process.quoted(words))
        if len(running) >= limit:
            running[-limit][1].wait()
        running.append((output, subprocess.Popen(words)))
    return running


def _depfile(command: Command, source: str) -> list[str]:
    """`-MD` without `-MF` names its file after the output, as clang has it."""
    if command.depfile or _DEPENDENCIES.isdisjoint(command.flags):
        return []
    output = Path(command.output or DEFAULT_OUTPUT)
    stem = output.with_suffix("") if len(command.sources) == 1 else Path(source)
    return ["-MF", str(stem.with_suffix(".d")), "-MT", str(output)]


def join(command: Command, known: dict[str, Any], items: list[tuple[str, str]]) -> int:
    """`-r`: one object from several, by the linker itself; nothing is lowered."""
    words = [*known["ld"], "-r", "-o", command.output or DEFAULT_OUTPUT]
    words = [word for word in words if word != "--gc-sections"]
    for kind, text in items:
        if kind == "whole":
            words.append("--whole-archive" if text == "+" else "--no-whole-archive")
        else:
            words.append(text if kind == "file" else f"-l{text}")
    return process.run([*words, *(f"-L{path}" for path in command.search)], pass_output=True).code
