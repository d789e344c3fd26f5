# SPDX-License-Identifier: MIT OR Apache-2.0
"""docs/cli.md: the reference of the command line, from the commands themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import typer

from zeroos_build.cli.app import COMMANDS, build_app
from zeroos_build.docs import stamp

_INTRO = """\
# The command line

`zeroos-build COMMAND [OPTIONS]`. Results go to stdout; progress, commands (`-v`) and diagnostics go
to stderr. Every command takes the global options, before or behind its name.
"""

_ENVIRONMENT = """
## Environment

| variable | meaning |
|---|---|
| `ZEROOS_TARGET` | the target, weaker than `-t` |
| `ZEROOS_MANIFEST` | the manifest, weaker than `-m` |
| `ZEROOS_TOOLCHAIN` | the toolchain, weaker than `--toolchain` |
| `ZEROOS_GCC`, `ZEROOS_CLANG` | the compiler of that toolchain: a program on `PATH` or a path |
| `ZEROOS_SET` | settings as of `--set`: `KEY=VALUE`, separated by spaces |
| `ZEROOS_EXECUTOR` | as `run --executor` |
| `ZEROOS_CACHE_DIR` | where sysroots are kept |
| `ZEROOS_DEBUG` | `1` prints a traceback with each error |
| `NO_COLOR`, `FORCE_COLOR`, `CLICOLOR` | as everywhere; `--color` is stronger |
"""


def text() -> str:
    """The whole file."""
    root: Any = typer.main.get_command(build_app(complete=True))
    parts = [stamp("zeroos_build/cli/"), _INTRO, "\n## Global options\n\n", *_options(root)]
    for name in COMMANDS:
        parts += _command(name, root.commands[name])
    parts.append(_ENVIRONMENT)
    return "".join(parts)


def _command(name: str, command: Any) -> Iterator[str]:
    yield f"\n## `{name}`\n\n{inspect.cleandoc(command.help)}\n\n"
    shown = [parameter for parameter in command.params if not parameter.hidden]
    words = []
    for parameter in shown:
        if parameter.param_type_name == "argument":
            words.append(parameter.metavar if parameter.required else f"[{parameter.metavar}]")
    options = [p for p in shown if p.param_type_name == "option"]
    needed = [f"{p.opts[0]} {p.metavar}" for p in options if p.required]
    words += needed
    if len(options) > len(needed):
        words.append("[OPTIONS]")
    if getattr(command, "takes_guest_args", False):
        words.append("[-- ARGS...]")
    usage = " ".join(["zeroos-build", name, *words])
    yield f"```\n{usage}\n```\n"
    if shown:
        yield "\n"
        yield from _options(command)


def _options(command: Any) -> Iterator[str]:
    yield "| option | meaning |\n|---|---|\n"
    for parameter in command.params:
        if parameter.hidden:
            continue
        if parameter.param_type_name == "argument":
            names = f"`{parameter.metavar}`"
        else:
            names = ", ".join(f"`{name}`" for name in parameter.opts)
            if parameter.metavar and not parameter.is_flag:
                names += " `" + parameter.metavar.replace("|", "\\|") + "`"
        yield f"| {names} | {parameter.help} |\n"
