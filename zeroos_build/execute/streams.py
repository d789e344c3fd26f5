# SPDX-License-Identifier: MIT OR Apache-2.0
"""The guest's streams: where its bytes go, the input it reads, the digest of its output."""

from __future__ import annotations

import hashlib

from zeroos_build.execute.request import RunRequest
from zeroos_build.host_call import Stream


class Streams:
    """Passes bytes on as they come."""

    def __init__(self, request: RunRequest) -> None:
        self._sinks = {
            "stdout": request.stdout,
            "stderr": request.stderr,
            "public": request.output,
        }
        self._digest = hashlib.sha256()
        self._input = memoryview(request.input)

    def write(self, stream: Stream, data: bytes) -> None:
        """Bytes that the guest wrote."""
        if stream == "public":
            self._digest.update(data)
        sink = self._sinks.get(stream)
        if sink is not None and data:
            sink(data)

    @property
    def remaining(self) -> int:
        """Bytes of the private input that the guest has not read."""
        return len(self._input)

    def read(self, size: int) -> bytes:
        """The next bytes of the private input, at most `size`."""
        data = bytes(self._input[:size])
        self._input = self._input[size:]
        return data

    @property
    def output_sha256(self) -> str:
        """The digest of the public output so far, in hexadecimal."""
        return self._digest.hexdigest()
