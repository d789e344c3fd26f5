# SPDX-License-Identifier: MIT OR Apache-2.0
"""What `expect.toml` of a conformance program may say."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from zeroos_build.bundle import Bundle, pack

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Expectation:
    """By default a program does here what it does as a Linux process.

    differs: why it does not; then `code` and `stdout` say what it does instead.
    oracle: why qemu-user is no oracle for it; `code` and `stdout` are those of a Linux kernel.
    input: the private input as text; `input_bytes` makes as many bytes of a pattern instead.
    args, env, stdin, root: what its bundle carries, for programs whose manifest has the input mode
    `bundle`; `root` is a directory beside expect.toml, and the working directory of the oracle.
    output: the public output. outcome: how the run is reported; "exit" unless given.
    stderr: pieces that stderr must hold.
    """

    differs: str = ""
    oracle: str = ""
    code: int = 0
    stdout: str = ""
    input: str = ""
    input_bytes: int = 0
    output: str | None = None
    args: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    stdin: str = ""
    root: str = ""
    outcome: str = ""
    stderr: tuple[str, ...] = ()

    @property
    def explicit(self) -> bool:
        """`code` and `stdout` count, not those of the oracle."""
        return bool(self.differs or self.oracle)

    def private_input(self, home: Path) -> bytes:
        """The input's bytes; `home` is the program's directory."""
        if self.args or self.env or self.stdin or self.root:
            return pack(
                Bundle(
                    self.args or None, self.env or None, self.stdin.encode() or None,
                    home / self.root if self.root else None,
                )
            )  # fmt: skip
        if self.input_bytes:
            return bytes(i * 7 + (i >> 8) & 255 for i in range(self.input_bytes))
        return self.input.encode()


def properties() -> list[str]:
    """Names of all programs: their directories."""
    return sorted(path.parent.name for path in HERE.glob("*/main.c"))


def expectation(name: str) -> Expectation:
    """The expectation of a program; unknown keys are errors."""
    table = tomllib.loads((HERE / name / "expect.toml").read_text("utf-8"))
    if "stdout" in table:
        # A text block begins behind its first newline, which TOML drops.
        table["stdout"] = str(table["stdout"])
    for key in ("stderr", "args"):
        table[key] = tuple(table.get(key, ()))
    found = Expectation(**table)
    explicit = {"code", "stdout"} & set(table)
    assert found.explicit == bool(explicit), f"{name}: why are `code` and `stdout` given?"
    return found
