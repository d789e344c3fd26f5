# SPDX-License-Identifier: MIT OR Apache-2.0
"""Options of `run` and `bundle` that make a bundle, and whether an image takes it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from zeroos_build.cli.options import usage_error
from zeroos_build.diagnostics import error

if TYPE_CHECKING:
    from zeroos_build.bundle import Bundle, InputMode

_GUEST_ARGS = "zeroos.guest_args"
# The option that stands for a part of a bundle.
_OPTIONS = {"args": "--", "env": "--env", "files": "--root", "stdin": "--stdin"}

StdinOption = Annotated[
    Path | None,
    typer.Option("--stdin", metavar="FILE", help="Standard input in a bundle; `-` is stdin."),
]
RootOption = Annotated[
    Path | None, typer.Option("--root", metavar="DIR", help="Files in a bundle.")
]
EnvOption = Annotated[
    list[str] | None,
    typer.Option("--env", metavar="K=V", help="A variable in a bundle.", show_default=False),
]


class GuestArgsCommand(TyperCommand):
    """Keeps what stands behind `--` for the guest, before IMAGE could take its first word."""

    takes_guest_args = True

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if "--" in args:
            cut = args.index("--")
            ctx.meta[_GUEST_ARGS] = args[cut + 1 :]
            args = args[:cut]
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [*super().collect_usage_pieces(ctx), "[-- ARGS...]"]


def asked_bundle(
    context: typer.Context, stdin: Path | None, root: Path | None, env: list[str] | None
) -> Bundle:
    """The bundle that the options mean; ZOS100 for a variable that is none, or that comes twice."""
    from zeroos_build.bundle import Bundle

    variables: dict[str, str] = {}
    for setting in env or ():
        name, sign, value = setting.partition("=")
        if not name or not sign:
            raise usage_error(f"`--env {setting}` is not of the form NAME=VALUE")
        if name in variables:
            raise usage_error(f"`--env {name}` is given twice")
        variables[name] = value
    return Bundle(
        args=context.meta.get(_GUEST_ARGS) or None,
        env=variables or None,
        stdin=None if stdin is None else read_input(stdin),
        root=root,
    )


def check_taken(bundle: Bundle, mode: InputMode) -> None:
    """ZOS123 for a part that an image does not take."""
    for part in bundle.parts:
        option = _OPTIONS[part]
        if mode.mode != "bundle":
            raise error(
                "ZOS123",
                f"`{option}` needs an image whose private input is a bundle",
                help='set `mode = "bundle"` in `[abi.input]` and build it again',
            )
        if part not in mode.allow:
            allowed = ", ".join(mode.allow) or "nothing"
            raise error(
                "ZOS123",
                f"`{option}` needs an image that takes {part} from its bundle; this one takes"
                f" {allowed}",
                help=f'add "{part}" to `allow` in `[abi.input]` and build it again',
            )


def read_input(path: Path) -> bytes:
    """The bytes of a file that an option names; `-` is stdin."""
    if path == Path("-"):
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise error("ZOS703", f"cannot read the input `{path}`: {reason}") from problem
