# SPDX-License-Identifier: MIT OR Apache-2.0
"""The smallest manifest for a program: which policies and subsystems it needs, and which not.

What the program can reach is read from its probe; records of runs (`run --record`) say what it
really does. Nothing here acts: the result is what to change, and the changed text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zeroos_build.scan import Scan

if TYPE_CHECKING:
    from zeroos_build.manifest.toml import Document

_NOT_MET = "no recorded run calls it"
_MET = "it has no handler; Linux without it answers the same"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the manifest. `text` is an entry's value; None removes the entry."""

    key: tuple[str, ...]
    text: str | None
    why: str


def propose(found: Scan, policies: dict[str, str], records: list[dict[str, Any]]) -> list[Change]:
    """Changes that make the manifest fit, by key; none when it does already.

    `policies` are the manifest's, its name of a call to that of the call's spec.

    A call without a handler gets `halt` where records exist and none has it: what the recorded
    runs did not need ends a run by name. Else it gets `enosys`, what a kernel without it answers;
    for a refused call the reason is that of the refusal.
    """
    facts = found.facts
    met = {row["name"] for record in records for row in record["syscalls"]}
    known = facts.call_by_number()
    changes = []
    for number in sorted(found.numbers - known.keys()):
        name = facts.linux.get(number)
        if name is None:
            continue
        halts = bool(records) and name not in met
        without = facts.refused.get(number, _MET)
        action, reason = ("halt", _NOT_MET) if halts else ("enosys", without)
        text = f'{{ action = "{action}", reason = "{reason}" }}'
        why = f"the program reaches `{name}`, which has no handler"
        changes.append(Change(("abi", "policy", name), text, why))
    reached = {facts.linux_name(number) for number in found.numbers}
    for name, spec in policies.items():
        if spec not in reached:
            why = f"the program does not reach `{name}`"
            changes.append(Change(("abi", "policy", name), None, why))
    if facts.subsystems is not None:
        needed = sorted({call.subsystem for call in found.reachable} - {"policy"})
        if needed != sorted(facts.subsystems):
            quoted = ", ".join(f'"{name}"' for name in needed)
            why = "these are the subsystems that the program reaches"
            changes.append(Change(("abi", "subsystems"), f"[{quoted}]", why))
    return sorted(changes, key=lambda change: change.key)


def edit(document: Document, changes: Iterable[Change]) -> str:
    """The manifest's text with the changes; every other byte stays."""
    pieces: list[tuple[int, int, str]] = []
    added: list[Change] = []
    for change in changes:
        if change.key in document.values:
            start, end = document.values[change.key]
            if change.text is not None:
                pieces.append((start, end, change.text))
            else:
                pieces.append((*_lines(document, change.key, end), ""))
        elif change.text is not None:
            added.append(change)
    pieces += _insertions(document, added)
    text = document.text
    # From the end on, so that places before stay right; of two at one place the later name first.
    for start, end, new in sorted(pieces, key=lambda piece: piece[:2], reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _lines(document: Document, key: tuple[str, ...], end: int) -> tuple[int, int]:
    """The whole lines of an entry, with the comment behind it."""
    start = document.text.rfind("\n", 0, document.keys[key][0]) + 1
    newline = document.text.find("\n", end)
    return start, len(document.text) if newline < 0 else newline + 1


def _insertions(document: Document, changes: list[Change]) -> list[tuple[int, int, str]]:
    """Where new entries go: beside those of their table, sorted by name, else at the end."""
    text = document.text
    by_place: dict[int, list[str]] = {}
    missing: dict[tuple[str, ...], list[Change]] = {}
    for change in changes:
        table = change.key[:-1]
        beside = sorted(
            (key for key in document.keys if key[:-1] == table and len(key) == len(change.key)),
            key=str,
        )
        if not beside:
            missing.setdefault(table, []).append(change)
            continue
        before = [key for key in beside if str(key) < str(change.key)]
        neighbour = before[-1] if before else beside[0]
        start, end = _lines(document, neighbour, document.values[neighbour][1])  # type: ignore[arg-type]
        place = end if before else start
        prefix = text[start : document.keys[neighbour][0]]
        by_place.setdefault(place, []).append(f"{prefix}{change.key[-1]} = {change.text}\n")
    made = []
    for place, lines in by_place.items():
        gap = "\n" if place == len(text) and not text.endswith("\n") else ""
        made.append((place, place, gap + "".join(lines)))
    for table, rows in missing.items():
        body = "".join(f"{row.key[-1]} = {row.text}\n" for row in rows)
        place, head = _table_place(document, table)
        made.append((place, place, head + body))
    return made


def _table_place(document: Document, table: tuple[str, ...]) -> tuple[int, str]:
    """Behind a table's header if it stands there empty, else the file's end and a new header."""
    text, header = document.text, f"[{'.'.join(table)}]"
    at = 0
    for line in text.splitlines(keepends=True):
        at += len(line)
        if line.split("#")[0].strip() == header:
            return at, "" if line.endswith("\n") else "\n"
    gap = "" if not text or text.endswith("\n") else "\n"
    return len(text), f"{gap}\n{header}\n" if text else f"{header}\n"
