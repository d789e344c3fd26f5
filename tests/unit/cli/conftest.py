# SPDX-License-Identifier: MIT OR Apache-2.0
"""Command lines in a project's directory, without a process of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from zeroos_build import process
from zeroos_build.cli.app import run_command_line


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Cli = Callable[..., Ended]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the caller's shell reaches a test."""
    for name in ("TARGET", "MANIFEST", "TOOLCHAIN", "SET", "EXECUTOR", "DEBUG"):
        monkeypatch.delenv(f"ZEROOS_{name}", raising=False)
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(process, "on_command", None)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current directory: `hello/` with a main.c."""
    path = tmp_path / "hello"
    path.mkdir()
    (path / "main.c").write_text("int main(void) { return 0; }\n")
    monkeypatch.chdir(path)
    return path


@pytest.fixture
def cli(project: Path, capfd: pytest.CaptureFixture[str]) -> Cli:
    """Runs a command line."""

    def run(*arguments: str) -> Ended:
        capfd.readouterr()
        code = run_command_line(arguments)
        out, err = capfd.readouterr()
        return Ended(code, out, err)

    return run
