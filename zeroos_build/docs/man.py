# SPDX-License-Identifier: MIT OR Apache-2.0
"""The manual page zeroos-build(1), from the commands themselves; no date, so equal for equal code."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import typer

from zeroos_build import __version__
from zeroos_build.cli.app import COMMANDS, build_app

_EXIT = (
    ("0", "ok"),
    ("1", "failed"),
    ("2", "the command line is wrong"),
    ("3", "the manifest is wrong"),
    ("4", "a toolchain or an executor is missing"),
    ("5", "an image does not keep what was promised, or a gate failed"),
    ("130", "interrupted"),
)
_FILES = (
    ("zeroos.toml", "the manifest; every key has a default"),
    ("build/zeroos/TARGET/NAME.elf", "an image, with NAME.report.json beside it"),
)
_CODE = re.compile(r"`([^`]*)`")


def text() -> str:
    """The page in the man macros, for man and mandoc."""
    root: Any = typer.main.get_command(build_app(complete=True))
    lines = [
        '.\\" Made from zeroos_build/cli/ by `zeroos-build docs --write`; do not edit.',
        '.\\" SPDX-License-Identifier: MIT OR Apache-2.0',
        f'.TH ZEROOS-BUILD 1 "" "zeroos-build {__version__}" "User Commands"',
        ".SH NAME",
        "zeroos-build \\- link Linux programs into unikernels for zkVMs",
        ".SH SYNOPSIS",
        ".B zeroos-build",
        ".I COMMAND",
        "[\\fIOPTIONS\\fR]",
        ".SH DESCRIPTION",
        *_paragraphs(
            "Ordinary programs are compiled by an unmodified compiler, linked with unmodified musl "
            "and with exactly the part of a library OS that they can reach, and with the boot code "
            "of a zkVM. Results go to standard output; progress and diagnostics to standard error."
        ),
        ".SH GLOBAL OPTIONS",
        "They stand before or behind the command's name.",
        *_options(root),
        ".SH COMMANDS",
    ]
    for name in COMMANDS:
        lines += _command(name, root.commands[name])
    lines += [".SH EXIT STATUS", *_terms(_EXIT), ".SH FILES", *_terms(_FILES)]
    lines += [".SH SEE ALSO", ".BR ninja (1),", ".BR qemu-riscv64 (1)"]
    return "\n".join(lines) + "\n"


def _command(name: str, command: Any) -> Iterator[str]:
    yield f".SS {_escape(name)}"
    yield from _paragraphs(inspect.cleandoc(command.help))
    yield from _options(command)


def _options(command: Any) -> Iterator[str]:
    for parameter in command.params:
        if parameter.hidden:
            continue
        if parameter.param_type_name == "argument":
            names = f"\\fI{_escape(parameter.metavar)}\\fR"
        else:
            names = ", ".join(f"\\fB{_escape(name)}\\fR" for name in parameter.opts)
            if parameter.metavar and not parameter.is_flag:
                names += f" \\fI{_escape(parameter.metavar)}\\fR"
        yield ".TP"
        yield names
        yield from _paragraphs(parameter.help or "")


def _terms(rows: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for term, meaning in rows:
        yield ".TP"
        yield f"\\fB{_escape(term)}\\fR"
        yield _line(meaning)


def _paragraphs(words: str) -> Iterator[str]:
    for index, paragraph in enumerate(words.split("\n\n")):
        if index:
            yield ".PP"
        for line in paragraph.splitlines():
            yield _line(line)


def _line(words: str) -> str:
    """A line of text: a dot or a quote at its start would be a request."""
    line = _CODE.sub(lambda match: f"\\fB{match[1]}\\fR", _escape(words.strip()))
    return "\\&" + line if line.startswith((".", "'")) else line


def _escape(words: str) -> str:
    return words.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
