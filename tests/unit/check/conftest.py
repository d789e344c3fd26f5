# SPDX-License-Identifier: MIT OR Apache-2.0
"""Lints a manifest given as text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from zeroos_build.check import lint
from zeroos_build.diagnostics import Diagnostic
from zeroos_build.manifest import load

Lint = Callable[[str], list[Diagnostic]]


@pytest.fixture
def findings(tmp_path: Path) -> Lint:
    """What the linter says for each target that the manifest names."""
    (tmp_path / "main.c").write_text("")

    def run(text: str) -> list[Diagnostic]:
        (tmp_path / "zeroos.toml").write_text(text)
        project = load(tmp_path)
        return lint(project, [project.resolve(name) for name in project.named_targets()])

    return run
