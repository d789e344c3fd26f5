# SPDX-License-Identifier: MIT OR Apache-2.0
"""Refused command lines: the words, held against a file, and nothing made."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from tests.support.wrappers import call


def check_refusal(
    expected: Path, command: str, project: Path, env: Mapping[str, str] | None = None
) -> None:
    """The command fails with the text of the file `expected`, and changes nothing in `project`.

    With UPDATE_GOLDEN in the environment the file is written first.
    """
    before = set(project.rglob("*"))
    result = call(*command.split(), cwd=project, env=env)
    text = result.stderr.decode().replace(str(project), "PROJECT")
    text = f"$ {command}\n{text}exit code {result.returncode}\n"
    if os.environ.get("UPDATE_GOLDEN"):
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(text)
    assert text == expected.read_text()
    assert result.returncode != 0
    assert set(project.rglob("*")) == before
    assert not result.stdout
