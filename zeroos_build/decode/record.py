# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a run met, as one JSON object: `run --record`, from which `suggest` works."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zeroos_build.decode.calls import Decoder
from zeroos_build.elf.image import Image

if TYPE_CHECKING:
    from zeroos_build.execute.request import TraceEvent

SCHEMA = 1


class Recorder:
    """Takes the events of one run, in constant memory per distinct call, error and path."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self._calls: Counter[tuple[int, str]] = Counter()
        self._errors: Counter[tuple[str, str]] = Counter()
        self._paths: dict[tuple[str, str], str | None] = {}

    def __call__(self, event: TraceEvent) -> None:
        """One call, with what `look` saw of it."""
        call = self._decoder.decode(
            event.number, event.args, event.result, event.before, event.after
        )
        self._calls[event.number, call.spec] += 1
        if call.error is not None:
            self._errors[call.spec, call.error] += 1
        for argument, _, shown in call.args:
            if argument is not None and argument.in_ == "string" and isinstance(shown.data, str):
                self._paths[call.spec, shown.data] = call.error

    def record(self, image: Path, result: Any) -> dict[str, Any]:
        """The object; docs/tracing.md has its keys."""
        note = Image.read(image).note or {}
        policy = note.get("policy")
        names = {name for _, name in self._calls}
        return {
            "schema": SCHEMA,
            "target": result.target,
            "image_sha256": hashlib.sha256(image.read_bytes()).hexdigest(),
            "outcome": result.outcome,
            "exit_code": result.exit_code,
            "syscalls": [
                {
                    "name": name,
                    "number": number,
                    "calls": count,
                    "errors": {e: n for (c, e), n in sorted(self._errors.items()) if c == name},
                }
                for (number, name), count in sorted(self._calls.items(), key=lambda row: row[0][1])
            ],
            "paths": [
                {"call": call, "path": path, "error": problem}
                for (call, path), problem in sorted(self._paths.items())
            ],
            "policies": sorted(names & set(policy)) if isinstance(policy, dict) else [],
        }
