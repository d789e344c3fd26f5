# SPDX-License-Identifier: MIT OR Apache-2.0
"""Which words of `zeroos-build cargo` are ours."""

from __future__ import annotations

import pytest

from zeroos_build.cargo.arguments import split


def test_ours_stand_anywhere_before_the_guests() -> None:
    found = split(
        "+nightly build -p x -t sp1 --release --set build.optimize=s -- -t mine --set a".split()
    )
    assert found.cargo == "+nightly build -p x --release -- -t mine --set a".split()
    assert found.values("-t", "--zeroos-target") == ["sp1"]
    assert found.last("--set") == "build.optimize=s"
    assert found.toolchain == "+nightly"
    assert found.verb == "build"


def test_both_forms_of_a_long_option() -> None:
    found = split(["--panic=unwind", "--no-std", "run", "--panic", "abort"])
    assert found.values("--panic") == ["unwind", "abort"]
    assert found.has("--no-std")
    assert not found.has("--symbolizer")


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        ("--config a.toml test -q", "test"),
        ("-Z unstable-options -v build", "build"),
        ("--version", None),
        ("", None),
    ],
)
def test_verb(words: str, verb: str | None) -> None:
    assert split(words.split()).verb == verb


def test_a_value_is_missing() -> None:
    assert split(["build", "-t"]).unfinished == "-t"
