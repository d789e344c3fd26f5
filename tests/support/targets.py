# SPDX-License-Identifier: MIT OR Apache-2.0
"""The targets as test parameters: whatever lies in targets/ is tested."""

from __future__ import annotations

from typing import Any

import pytest

from zeroos_build.target import load_target, target_names


def every_target() -> list[str]:
    """All of them."""
    return list(target_names())


def with_executors() -> list[Any]:
    """All of them; those whose executor is built from executors/ come last."""
    return [
        pytest.param(
            name,
            marks=[pytest.mark.built_executor]
            if any(executor.kind == "command" for executor in load_target(name).executor)
            else [],
        )
        for name in target_names()
    ]
