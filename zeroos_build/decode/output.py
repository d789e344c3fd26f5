# SPDX-License-Identifier: MIT OR Apache-2.0
"""Where traces go: lines in the manner of strace, and JSON objects, one per line."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from zeroos_build.decode.calls import Decoded, Decoder

if TYPE_CHECKING:
    from zeroos_build.execute.request import TraceEvent

# The version of the objects, which docs/tracing.md describes.
SCHEMA = 1


def lines(decoder: Decoder, write: Callable[[str], object]) -> Callable[[TraceEvent], None]:
    """A sink that writes `openat(AT_FDCWD, "/x", O_RDONLY) = 3`, as `strace -f` would.

    As there, the thread's number stands before the call once there are several threads.
    """
    several = False

    def sink(event: TraceEvent) -> None:
        nonlocal several
        several = several or event.tid != 1
        prefix = f"[pid {event.tid:5}] " if several else ""
        call = _decoded(decoder, event)
        words = ", ".join(shown.text for _, _, shown in call.args)
        write(f"{prefix}{call.name}({words}) = {call.text}\n")

    return sink


def records(decoder: Decoder, write: Callable[[str], object]) -> Callable[[TraceEvent], None]:
    """A sink that writes one JSON object per line."""

    def sink(event: TraceEvent) -> None:
        write(json.dumps(_record(event, _decoded(decoder, event))) + "\n")

    return sink


def _decoded(decoder: Decoder, event: TraceEvent) -> Decoded:
    return decoder.decode(event.number, event.args, event.result, event.before, event.after)


def _record(event: TraceEvent, call: Decoded) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "thread": event.tid,
        "site": event.site,
        "number": event.number,
        "name": call.name,
        "args": [
            {
                "name": argument.name if argument else None,
                "type": argument.type if argument else None,
                "value": value,
                "text": shown.text,
                "data": shown.data,
            }
            for argument, value, shown in call.args
        ],
        "returned": call.result is not None,
        "result": call.result,
        "error": call.error,
    }
