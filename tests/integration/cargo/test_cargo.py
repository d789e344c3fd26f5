# SPDX-License-Identifier: MIT OR Apache-2.0
"""cargo's own commands: `run`, `test`, `check`, arguments, settings, and what is not built twice.

They use spike alone, whose images no other test makes.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import cargo
from tests.support.objects import assemble

HARD = ".globl f\n.type f, @function\nf: li a0, 0\n ret\n.size f, .-f\n"
EMBEDDED = {"ZEROOS_EXECUTOR": "embedded"}
RELEASE = ("--release", "--locked")


@pytest.fixture(autouse=True)
def rust() -> None:
    cargo.need_rust()


def test_run() -> None:
    """The guest's stdout is stdout and its exit code the exit code, through cargo as well."""
    done = cargo.cargo("run", "-q", "-p", "hello", *RELEASE, "-t", "spike", env=EMBEDDED)
    assert done.returncode == 7, done.stderr
    assert done.stdout == "Hello from Rust: [1, 4, 9, 16, 25]\n"
    assert "and a word on stderr: 1.414" in done.stderr


def test_target_of_the_environment(tmp_path: Path) -> None:
    """`--stats` says where it ran; another target compiles nothing again."""
    words = ("run", "-p", "hello", *RELEASE, "--stats", str(tmp_path / "stats.json"))
    done = cargo.cargo(*words, env={**EMBEDDED, "ZEROOS_TARGET": "spike"})
    assert done.returncode == 7, done.stderr
    assert "Compiling" not in done.stderr
    assert '"target": "spike"' in (tmp_path / "stats.json").read_text()


def test_check() -> None:
    done = cargo.cargo("check", "-q", "-p", "hello", *RELEASE, "-t", "spike")
    assert done.returncode == 0, done.stderr


def test_secure_random_numbers_are_denied() -> None:
    """The build warns with the chain; the run ends by name and hands out nothing."""
    done = cargo.cargo("run", "-q", "-p", "random", *RELEASE, "-t", "spike", env=EMBEDDED)
    assert done.returncode == 134
    assert done.stdout == ""
    assert "warning[ZOS442]" in done.stderr
    assert "random::main" in done.stderr
    assert "getrandom" in done.stderr


def test_random_numbers_of_a_seed() -> None:
    """The same seed gives the same bytes, another one gives others; neither compiles anything."""

    def printed(seed: str) -> str:
        settings = ("--set", "abi.random.source=seed", "--set", f"abi.random.seed={seed}")
        words = ("run", "-q", "-p", "random", *RELEASE, "-t", "spike", *settings)
        done = cargo.cargo(*words, env=EMBEDDED)
        assert done.returncode == 0, done.stderr
        assert "ZOS442" not in done.stderr
        return done.stdout

    first, again, other = printed("00ff"), printed("00ff"), printed("00fe")
    assert first == again != other
    assert first.startswith("[") and first.count(",") == 15


def test_tests() -> None:
    """`#[test]`s run on the embedded machine; arguments choose among them."""
    words = ("test", "-q", "-p", "tested", "--lib", *RELEASE, "-t", "spike")
    done = cargo.cargo(*words)
    assert done.returncode == 0, done.stderr
    assert "test result: ok. 2 passed; 0 failed; 1 ignored" in done.stdout
    done = cargo.cargo(*words, "--", "--ignored", "wrong")
    assert done.returncode == 134, done.stderr
    assert "left: 2" in done.stderr


@pytest.mark.parametrize(
    ("code", "flags"),
    [("ZOS412", {"march": "rv64imafd", "mabi": "lp64d"}),
     ("ZOS411", {"march": "rv32im", "mabi": "ilp32"})],
)  # fmt: skip
def test_objects_of_another_abi(tmp_path: Path, code: str, flags: dict[str, str]) -> None:
    """Linked by a build script, refused by name."""
    given = tmp_path / "given.o"
    given.write_bytes(assemble(HARD, **flags))
    words = ("run", "-q", "-p", "foreign", *RELEASE, "-t", "spike")
    done = cargo.cargo(*words, env={"FOREIGN_OBJECT": str(given)})
    assert done.returncode == 125
    assert f"error[{code}]: `given.o`" in done.stderr
