# SPDX-License-Identifier: MIT OR Apache-2.0
"""What is said when a file cannot be written, and what is left behind."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from zeroos_build import files
from zeroos_build.diagnostics import ZeroosError


def _problem(path: Path) -> str:
    with pytest.raises(ZeroosError) as caught:
        files.write_text(path, "text")
    (item,) = caught.value.diagnostics
    return f"{item.code} {item.message}"


def test_a_directory_in_the_place_of_the_file(tmp_path: Path) -> None:
    """The error is the renaming's, whose first name is that of the file aside."""
    place = tmp_path / "out"
    (place / "held").mkdir(parents=True)
    assert _problem(place) == f"ZOS701 cannot write `{place}`: is a directory"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "out"
    place.write_text("before")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fchmod", full)
    assert _problem(place) == f"ZOS702 cannot write `{place}`: the disk is full"
    assert place.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_in_the_place_of_a_directory(tmp_path: Path) -> None:
    """Then that file is what has to go."""
    (tmp_path / "file").write_text("")
    assert _problem(tmp_path / "file/out") == f"ZOS701 cannot write `{tmp_path}/file`: file exists"
