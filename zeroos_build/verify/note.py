# SPDX-License-Identifier: MIT OR Apache-2.0
"""What an image was built with, as its note says it: that decides what is right in it.

A note is part of the image, so what it says is believed only as far as the target allows it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zeroos_build.bare import bare_facts, with_own_handlers
from zeroos_build.diagnostics import error
from zeroos_build.facts import Facts, Policy

if TYPE_CHECKING:
    from zeroos_build.target import Target


def facts_of(note: dict[str, Any] | None, target: Target) -> Facts:
    """The facts to check an image by. ZOS507 for a dispatch that the target does not have."""
    note = note or {}
    facts = with_own_handlers(bare_facts(str(target.directory), _policy(note)), _handlers(note))
    dispatch = note.get("dispatch", facts.dispatch)
    if dispatch not in target.dispatch.modes:
        raise error(
            "ZOS507",
            f"the image was built for the dispatch `{dispatch}`, which {target.name} does not have",
            help=f"build it again with `--dispatch {target.dispatch.modes[0]}`",
        )
    return replace(facts, dispatch=dispatch)


def _policy(note: dict[str, Any]) -> dict[str, Policy]:
    rows = note.get("policy")
    found = {}
    for name, row in rows.items() if isinstance(rows, dict) else ():
        if isinstance(row, list) and len(row) == 2 and isinstance(row[0], str):
            found[str(name)] = Policy(row[0], row[1] if isinstance(row[1], int) else None, "")
    return found


def _handlers(note: dict[str, Any]) -> dict[str, tuple[int, str]]:
    """Calls with handlers of the project's own: number and kind."""
    rows = note.get("handlers")
    found = {}
    for name, row in rows.items() if isinstance(rows, dict) else ():
        if isinstance(row, list) and len(row) == 2 and isinstance(row[0], int):
            found[str(name)] = (row[0], str(row[1]))
    return found
