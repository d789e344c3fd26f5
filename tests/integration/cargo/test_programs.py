# SPDX-License-Identifier: MIT OR Apache-2.0
"""Rust programs with std and well-known crates do as images what they do as Linux processes."""

from __future__ import annotations

import pytest

from tests.support import cargo
from zeroos_build.target import load_target

TARGETS = ("qemu-virt", "sp1", "zisk", "jolt")
# What differs by design is tested on its own.
PROGRAMS = ("clock", "hello", "json", "maps", "native", "patterns", "storage", "threads", "verify")


@pytest.fixture(scope="session")
def images() -> None:
    """All programs for all targets: one build, whoever asks first."""
    cargo.need_rust()
    cargo.build(*TARGETS)


@pytest.fixture(scope="session")
def processes() -> None:
    """All programs as Linux processes, with the std that tests of panics need as well."""
    cargo.need_rust()
    cargo.build("linux", words=("--panic", "unwind"))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("program", PROGRAMS)
def test_same_as_linux(
    images: None, processes: None, qemu_user: None, program: str, target: str
) -> None:
    expected, found = cargo.run(program, "linux"), cargo.run(program, target)
    passes = load_target(target).exit.codes == "pass-fail"
    code = min(expected.code, 1) if passes else expected.code
    assert (found.code, found.stdout) == (code, expected.stdout), found.stderr
    assert expected.stderr in found.stderr
