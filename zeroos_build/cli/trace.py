# SPDX-License-Identifier: MIT OR Apache-2.0
"""What `run` does with the system calls of a guest: lines on stderr, objects in a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zeroos_build import files

if TYPE_CHECKING:
    from zeroos_build.execute import RunResult
    from zeroos_build.target import Target

    Finish = Callable[[RunResult], None]


@dataclass(frozen=True, slots=True)
class Tracing:
    """What a run shall tell of its system calls.

    `lines` on stderr, objects into the file `json`, a summary into the file `record`.
    """

    lines: bool = False
    json: Path | None = None
    record: Path | None = None

    def __bool__(self) -> bool:
        return self.lines or self.json is not None or self.record is not None

    def parts(self, image: Path, target: Target) -> tuple[dict[str, Any], Finish]:
        """Fields of the run's request, and what to do with its result when it is over."""
        if not self:
            return {}, lambda _: None
        from zeroos_build.decode import Decoder, Recorder, lines, records

        decoder = Decoder(target.isa.xlen)
        kept: list[str] = []
        recorder = Recorder(decoder)
        sinks: list[Callable[[Any], None]] = []
        if self.lines:
            sinks.append(lines(decoder, sys.stderr.write))
        if self.record is not None:
            sinks.append(recorder)
        if self.json is not None:
            sinks.append(records(decoder, kept.append))

        def trace(event: Any) -> None:
            for sink in sinks:
                sink(event)

        def finish(result: RunResult) -> None:
            if self.record is not None:
                text = json.dumps(recorder.record(image, result), indent=1)
                files.write_text(self.record, text + "\n")
            if self.json == Path("-"):
                sys.stdout.write("".join(kept))
            elif self.json is not None:
                files.write_text(self.json, "".join(kept))

        return {"trace": trace, "look": decoder.look}, finish
