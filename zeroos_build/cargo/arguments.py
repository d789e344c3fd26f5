# SPDX-License-Identifier: MIT OR Apache-2.0
"""The command line of `zeroos-build cargo`: our options among cargo's. Nothing here acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

# Options with a value that are ours, wherever they stand before `--`; cargo has none of these.
VALUED = ("-t", "--zeroos-target", "--set", "--panic", "--input", "--output", "--stats", "--limit")
SWITCHES = ("--no-std", "--symbolizer", "--trace")
# Commands of cargo that compile for the target; every other one is passed on as it is.
COMPILING = frozenset(
    "build b run r test t check c bench clippy rustc doc d fix rustdoc".split()
)  # fmt: skip
LINKING = frozenset("build b rustc".split())
TESTING = frozenset("test t bench".split())


@dataclass
class Split:
    """A command line in two: our options as (name, value or None), and cargo's words."""

    ours: list[tuple[str, str | None]] = field(default_factory=list)
    cargo: list[str] = field(default_factory=list)
    # A valued option at the end of the line.
    unfinished: str | None = None

    def values(self, *names: str) -> list[str]:
        """The values of an option under any of its names, in order."""
        return [value for name, value in self.ours if name in names and value is not None]

    def last(self, *names: str) -> str | None:
        """The value that holds: the last one."""
        found = self.values(*names)
        return found[-1] if found else None

    def has(self, name: str) -> bool:
        """Whether a switch is there."""
        return any(name == known for known, _ in self.ours)

    @property
    def verb(self) -> str | None:
        """cargo's command: its first word that is neither an option nor a toolchain."""
        values = ("-C", "--config", "-Z", "--color", "--manifest-path")
        words = iter(self.cargo)
        for word in words:
            if word in values:
                next(words, None)
            elif word[:1] not in "-+":
                return word
        return None

    @property
    def toolchain(self) -> str | None:
        """`+nightly`, as rustup's cargo takes it."""
        return self.cargo[0] if self.cargo and self.cargo[0].startswith("+") else None


def split(words: Sequence[str]) -> Split:
    """Take our options out; what stands behind `--` is never ours."""
    found = Split()
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if word == "--":
            found.cargo += ["--", *rest]
        elif word in SWITCHES:
            found.ours.append((word, None))
        elif word in VALUED:
            given = next(rest, None)
            if given is None:
                found.unfinished = word
            else:
                found.ours.append((word, given))
        elif equals and name in VALUED and name.startswith("--"):
            found.ours.append((name, value))
        else:
            found.cargo.append(word)
    return found
