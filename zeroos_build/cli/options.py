# SPDX-License-Identifier: MIT OR Apache-2.0
"""Options that several commands share, and what they have to do with a project."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from zeroos_build.diagnostics import error

if TYPE_CHECKING:
    from zeroos_build.manifest import Project

ManifestOption = Annotated[
    Path | None,
    typer.Option(
        "-m",
        "--manifest",
        metavar="FILE",
        help="The manifest. Default: ZEROOS_MANIFEST, else zeroos.toml here.",
        show_default=False,
    ),
]
TargetOption = Annotated[
    str | None,
    typer.Option(
        "-t",
        "--target",
        metavar="T",
        help="The target: a name from `zeroos-build targets`, or a directory (./my-zkvm).",
        show_default=False,
    ),
]
NeededTargetOption = Annotated[
    str, typer.Option("-t", "--target", metavar="T", help="The target: a name or a directory.")
]
NeededOutputOption = Annotated[
    Path, typer.Option("-o", "--output", metavar="FILE", help="Where the result goes.")
]
ToolchainOption = Annotated[
    Literal["zig", "gcc", "clang"] | None,
    typer.Option("--toolchain", metavar="X", help="zig, gcc or clang, over `build.toolchain`."),
]
DispatchOption = Annotated[
    Literal["call", "trap"] | None,
    typer.Option("--dispatch", metavar="D", help="call or trap, over `build.dispatch`."),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="A key of the manifest with another value. May be repeated.",
        show_default=False,
    ),
]


def load_project(
    manifest: Path | None,
    target: str | None = None,
    *,
    settings: Sequence[str] = (),
    toolchain: str | None = None,
    dispatch: str | None = None,
) -> Project:
    """The project that the options and the environment mean."""
    from zeroos_build.manifest import Assignment, load, manifest_path, split_setting

    flags = [split_setting(word, "--set") for word in settings]
    if toolchain:
        flags.append(Assignment("build.toolchain", toolchain, "--toolchain"))
    if dispatch:
        flags.append(Assignment("build.dispatch", dispatch, "--dispatch"))
    path = manifest_path(manifest, os.environ)
    return load(path, target=target, flags=flags, env=os.environ)


def usage_error(message: str, help: str | None = None) -> Exception:
    """A command line whose parts do not go together."""
    return error("ZOS100", message, help=help)
