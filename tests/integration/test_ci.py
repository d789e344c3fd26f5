# SPDX-License-Identifier: MIT OR Apache-2.0
"""The linter as CI systems call it, on projects of a Makefile, of cargo and of CMake."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.support.images import ROOT
from tests.support.planted import plant

Planted = tuple[Path, list[tuple[str, str, int]]]

BIN = Path(sys.executable).parent
CARGO = """\
[package]
name = "guest"
version = "0.1.0"
edition = "2021"

[lib]
crate-type = ["staticlib"]
"""
CMAKE = "cmake_minimum_required(VERSION 3.20)\nproject(guest C)\nadd_library(guest STATIC lib.c)\n"
# Projects whose objects another build system makes later; each has one mistake.
CARGO_MANIFEST = """\
[image]
sources = ["main.c"]
objects = ["target/release/libguest.a"]
cflags = ["-march=native"]  # ZOS153
"""
CMAKE_MANIFEST = """\
[image]
sources = ["main.c"]
objects = ["out/libguest.a"]
[abi.random]
seed = "00ff"  # ZOS151
"""
MAIN = "int guest(void);\n\nint main(void)\n{\n    return guest();\n}\n"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """A git repository and its mistakes: code, file and line."""
    root = tmp_path_factory.mktemp("repository")
    planted = plant_in(root / "make")
    wanted = [(code, f"make/{file}", line) for (file, line), code in planted.items()]
    for name, manifest, files in (
        ("cargo", CARGO_MANIFEST, {"Cargo.toml": CARGO, "src/lib.rs": ""}),
        ("cmake", CMAKE_MANIFEST, {"CMakeLists.txt": CMAKE, "lib.c": ""}),
    ):
        for file, text in {"zeroos.toml": manifest, "main.c": MAIN, **files}.items():
            path = root / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        wanted += [
            (line.partition("# ")[2], f"{name}/zeroos.toml", number)
            for number, line in enumerate(manifest.splitlines(), 1)
            if "# ZOS" in line
        ]
    git = ["git", "-c", "user.name=test", "-c", "user.email=test@example.invalid"]
    for command in (["init", "-q"], ["add", "-A", "-f"], ["commit", "-q", "-m", "start"]):
        subprocess.run([*git, *command], cwd=root, check=True)
    return root, sorted(wanted)


def plant_in(directory: Path) -> dict[tuple[str, int], str]:
    directory.mkdir()
    return plant(directory)


def environment(**more: str) -> dict[str, str]:
    """This environment's programs first; none of its settings of the tool."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("ZEROOS_") or key == "ZEROOS_CACHE_DIR"
    }
    return {**kept, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", **more}


def annotations(text: str) -> list[tuple[str, str, int]]:
    rows = re.findall(r"^::\w+ file=([^,]+),line=(\d+),col=\d+,title=(ZOS\d+)::", text, re.M)
    return sorted((code, file, int(line)) for file, line, code in rows)


def step(name: str) -> str:
    """The script of a step of the action."""
    steps = yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]
    return str(next(s["run"] for s in steps if s.get("name") == name))


def act(root: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The action's check as a runner starts it."""
    given = {"BUILD": "false", "FORMAT": "github", "SARIF": "zeroos.sarif", **inputs}
    return subprocess.run(
        ["sh", "-e", "-c", step("check")], cwd=root, env=environment(**given), text=True,
        capture_output=True, check=False, timeout=300,
    )  # fmt: skip


def test_the_action_and_the_hooks_are_well_formed() -> None:
    for command in (
        ["check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"],
        ["pre-commit", "validate-manifest", ".pre-commit-hooks.yaml"],
    ):
        done = subprocess.run(
            [BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_annotates(repository: Planted) -> None:
    root, wanted = repository
    found = []
    for name in ("make", "cargo", "cmake"):
        done = act(root, ZEROOS_MANIFEST=name)
        assert done.returncode == (3 if name == "make" else 0), done.stderr
        found += annotations(done.stdout)
    assert sorted(found) == wanted


def test_the_action_writes_sarif(repository: Planted, tmp_path: Path) -> None:
    root, wanted = repository
    file = tmp_path / "findings.sarif"
    done = act(root, ZEROOS_MANIFEST="cmake/zeroos.toml", FORMAT="sarif", SARIF=str(file))
    assert done.returncode == 0, done.stderr
    (result,) = json.loads(file.read_text())["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    row = (result["ruleId"], place["artifactLocation"]["uri"], place["region"]["startLine"])
    assert [row] == [found for found in wanted if found[1].startswith("cmake/")]


def test_make(repository: Planted) -> None:
    root, wanted = repository
    done = subprocess.run(
        ["make", "-s", "check", "FLAGS=--format github"], cwd=root / "make", env=environment(),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    here = [(c, file.removeprefix("make/"), n) for c, file, n in wanted if file.startswith("make/")]
    assert annotations(done.stdout) == sorted(here)


def test_pre_commit(repository: Planted, tmp_path: Path) -> None:
    root, wanted = repository
    done = subprocess.run(
        [BIN / "pre-commit", "try-repo", ROOT, "zeroos-build-check", "--all-files"], cwd=root,
        env=environment(PRE_COMMIT_HOME=str(tmp_path)), capture_output=True, text=True,
        check=False, timeout=900,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    place = re.compile(r"(?:error|warning)\[(ZOS\d+)\]: [^\n]*\n +--> ([^:\n]+):(\d+)")
    found = sorted((code, file, int(line)) for code, file, line in place.findall(done.stdout))
    assert found == wanted


def test_the_repository_is_as_it_was(repository: Planted) -> None:
    done = subprocess.run(
        ["git", "status", "--short"], cwd=repository[0], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
