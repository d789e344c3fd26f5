# SPDX-License-Identifier: MIT OR Apache-2.0
"""A failed run once more, on the embedded machine: real executors cannot be looked into."""

from __future__ import annotations

from dataclasses import replace

from zeroos_build.diagnostics import ZeroosError
from zeroos_build.execute.embedded import run_embedded
from zeroos_build.execute.request import RunRequest, RunResult

# The same image and input take the same instructions, but for what targets count otherwise.
_SLACK = 1_000_000
# Where the executor does not count: half a minute of the strict machine.
_UNCOUNTED = 2_000_000_000


def replay(request: RunRequest, result: RunResult) -> RunResult | None:
    """The run again, its streams dropped; None if the embedded machine cannot run it.

    The result has a backtrace only if the run fails there too.
    """
    count = result.instructions
    limit = _UNCOUNTED if count is None else 2 * count + _SLACK
    try:
        again = run_embedded(
            replace(request, stdout=None, stderr=None, output=None, trace=None, limit=limit)
        )
    except ZeroosError:
        return None
    return None if again.outcome == "limit" else again
