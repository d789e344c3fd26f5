# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a panic leaves: exit code, message, the backtrace that the host makes."""

from __future__ import annotations

import pytest

from tests.support import cargo
from zeroos_build.target import load_target

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
    passes = load_target(target).exit.codes == "pass-fail"
    assert found.code == (1 if passes else 134)
    assert found.stdout == b""
    assert "index out of bounds: the len is 2 but the index is 2" in found.stderr
    assert "std::panicking" in found.stderr
    assert " main\n" in found.stderr


def test_unwind(qemu_user: None) -> None:
    """As a Linux process: panics are caught, threads are joined, and one ends it with 101."""
    cargo.need_rust()
    cargo.build("linux", words=UNWIND)
    process = cargo.run("panics", "linux")
    assert process.code == 101
    assert b"caught true\n" in process.stdout
    assert b"dropped in main\n" in process.stdout
    assert "nothing there" in process.stderr
    # Images that abort lie under the same names.
    apart = cargo.target_dir().with_name("cargo-zeroos-unwind")
    cargo.build("qemu-virt", "sp1", words=UNWIND, directory=apart)
    for target in ("qemu-virt", "sp1"):
        found = cargo.run("panics", target, directory=apart)
        assert (found.code, found.stdout) == (101, process.stdout)
        assert "nothing there" in found.stderr
