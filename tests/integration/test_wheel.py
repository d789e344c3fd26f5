# SPDX-License-Identifier: MIT OR Apache-2.0
"""The wheel works without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.images import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked where nothing of the checkout is in reach."""
    directory = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--wheel-dir", directory, ROOT],
        check=True, timeout=300, capture_output=True,
    )  # fmt: skip
    (wheel,) = directory.glob("*.whl")
    target = directory / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def run(installed: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The installed command; everything but the package itself comes from this environment."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(
        [sys.executable, "-m", "zeroos_build", *arguments], cwd=cwd, env=environment, text=True,
        capture_output=True, check=False, timeout=300,
    )  # fmt: skip


def test_data_is_inside(installed: Path) -> None:
    data = installed / "zeroos_build" / "data"
    for name in ("templates", "libos", "syscall_specs", "targets", "executors"):
        assert (data / name).is_dir()
    assert not list(data.rglob("target/release"))
    assert sum(p.stat().st_size for p in data.rglob("*") if p.is_file()) < 3 << 20


def test_from_init_to_run(installed: Path, tmp_path: Path) -> None:
    project = tmp_path / "first"
    done = run(installed, "init", "first", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = run(installed, "run", "-t", "sp1", "--executor", "embedded", cwd=project)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    code = (
        "import zeroos_build, zeroos_build.paths as p; print(zeroos_build.__file__, p.data_root())"
    )
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    where = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert str(ROOT) not in where.stdout
