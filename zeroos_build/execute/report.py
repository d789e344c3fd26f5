# SPDX-License-Identifier: MIT OR Apache-2.0
"""What to tell about a run that did not end well, and about executors that are missing."""

from __future__ import annotations

from zeroos_build.diagnostics import Diagnostic, error
from zeroos_build.execute.found import FoundExecutor
from zeroos_build.execute.real import find_executor
from zeroos_build.execute.request import RunResult
from zeroos_build.target import Target


def diagnose(result: RunResult) -> Diagnostic | None:
    """The finding for a run with a message: ZOS608 at the limit, else ZOS604."""
    if result.message is None:
        return None
    if result.outcome == "limit":
        return Diagnostic("ZOS608", result.message, help="give a larger `--limit`")
    return Diagnostic(
        "ZOS604",
        result.message,
        notes=(f"{result.executor} ended the run: {result.outcome}",),
    )


def require_executor(target: Target) -> FoundExecutor:
    """The target's real executor; ZOS601 when it is not installed."""
    found = find_executor(target)
    if isinstance(found, str):
        raise error(
            "ZOS601",
            found,
            notes=[f"`--executor real` needs it to run images of {target.title}"],
            help="install it, or use `--executor embedded`",
        )
    return found
