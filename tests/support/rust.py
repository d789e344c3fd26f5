# SPDX-License-Identifier: MIT OR Apache-2.0
"""cargo in tests: stock toolchain, bare-metal targets, no network, warnings denied."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.tools import REQUIRED, rust_target_missing
from zeroos_build import paths


def need_rust_target(target: str) -> None:
    """Skip without the target's core library; fail where tools are required and rustup is there.

    A distribution's Rust alone has no such targets.
    """
    reason = rust_target_missing(target)
    if reason is not None and REQUIRED and shutil.which("rustup"):
        pytest.fail(f"required here: {reason}")
    if reason is not None:
        pytest.skip(reason)


def cargo(project: Path, *words: str) -> None:
    """Run cargo in a project; what it compiles is kept for other tests."""
    environment = {
        **os.environ,
        "RUSTFLAGS": "-D warnings",
        "CARGO_TARGET_DIR": str(paths.cache_root() / "tests" / "cargo"),
    }
    done = subprocess.run(
        ["cargo", *words, "--quiet", "--offline"], cwd=project, env=environment,
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
