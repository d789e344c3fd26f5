# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a panic leaves: exit code, message, the backtrace that the host makes."""

from __future__ import annotations

import pytest

from tests.support import cargo

TARGETS = ("qemu-virt", "sp1", "zisk", "jolt")
UNWIND = ("-p", "panics", "--panic", "unwind")


@pytest.fixture(scope="session")
def images() -> None:
    """All programs for all targets, with panics that abort."""
    cargo.need_rust()
    cargo.build(*TARGETS)


@pytest.mark.parametrize("target", TARGETS)
def test_abort(images: None, target: str) -> None:
    """The first panic ends the run as SIGABRT does; the host says where it stands."""
    found = cargo.run("panics", target)
    assert found.code == 134
    assert found.stdout == b""
    assert "index out of bounds: the len is 2 but the index is 2" in found.stderr
    assert "std::panicking" in found.stderr
    assert " main\n" in found.stderr


def test_unwind(qemu_user: None) -> None:
    """Caught panics, a thread's, and one that leaves main with 101: all as a Linux process does."""
    cargo.need_rust()
    cargo.build("linux", words=UNWIND)
    # Images of the same name, of records of another build: spike's are nobody else's.
    cargo.build("spike", words=UNWIND)
    expected, found = cargo.run("panics", "linux"), cargo.run("panics", "spike")
    assert (found.code, found.stdout) == (expected.code, expected.stdout) == (101, found.stdout)
    assert b"caught true\n" in found.stdout
    assert b"dropped in main\n" in found.stdout
    assert "nothing there" in found.stderr
