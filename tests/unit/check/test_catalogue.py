# SPDX-License-Identifier: MIT OR Apache-2.0
"""The catalogue of diagnostics and the code that raises them agree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zeroos_build import diagnostics
from zeroos_build.diagnostics import Entry, catalogue

PACKAGE = Path(diagnostics.__file__).parent
EXITS = {1, 2, 3, 4, 5, 124, 125}


def _raised() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).parts[0] in ("data", "docs"):
            continue
        # Codes in docstrings and comments are only mentioned.
        for code in re.findall(r'"(ZOS\d{3})"', path.read_text("utf-8")):
            if path.name != "diagnostics.py":
                found.setdefault(code, set()).add(str(path.relative_to(PACKAGE)))
    return found


def test_every_code_that_is_raised_is_explained() -> None:
    unknown = {code: places for code, places in _raised().items() if code not in catalogue()}
    assert not unknown


def test_every_explained_code_is_raised() -> None:
    assert not set(catalogue()) - set(_raised())


@pytest.mark.parametrize("entry", catalogue().values(), ids=lambda entry: entry.code)
def test_entry(entry: Entry) -> None:
    assert re.fullmatch(r"ZOS[1-7]\d\d", entry.code)
    assert entry.exit_code in EXITS
    assert entry.title[0] in "`I" or entry.title[0].islower()
    assert not entry.title.endswith(".")
    sentences = re.findall(r"[.?](?:\s|$)", entry.explain)
    assert 2 <= len(sentences) <= 8
    assert max(map(len, entry.explain.split("\n"))) <= 100
    assert entry.default in (None, "error", "warning")
