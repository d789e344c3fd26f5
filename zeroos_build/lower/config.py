# SPDX-License-Identifier: MIT OR Apache-2.0
"""What lowering has to know of specs, target and manifest, as plain values.

Everything here is part of the key of the lowering cache: two objects lowered with equal
configurations are equal.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from zeroos_build.identity import code_digest


@dataclass(frozen=True, slots=True)
class Handler:
    """How a site reaches the handler of one syscall.

    `constant` and `load` (the symbol of a 32-bit variable) replace the call where the answer is
    known that simply; `abi` is the spec's, `args` counts the argument registers it reads.
    """

    name: str
    entry: str
    args: int = 6
    abi: Literal["plain", "frame", "noreturn"] = "plain"
    constant: int | None = None
    load: str | None = None


@dataclass(frozen=True)
class LowerConfig:
    """The target's machine and the syscalls by number."""

    xlen: int
    extensions: tuple[str, ...]
    fence: Literal["keep", "nop"]
    counters: Literal["keep", "virtual"]
    ebreak: Literal["keep", "abort"]
    unimp: Literal["keep", "abort"]
    handlers: dict[int, Handler]
    # "trap": system calls are left to the target's trap vector, those with a frame excepted.
    dispatch: Literal["call", "trap"] = "call"
    # Host calls made by `ecall`: the register of the number, and number to name.
    host_register: int | None = None
    host_numbers: dict[int, str] = field(default_factory=dict)
    # "object:function" whose ecalls are the target's own, from `[abi] host_calls`.
    host_functions: tuple[str, ...] = ()
    # Global functions known to pass a syscall number on: name to argument indices.
    forwarders: dict[str, tuple[int, ...]] = field(default_factory=dict)
    # Hidden functions of the libc whose bodies were looked into: nobody else may define them.
    internal: tuple[str, ...] = ()
    # Sites of the libc with an entry of their own: function, number, entry, never taken.
    edges: tuple[tuple[str, int, str, bool], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data for a file; `from_json` is the inverse."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> LowerConfig:
        """From `as_json`'s data, after a trip through JSON."""
        plain = dict(data)
        plain["extensions"] = tuple(data["extensions"])
        plain["handlers"] = {int(nr): Handler(**row) for nr, row in data["handlers"].items()}
        plain["host_numbers"] = {int(nr): name for nr, name in data["host_numbers"].items()}
        plain["host_functions"] = tuple(data["host_functions"])
        plain["internal"] = tuple(data["internal"])
        plain["edges"] = tuple((f, n, e, bool(never)) for f, n, e, never in data["edges"])
        plain["forwarders"] = {n: tuple(v) for n, v in data["forwarders"].items()}
        return cls(**plain)

    @classmethod
    def read(cls, path: Path) -> LowerConfig:
        """From a file that the plan wrote."""
        return cls.from_json(json.loads(path.read_text())["config"])

    def digest(self) -> str:
        """Names the configuration in cache keys."""
        code = code_digest("lower", "riscv", "elf")
        text = json.dumps([code, self.as_json()], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()
