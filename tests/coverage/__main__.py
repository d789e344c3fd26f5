# SPDX-License-Identifier: MIT OR Apache-2.0
"""`python -m tests.coverage --check` after the conformance tests; `--write` renews the table."""

from __future__ import annotations

import argparse
import sys

from tests.conformance.expectation import properties
from tests.coverage import GAPS, ROOT, TARGETS, Coverage, gaps, merge, wanted
from tests.coverage.table import text
from zeroos_build import files

_PAGE = ROOT / "docs" / "coverage.md"
_RUN = "pytest tests/conformance -k '" + " or ".join(f"({t}-call)" for t in TARGETS) + "'"


def problems(found: Coverage) -> list[str]:
    """What is wrong, a line each."""
    listed = gaps()
    shown = {f"{call}.{what}" for call, what in wanted() if found.where(call, what)}
    asked = {f"{call}.{what}" for call, what in wanted()}
    wrong = [f"{what}: no program shows it, and gaps.toml does not say why"
             for what in sorted(asked - shown - listed.keys())]  # fmt: skip
    wrong += [f"{what}: a program shows it; remove it from gaps.toml"
              for what in sorted(shown & listed.keys())]  # fmt: skip
    wrong += [f"{what}: gaps.toml speaks of what no spec has" for what in listed.keys() - asked]
    return wrong


def _drop_needless_gaps(found: Coverage) -> None:
    asked = {f"{call}.{what}": found.where(call, what) for call, what in wanted()}
    lines = GAPS.read_text("utf-8").splitlines(keepends=True)
    kept = [
        line
        for line in lines
        if not line.startswith('"') or asked.get(line.split('"')[1], "gone") is None
    ]
    if kept != lines:
        files.write_text(GAPS, "".join(kept))


def main() -> int:
    """Exit code 1 where something is missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.coverage")
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--check", action="store_true")
    action.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    found = merge(properties())
    if found.missing:
        print(f"no record, or an old one, of {', '.join(found.missing[:5])}", file=sys.stderr)
        print(f"{len(found.missing)} in all: run {_RUN}", file=sys.stderr)
        return 1
    if chosen.write:
        _drop_needless_gaps(found)
        files.write_text(_PAGE, text(found))
    wrong = problems(found)
    if chosen.check and (not _PAGE.is_file() or _PAGE.read_text("utf-8") != text(found)):
        wrong.append("docs/coverage.md is old: python -m tests.coverage --write")
    for line in wrong:
        print(line, file=sys.stderr)
    rows = wanted()
    shown = sum(found.where(call, what) is not None for call, what in rows)
    print(f"coverage: {shown} of {len(rows)} calls and errors are shown, {len(gaps())} gaps listed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
