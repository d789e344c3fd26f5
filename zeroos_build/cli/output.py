# SPDX-License-Identifier: MIT OR Apache-2.0
"""Results on stdout: a JSON object, plain tables, and texts that `-o` sends to a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from zeroos_build.cli import settings
from zeroos_build.cli.render import json_text, print_text
from zeroos_build.diagnostics import Diagnostic


def result(lines: Iterable[str], diagnostics: Sequence[Diagnostic] = (), **payload: Any) -> None:
    """The result of a command that went well: `lines` as text, or `payload` with `--json`.

    Warnings go with it.
    """
    if settings.current.json:
        sys.stdout.write(json_text(True, diagnostics, **payload))
        return
    if diagnostics:
        print_text(diagnostics)
    for line in lines:
        print(line)


def note(text: str) -> None:
    """A remark on stderr that `-q` and `--json` silence."""
    if not settings.current.quiet and not settings.current.json:
        print(text, file=sys.stderr)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns of plain text, as wide as they need to be."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = []
    for row in [head, *rows]:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        lines.append("  ".join(cells).rstrip())
    return lines
