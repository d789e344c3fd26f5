# SPDX-License-Identifier: MIT OR Apache-2.0
"""System calls in words: arguments, memory and results as strace writes them, and as JSON."""

from __future__ import annotations

from zeroos_build.decode.calls import Decoder
from zeroos_build.decode.output import lines, records
from zeroos_build.decode.record import Recorder

__all__ = ["Decoder", "Recorder", "lines", "records"]
