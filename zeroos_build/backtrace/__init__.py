# SPDX-License-Identifier: MIT OR Apache-2.0
"""Where a guest stands that failed: registers and symbolized frames, found on the host alone."""

from __future__ import annotations

from zeroos_build.backtrace.capture import Backtrace, Level, Stack, Stopped, capture
from zeroos_build.backtrace.source import Place
from zeroos_build.backtrace.unwind import Mode

__all__ = ["Backtrace", "Level", "Mode", "Place", "Stack", "Stopped", "capture"]
