# SPDX-License-Identifier: MIT OR Apache-2.0
"""docs/targets.md: the table of targets, and how to add one."""

from __future__ import annotations

from zeroos_build.docs import stamp
from zeroos_build.sizes import format_size
from zeroos_build.target import Target, load_target, target_names

_HEAD = """# Targets

A target is a place where an image runs: a directory under `targets/` with data and a page of boot code.
Its README says what a user must know.

"""
_GUIDE = """
[Adding a target](adding-a-target.md) is a guide: a directory of four files, inside of this repository or
outside of it.
"""


def text() -> str:
    """The whole page."""
    rows = [_row(load_target(name)) for name in target_names()]
    return (
        stamp("targets/*/target.toml")
        + _HEAD
        + "| target | machine | memory for a guest | exit code | public output | stdout | tested on |\n"
        + "|---|---|---|---|---|---|---|\n"
        + "".join(rows)
        + _GUIDE
    )


def _row(target: Target) -> str:
    heap = target.memory.holding("heap")
    public = target.streams.public
    public_text = public if isinstance(public, str) else format_size(public)
    own = ", ".join(f"`{e.name}` {e.version}" for e in target.executor if e.packaged)
    present = "".join(
        f"; `{e.name}` where it is installed" for e in target.executor if not e.packaged
    )
    tested = f"own executor: {own}" if own else f"embedded only{present}"
    return (
        f"| [`{target.name}`](../targets/{target.name}/README.md) | {target.summary}; "
        f"`{target.isa.march}` | 0x{heap.start:x} to 0x{heap.end:x} | {target.exit.codes} | "
        f"{public_text} | {target.streams.stdout} | {tested} |\n"
    )
