# SPDX-License-Identifier: MIT OR Apache-2.0
"""The record of a link: what stands where cargo expects an executable.

Libraries stay where cargo keeps them, and are named by path. Objects that rustc removes after the
link are kept beside the record.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from zeroos_build import files
from zeroos_build.diagnostics import error
from zeroos_build.wrap.command import Command

SCHEMA = 1
_KIND = "zeroos-link"


@dataclass(frozen=True)
class LinkRecord:
    """A link: items as in `Command.items`, with absolute paths; the package's directory."""

    items: list[tuple[str, str]]
    search: list[str]
    options: list[str]
    settings: list[str]
    package: str

    def text(self) -> str:
        """The record as a file."""
        return json.dumps({_KIND: SCHEMA, **asdict(self)}, indent=1) + "\n"


def write_record(command: Command, output: Path) -> None:
    """Keep what a linker's command line says; `output` is where the executable would be."""
    kept = output.with_name(output.name + ".objects")
    files.remove_tree(kept)
    items: list[tuple[str, str]] = []
    for number, (kind, text) in enumerate(command.items):
        if kind == "source":
            raise error("ZOS131", f"a linker has no use for the source `{text}`")
        if kind != "file":
            items.append((kind, text))
            continue
        path = Path(text).absolute()
        if path.suffix == ".o":
            copy = kept / f"{number:03}" / path.name
            files.copy(path, copy)
            path = copy
        items.append((kind, str(path)))
    record = LinkRecord(
        items=items,
        search=[str(Path(path).absolute()) for path in command.search],
        options=list(command.ld),
        settings=list(command.settings),
        package=os.environ.get("CARGO_MANIFEST_DIR") or str(Path.cwd()),
    )
    # cargo runs only what has the mode of a program.
    files.write_bytes(output, record.text().encode(), executable=True)


def read_record(path: Path) -> LinkRecord:
    """The inverse. Raises ZOS188 for a file that is no record."""
    try:
        data: dict[str, Any] = json.loads(path.read_bytes())
        if data.pop(_KIND) != SCHEMA:
            raise ValueError
        data["items"] = [(str(kind), str(text)) for kind, text in data["items"]]
        return LinkRecord(**data)
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise error("ZOS703", f"cannot read `{path}`: {reason}") from problem
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise error(
            "ZOS188",
            f"`{path}` was not made by `zeroos-build cargo`",
            notes=["it is not the record of a link"],
            help="build it again: `zeroos-build cargo build`",
        ) from problem
