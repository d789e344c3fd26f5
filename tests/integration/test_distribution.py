# SPDX-License-Identifier: MIT OR Apache-2.0
"""What is installed: the sdist makes the wheel, the wheel works alone, versions are exact."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.support.images import ROOT

PINNED = re.compile(
    r"^([a-z0-9-]+)==(\S+)(?: ; (.*?))? \\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)", re.M
)


def run(command: list[object], cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command that has to succeed, without anything of this environment's Python."""
    ours = ("PYTHON", "VIRTUAL_ENV", "PIP_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env={**kept, **environment}, text=True,
        capture_output=True, check=False, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that are under version control, at another path."""
    listed = run(["git", "ls-files", "-z"], ROOT).stdout.split("\0")
    directory = tmp_path_factory.mktemp("source") / "checkout"
    names = [name for name in listed if name and os.path.lexists(ROOT / name)]
    packed = directory.parent / "files.tar"
    with tarfile.open(packed, "w") as archive:
        for name in names:
            archive.add(ROOT / name, name, recursive=False)
    directory.mkdir()
    with tarfile.open(packed) as archive:
        archive.extractall(directory, filter="fully_trusted")
    return directory


@pytest.fixture(scope="module")
def built(checkout: Path) -> tuple[Path, Path]:
    """The sdist of the checkout, and the wheel that is made from the sdist."""
    out = checkout.parent / "dist"
    run([sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", out], checkout)
    (sdist,) = out.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(out / "unpacked", filter="fully_trusted")
    (inside,) = (out / "unpacked").iterdir()
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out], inside)
    (wheel,) = out.glob("*.whl")
    return sdist, wheel


def test_the_sdist_makes_the_same_wheel_as_the_checkout(
    checkout: Path, built: tuple[Path, Path], tmp_path: Path
) -> None:
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], checkout)
    (wheel,) = tmp_path.glob("*.whl")
    contents = []
    for path in (wheel, built[1]):
        with zipfile.ZipFile(path) as archive:
            contents.append({name: archive.read(name) for name in archive.namelist()})
    assert contents[0] == contents[1]
    names = contents[0].keys()
    assert any(name.endswith("data/share/man/man1/zeroos-build.1") for name in names)
    left = re.compile(r"executors/(.*/)?target/|\.pyc$")
    assert not [name for name in names if left.search(name)]


def test_a_fresh_environment_with_the_checkout_gone(
    checkout: Path, built: tuple[Path, Path], tmp_path: Path
) -> None:
    home = tmp_path / "environment"
    venv.create(home, with_pip=True)
    pip = [home / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    run([*pip, "--require-hashes", "-r", checkout / "constraints.txt"], tmp_path)
    run([*pip, "--no-deps", built[1]], tmp_path)
    checkout.rename(checkout.with_name("renamed"))
    try:
        tool = home / "bin" / "zeroos-build"
        version = json.loads(run([tool, "--version", "--json"], tmp_path).stdout)
        assert version["schema"] == 1 and version["packages"]["ziglang"]
        run([tool, "init", "first"], tmp_path)
        project = tmp_path / "first"
        run([tool, "check"], project)
        done = run([tool, "run", "-t", "sp1", "--executor", "embedded"], project)
        assert done.stdout
        report = (project / "build/zeroos/sp1/first.report.json").read_text()
        assert str(checkout) not in report
        assert run([tool, "completion", "bash"], tmp_path).stdout.startswith("# bash")
        assert "zeroos\\-build" in (home / "share/man/man1/zeroos-build.1").read_text()
        assert run([tool, "explain", "ZOS153"], tmp_path).stdout.startswith("ZOS153")
    finally:
        checkout.with_name("renamed").rename(checkout)


def test_the_versions_are_those_that_the_package_asks_for() -> None:
    text = (ROOT / "constraints.txt").read_text()
    pinned = {name: version for name, version, _, _ in PINNED.findall(text)}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for line in project["dependencies"]:
        wanted = Requirement(line)
        assert wanted.specifier.contains(pinned[wanted.name]), line
    # Every line that names a package has a version and hashes.
    names = re.findall(r"^([A-Za-z0-9_.-]+)(?===|\s|;|$)", text, re.M)
    assert set(names) == set(pinned)
