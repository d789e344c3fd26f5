# SPDX-License-Identifier: MIT OR Apache-2.0
"""Tools that tests ask for: waited for, skipped with the reason, or required."""

from __future__ import annotations

import faulthandler
import os
import shutil
import signal
import sys

import pytest

from tests.support.tools import REQUIRED, TOOLS, wait_for_executor

# Tests start thousands of Python processes; without these files each compiles the package anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# A shell has what it starts in the background ignore interrupts, which some tests send.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Seconds of one test, as pyproject.toml has them.
_limit = [0.0]


def need(reason: str | None) -> None:
    """Skip for a reason, or fail where tools are required."""
    if reason is None:
        return
    if REQUIRED:
        pytest.fail(f"required here: {reason}")
    pytest.skip(reason)


def need_program(name: str) -> None:
    """Skip, or fail where tools are required, when a program is missing."""
    if shutil.which(name) is None:
        package = next((tool.package for tool in TOOLS if tool.program == name), name)
        need(f"{name} is not installed (Debian: {package})")


@pytest.fixture
def qemu_user() -> None:
    """The oracle."""
    need_program("qemu-riscv64")
    need_program("qemu-riscv32")


@pytest.fixture
def qemu_system() -> None:
    """QEMU virt's own executor."""
    need_program("qemu-system-riscv64")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the limit of a test where it can be found."""
    _limit[0] = float(config.getini("faulthandler_timeout") or 0)


def need_executor(target: str) -> None:
    """Wait for a target's own executor, which may still be building in the background."""
    # That takes as long as it takes, and has a limit of its own.
    faulthandler.cancel_dump_traceback_later()
    try:
        reason = wait_for_executor(target)
    finally:
        if _limit[0]:
            faulthandler.dump_traceback_later(_limit[0], file=sys.__stderr__, exit=True)
    need(reason)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that wait for an executor come last: it is being built while the others run."""
    items.sort(key=lambda item: item.get_closest_marker("built_executor") is not None)
