# SPDX-License-Identifier: MIT OR Apache-2.0
"""Exceptions that are no diagnostics of ours, in our form."""

from __future__ import annotations

from zeroos_build.diagnostics import Diagnostic


def system_error(problem: OSError) -> Diagnostic:
    """The system refuses something that no module of ours has better words for."""
    reason = (problem.strerror or str(problem)).lower()
    place = f"`{problem.filename}`" if problem.filename else "a file"
    return Diagnostic("ZOS703", f"cannot use {place}: {reason}")


def bug(problem: Exception) -> Diagnostic:
    """What never happens."""
    words = f"{type(problem).__name__}: {problem}" if str(problem) else type(problem).__name__
    return Diagnostic(
        "ZOS799",
        f"this is a bug in zeroos-build: {words}",
        notes=("what this command left behind should not be trusted",),
        help="report it with the command line; `ZEROOS_DEBUG=1` prints where it happened",
    )
