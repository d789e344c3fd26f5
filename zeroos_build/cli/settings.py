# SPDX-License-Identifier: MIT OR Apache-2.0
"""The global options, which may stand before and behind a command's name."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from zeroos_build.diagnostics import error

ColorMode = Literal["auto", "always", "never"]


@dataclass(slots=True)
class Settings:
    """What the global options say for this process."""

    json: bool = False
    quiet: bool = False
    verbose: int = 0
    color: ColorMode = "auto"


class CutShort(Exception):  # noqa: N818
    """A command that did not come to its end; typer would turn the cause into an exit code."""

    def __init__(self, cause: KeyboardInterrupt | BrokenPipeError) -> None:
        super().__init__()
        self.is_interrupt = isinstance(cause, KeyboardInterrupt)


current = Settings()


def reset() -> None:
    """Forget earlier options: a process may run more than one command line."""
    current.json, current.quiet, current.verbose, current.color = False, False, 0, "auto"


def _annotations(hidden: bool) -> dict[str, Any]:
    def option(*names: str, **rest: Any) -> Any:
        return typer.Option(*names, hidden=hidden, **rest)

    return {
        "directory": Annotated[
            list[Path] | None,
            option("-C", metavar="DIR", help="Run as if started in DIR.", show_default=False),
        ],
        "quiet": Annotated[
            bool, option("-q", "--quiet", help="Print nothing but results and errors.")
        ],
        "verbose": Annotated[
            int,
            option(
                "-v",
                "--verbose",
                count=True,
                show_default=False,
                help="Print each command; -vv also why.",
            ),
        ],
        "as_json": Annotated[
            bool, option("--json", help="Print one JSON object on stdout, errors included.")
        ],
        "color": Annotated[
            ColorMode | None,
            option("--color", metavar="auto|always|never", help="When to color. Default: auto."),
        ],
        "version": Annotated[bool, option("--version", help="Print the version.")],
    }


# Keeps the names of these parameters apart from a command's own.
_PREFIX = "global_"

_DEFAULTS: dict[str, Any] = {
    "directory": None,
    "quiet": False,
    "verbose": 0,
    "as_json": False,
    "color": None,
    "version": False,
}


def apply(
    directory: list[Path] | None,
    quiet: bool,
    verbose: int,
    as_json: bool,
    color: ColorMode | None,
    version: bool,
) -> None:
    """Take over global options; those of the command add to those before it."""
    current.quiet = current.quiet or quiet
    current.verbose += verbose
    current.json = current.json or as_json
    current.color = color or current.color
    for place in directory or ():
        try:
            os.chdir(place)
        except OSError as problem:
            reason = (problem.strerror or str(problem)).lower()
            message = f"cannot enter the directory `{place}`: {reason}"
            raise error("ZOS100", message) from problem
    if version:
        from zeroos_build.cli.version import print_version

        print_version()
        raise typer.Exit(0)
    if current.verbose:
        from zeroos_build import process
        from zeroos_build.cli.progress import say

        process.on_command = say
    if current.verbose > 1:
        from zeroos_build.cli.progress import say
        from zeroos_build.toolchain import discover

        discover.on_decision = say


def with_globals(function: Callable[..., None], *, hidden: bool = True) -> Callable[..., None]:
    """The function with the global options added to its own; `hidden` keeps its help short."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> None:
        apply(**{name: kwargs.pop(_PREFIX + name) for name in _DEFAULTS})
        try:
            function(*args, **kwargs)
        except (KeyboardInterrupt, BrokenPipeError) as cause:
            raise CutShort(cause) from cause

    own = inspect.signature(function, eval_str=True)
    added = [
        inspect.Parameter(
            _PREFIX + name,
            inspect.Parameter.KEYWORD_ONLY,
            default=_DEFAULTS[name],
            annotation=annotation,
        )
        for name, annotation in _annotations(hidden).items()
    ]
    parameters = [*own.parameters.values(), *added]
    wrapper.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    return wrapper
