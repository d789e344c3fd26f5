# SPDX-License-Identifier: MIT OR Apache-2.0
"""The linter as CI systems call it, on projects of a Makefile, of cargo and of CMake."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.conftest import need_program
from tests.support.findings import READERS, Row, read_github, read_text
from tests.support.images import ROOT
from tests.support.repository import (
    BIN,
    IMAGE_RULES,
    RUST_TARGET,
    build_libraries,
    write_repository,
)
from tests.support.rust import need_rust_target
from zeroos_build.check import rules
from zeroos_build.check.subject import Block

Planted = tuple[Path, list[Row]]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """A git repository and its mistakes."""
    root = tmp_path_factory.mktemp("repository")
    return root, write_repository(root)


@pytest.fixture(scope="module")
def built(repository: Planted) -> list[str]:
    """The projects whose libraries cargo and CMake have made."""
    need_program("cmake")
    return build_libraries(repository[0])


def environment(**more: str) -> dict[str, str]:
    """This environment's programs first; none of its settings of the tool."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("ZEROOS_") or key == "ZEROOS_CACHE_DIR"
    }
    return {**kept, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", **more}


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


def test_each_rule_has_its_mistake(repository: Planted) -> None:
    blocks: tuple[Block, ...] = ("manifest", "objects", "image")
    known = {rule.CODE for block in blocks for rule in rules(block)}
    assert {code for code, _, _ in repository[1]} == known


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize(("name", "code"), [("make", 3), ("cargo", 5), ("cmake", 0)])
def test_the_action(
    repository: Planted, built: list[str], name: str, code: int, form: str, tmp_path: Path
) -> None:
    root, wanted = repository
    if name == "cargo" and name not in built:
        need_rust_target(RUST_TARGET)
    # The Makefile's project has objects that no image can be made of.
    build = "false" if name == "make" else "true"
    file = tmp_path / "findings.sarif"
    done = act(root, ZEROOS_MANIFEST=name, BUILD=build, FORMAT=form, SARIF=str(file))
    assert done.returncode == code, done.stderr
    out = file.read_text() if form == "sarif" else done.stdout
    assert sorted(READERS[form](out, done.stderr)) == [
        row for row in wanted if row[1].startswith(f"{name}/")
    ]
    if name == "cargo":
        # Those who contribute most to what is over its budget, by the names of their authors.
        assert "libguest.a(compiler_builtins-" in out + done.stderr
        assert "`compiler_builtins::" in out + done.stderr
        assert "_RNv" not in out + done.stderr


def test_the_way_to_a_call_of_a_crate(repository: Planted, built: list[str]) -> None:
    need_rust_target(RUST_TARGET)
    for words in (["getppid"], ["syscall:getppid", "--all"]):
        done = subprocess.run(
            [BIN / "zeroos-build", "why", *words, "--json"], cwd=repository[0] / "cargo",
            env=environment(), text=True, capture_output=True, check=True, timeout=300,
        )  # fmt: skip
        (chain,) = json.loads(done.stdout)["chains"]
        hops = [(h["name"], h["crate"], h["file"], h["line"]) for h in chain["hops"]]
        assert hops[:3] == [
            ("main", None, "main.c", 7),
            ("guest", "guest", "src/lib.rs", 21),
            ("guest::inner::parent", "guest", "src/lib.rs", 15),
        ]
        owners = [hop["object"] for hop in chain["hops"]]
        assert [o.partition("(")[0] for o in owners] == [
            "main.c.o", "libguest.a", "libguest.a", "libc.a",
        ]  # fmt: skip


def test_make(repository: Planted) -> None:
    root, wanted = repository
    done = subprocess.run(
        ["make", "-s", "check", "FLAGS=--format github"], cwd=root / "make", env=environment(),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    here = [(c, file.removeprefix("make/"), n) for c, file, n in wanted if file.startswith("make/")]
    assert sorted(read_github(done.stdout, "")) == sorted(here)


def test_pre_commit(repository: Planted, tmp_path: Path) -> None:
    root, wanted = repository
    done = subprocess.run(
        [BIN / "pre-commit", "try-repo", ROOT, "zeroos-build-check", "--all-files"], cwd=root,
        env=environment(PRE_COMMIT_HOME=str(tmp_path)), capture_output=True, text=True,
        check=False, timeout=900,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    # The hook builds nothing.
    assert sorted(read_text("", done.stdout)) == [row for row in wanted if row[0] < IMAGE_RULES]


def test_the_repository_is_as_it_was(repository: Planted) -> None:
    done = subprocess.run(
        ["git", "status", "--short"], cwd=repository[0], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
