# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a panic leaves: exit code, message, the backtrace that the host makes."""

from __future__ import annotations

import pytest

from tests.support import cargo

TARGETS = ("qemu-virt", "sp1", "zisk", "jolt")
MESSAGE = "nothing there"


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
    assert "panics::third_item" in found.stderr
