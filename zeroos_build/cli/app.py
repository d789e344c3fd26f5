# SPDX-License-Identifier: MIT OR Apache-2.0
"""The dispatcher: imports the wanted command alone, and turns every end into an exit code."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import typer

from zeroos_build.cli import settings
from zeroos_build.diagnostics import (
    EXIT_FAILED,
    EXIT_INTERRUPTED,
    EXIT_RUN_FAILED,
    EXIT_USAGE,
    Diagnostic,
    ZeroosError,
)

# Each command's module has a function `command`, whose docstring begins with the line below.
COMMANDS = {
    "init": "Start a project: a manifest and a first program.",
    "check": "Check manifests, objects and images, and print what holds for a target.",
    "build": "Build the image of a project.",
    "run": "Build and run a project, or run an image.",
    "cargo": "Build, run and test Rust programs by cargo.",
    "bundle": "Write a bundle for a prover: the private input of an image in bundle mode.",
    "lower": "Lower one object or archive for a target.",
    "link": "Link objects and archives into an image.",
    "verify": "Read an image back and prove what a build promises.",
    "size": "Show what an image consists of, in bytes.",
    "why": "Show the shortest way from the program's entry to something in the image.",
    "compare": "Build and run a project on several targets, and compare what comes out.",
    "conformance": "Run the conformance kit on a target.",
    "targets": "List the targets.",
    "target": "Start a target of your own, or check one.",
    "syscalls": "List the system calls of the libOS.",
    "suggest": "Propose the smallest manifest for a project.",
    "generate": "Write code for your handlers and host calls, or files for a build system.",
    "env": "Print what a build system has to be told to use the wrappers.",
    "explain": "Explain the code of a diagnostic.",
    "doctor": "List what is installed, what is missing and how to get it.",
    "schema": "Print the JSON schema of zeroos.toml for editors.",
    "completion": "Print a script that completes commands, options and targets in a shell.",
    "clean": "Remove what builds have written.",
}
HIDDEN = {"docs": "Write docs/ anew, or check that it is current."}

_EPILOG = "Exit codes: 0 ok, 1 failed, 2 usage, 3 manifest, 4 toolchain, 5 verify, 130 interrupted."
_VALUED_GLOBALS = ("-C", "--color")
_SIGPIPE_EXIT = 141


def build_app(wanted: str | None = None, *, complete: bool = False) -> typer.Typer:
    """The application with the wanted command; the others know their name and summary.

    `complete` imports all commands, for the documentation.
    """
    app = typer.Typer(
        name="zeroos-build",
        help="Link ordinary Linux programs into unikernels for zkVMs.",
        epilog=_EPILOG,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(settings.with_globals(_top, hidden=False))
    for name, summary in {**COMMANDS, **HIDDEN}.items():
        if complete or name == wanted:
            module = import_module(f"zeroos_build.cli.{name}")
            function = settings.with_globals(module.command)
            kind = getattr(module, "COMMAND_CLASS", None)
        else:
            function, kind = _stub(summary), None
        extra = {"cls": kind} if kind else {}
        epilog = "Global options: see `zeroos-build --help`."
        app.command(name, hidden=name in HIDDEN, epilog=epilog, **extra)(function)
    return app


def _stub(summary: str) -> Callable[[], None]:
    def stub() -> None:
        raise AssertionError("a command was started that was not imported")

    stub.__doc__ = summary
    return stub


def _top(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(0)


def wanted_command(arguments: Sequence[str]) -> str | None:
    """The first word that is neither a global option nor the value of one."""
    words = iter(arguments)
    for word in words:
        if word in _VALUED_GLOBALS:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None


def run_command_line(arguments: Sequence[str]) -> int:
    """Run one command line to its exit code; everything is reported, nothing is raised."""
    settings.reset()
    wanted = wanted_command(arguments)
    return _finish(lambda: _invoke(wanted, arguments), arguments, wanted)


def _invoke(wanted: str | None, arguments: Sequence[str]) -> int:
    app = build_app(wanted if wanted in COMMANDS or wanted in HIDDEN else None)
    result: Any = app(list(arguments), standalone_mode=False, prog_name="zeroos-build")
    sys.stdout.flush()
    return result if isinstance(result, int) else 0


def reported(action: Callable[[], int], wanted: str) -> int:
    """The exit code of an action that stands for a command; everything is reported."""
    return _finish(action, (), wanted)


def _finish(action: Callable[[], int], arguments: Sequence[str], wanted: str | None) -> int:
    from zeroos_build.cli import problems, render

    try:
        return action()
    except typer.Exit as end:
        return end.exit_code
    except settings.CutShort as cut:
        return _interrupted() if cut.is_interrupt else _pipe_closed()
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted()
    except BrokenPipeError:
        return _pipe_closed()
    except ZeroosError as problem:
        render.show_traceback(problem)
        render.fail(problem.diagnostics, wanted)
        if problem.diagnostics[0].code == _NOT_FOR_THE_IMAGE:
            return problem.exit_code
        return _own_failure(problem.exit_code, wanted)
    except _USAGE_ERROR as problem:
        before = list(arguments)
        if "--" in before:
            before = before[: before.index("--")]
        settings.current.json = settings.current.json or "--json" in before
        render.show_traceback(problem)
        render.fail([_usage(problem, wanted)], wanted)
        return _own_failure(EXIT_USAGE, wanted)
    except OSError as problem:
        render.show_traceback(problem)
        render.fail([problems.system_error(problem)], wanted)
        return _own_failure(EXIT_FAILED, wanted)
    except Exception as problem:
        render.show_traceback(problem)
        render.fail([problems.bug(problem)], wanted)
        return _own_failure(EXIT_FAILED, wanted)


def _interrupted() -> int:
    print("interrupted", file=sys.stderr)
    return EXIT_INTERRUPTED


def _pipe_closed() -> int:
    """As if SIGPIPE had ended the process, which shells expect of `... | head`."""
    # What is still buffered must not raise again when Python exits.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _SIGPIPE_EXIT


def _own_failure(code: int, wanted: str | None) -> int:
    """With `run`, every other exit code belongs to the guest."""
    return EXIT_RUN_FAILED if wanted == "run" else code


# Options of a bundle for an image without one: a usage error of `run` too (explain ZOS123).
_NOT_FOR_THE_IMAGE = "ZOS123"

# typer keeps its parser private; the exception's base class is the way to all its usage errors.
_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[2]


# How typer words its suggestions, in its versions so far.
_SUGGESTIONS = re.compile(r"\.? Did you mean (.*?)\??$| \(Possible options: (.*)\)$")


def _usage(problem: Any, wanted: str | None) -> Diagnostic:
    """typer's complaint in our form."""
    message = str(problem.format_message()).replace("Value error, ", "").rstrip(".")
    match = _SUGGESTIONS.search(message)
    if match:
        message = message[: match.start()]
        first = (match[1] or match[2]).split(",")[0].strip(" '`")
        fix = f"did you mean `{first}`?"
    else:
        command = f"{wanted} " if wanted in COMMANDS else ""
        fix = f"`zeroos-build {command}--help` lists what it takes"
    message = (message[:1].lower() + message[1:]).replace("'", "`")
    return Diagnostic("ZOS100", message, help=fix)
