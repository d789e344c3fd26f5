# SPDX-License-Identifier: MIT OR Apache-2.0
"""Running images: one interface over the embedded machine and the real executors."""

from __future__ import annotations

from zeroos_build.execute.embedded import run_embedded
from zeroos_build.execute.request import Outcome, RunRequest, RunResult, Sink, TraceEvent

__all__ = [
    "Outcome",
    "RunRequest",
    "RunResult",
    "Sink",
    "TraceEvent",
    "run_embedded",
]
