# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build completion`."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer


def command(
    shell: Annotated[
        Literal["bash", "zsh", "fish"],
        typer.Argument(metavar="bash|zsh|fish", help="The shell that the script is for."),
    ],
) -> None:
    """Print a script that completes commands, options and targets in a shell.

    bash: `eval "$(zeroos-build completion bash)"` in `~/.bashrc`; zsh: write it to a file
    `_zeroos-build` in a directory of `$fpath`; fish: write it to
    `~/.config/fish/completions/zeroos-build.fish`.
    """
    from zeroos_build.completion import script

    sys.stdout.write(script(shell))
