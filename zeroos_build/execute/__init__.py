# SPDX-License-Identifier: MIT OR Apache-2.0
"""Running images: one interface over the embedded machine and the real executors."""

from __future__ import annotations

from zeroos_build.execute.embedded import run_embedded
from zeroos_build.execute.found import FoundExecutor
from zeroos_build.execute.real import executor_home, find_executor, run_real
from zeroos_build.execute.replay import replay
from zeroos_build.execute.report import diagnose, require_executor
from zeroos_build.execute.request import Outcome, RunRequest, RunResult, Sink, TraceEvent

__all__ = [
    "FoundExecutor",
    "Outcome",
    "RunRequest",
    "RunResult",
    "Sink",
    "TraceEvent",
    "diagnose",
    "executor_home",
    "find_executor",
    "replay",
    "require_executor",
    "run_embedded",
    "run_real",
]
