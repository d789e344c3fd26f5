# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build docs` (hidden): for the developers of this package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zeroos_build.cli import output
from zeroos_build.cli.options import usage_error
from zeroos_build.diagnostics import Diagnostic, Location, ZeroosError


def command(
    write: Annotated[bool, typer.Option("--write", help="Write the files that differ.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Fail if a file differs.")] = False,
) -> None:
    """Write docs/ anew, or check that it is current."""
    from zeroos_build import files
    from zeroos_build.docs import generate
    from zeroos_build.paths import data_root

    if write == check:
        raise usage_error("say either `--write` or `--check`")
    root = data_root()
    found = []
    written = []
    for name, text in generate().items():
        path = root / name
        if write and files.write_if_changed(path, text.encode()):
            written.append(name)
        if check and (not path.is_file() or path.read_text("utf-8") != text):
            message = f"`{name}` is not what the code would give now"
            fix = "run `zeroos-build docs --write` and commit the result"
            found.append(Diagnostic("ZOS712", message, Location(str(Path(name))), (), fix))
    if found:
        raise ZeroosError(found)
    output.result([f"wrote {name}" for name in written], written=written)
