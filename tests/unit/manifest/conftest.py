# SPDX-License-Identifier: MIT OR Apache-2.0
"""A project directory to write manifests into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from zeroos_build.diagnostics import ZeroosError
from zeroos_build.manifest import Project, load

Make = Callable[..., Project]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """`hello/` with a main.c."""
    path = tmp_path / "hello"
    path.mkdir()
    (path / "main.c").write_text("int main(void) { return 0; }\n")
    return path


@pytest.fixture
def make(directory: Path) -> Make:
    """Writes a manifest and loads it."""

    def write_and_load(
        text: str,
        *,
        target: str | None = None,
        flags: Mapping[str, str] | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Project:
        (directory / "zeroos.toml").write_text(text)
        return load(directory, target=target, flags=flags or {}, env=env)

    return write_and_load


@pytest.fixture
def codes(make: Make) -> Callable[..., list[str]]:
    """The codes of what is wrong with a manifest, in order."""

    def wrong(text: str, **rest: object) -> list[str]:
        try:
            make(text, **rest).resolve()
        except ZeroosError as problem:
            return [diagnostic.code for diagnostic in problem.diagnostics]
        return []

    return wrong
