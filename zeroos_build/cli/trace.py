# SPDX-License-Identifier: MIT OR Apache-2.0
"""What `run` does with the system calls of a guest: lines on stderr, objects in a file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zeroos_build import files

if TYPE_CHECKING:
    from zeroos_build.target import Target


@dataclass(frozen=True, slots=True)
class Tracing:
    """What a run shall tell of its system calls: `lines` on stderr, `json` into a file."""

    lines: bool = False
    json: Path | None = None

    def __bool__(self) -> bool:
        return self.lines or self.json is not None

    def parts(self, target: Target) -> tuple[dict[str, Any], Callable[[], None]]:
        """Fields of the run's request, and what to do when the run is over."""
        if not self:
            return {}, lambda: None
        from zeroos_build.decode import Decoder, lines, records

        decoder = Decoder(target.isa.xlen)
        kept: list[str] = []
        sinks = []
        if self.lines:
            sinks.append(lines(decoder, sys.stderr.write))
        if self.json is not None:
            sinks.append(records(decoder, kept.append))

        def trace(event: Any) -> None:
            for sink in sinks:
                sink(event)

        def finish() -> None:
            if self.json == Path("-"):
                sys.stdout.write("".join(kept))
            elif self.json is not None:
                files.write_text(self.json, "".join(kept))

        return {"trace": trace, "look": decoder.look}, finish
