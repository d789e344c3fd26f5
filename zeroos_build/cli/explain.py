# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from zeroos_build.cli import output
from zeroos_build.cli.options import usage_error
from zeroos_build.diagnostics import Entry, catalogue


def command(
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="Such as ZOS101.")] = None,
) -> None:
    """Explain the code of a diagnostic.

    Without CODE, lists all codes; for lint rules with their default severity.
    """
    entries = catalogue()
    if code is None:
        rows = [(entry.code, entry.default or "-", entry.title) for entry in entries.values()]
        codes = [{"code": code, "rule": level, "title": title} for code, level, title in rows]
        output.result(output.table(("CODE", "RULE", "MEANING"), rows), codes=codes)
        return
    wanted = code.upper() if code.upper().startswith("ZOS") else f"ZOS{code}"
    entry = entries.get(wanted)
    if entry is None:
        from difflib import get_close_matches

        close = get_close_matches(wanted, entries, n=1)
        raise usage_error(
            f"there is no code `{code}`",
            f"did you mean `{close[0]}`?" if close else "`zeroos-build explain` lists all codes",
        )
    output.result(
        [f"{entry.code}: {entry.title}", "", entry.explain, "", _severity(entry)],
        code=entry.code,
        title=entry.title,
        explain=entry.explain,
        exit=entry.exit_code,
        default=entry.default,
        soundness=entry.soundness,
    )


def _severity(entry: Entry) -> str:
    if entry.default is None:
        return f"An error; the command ends with exit code {entry.exit_code}."
    bound = "cannot be off" if entry.soundness else "can be error, warning or off"
    return f"A lint rule: {entry.default} by default; under [lint] it {bound}."
