# SPDX-License-Identifier: MIT OR Apache-2.0
"""What only holds together, or only for one target: memory, dispatch, seeds."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from zeroos_build.diagnostics import Diagnostic, Location
from zeroos_build.manifest.layers import Layer, find
from zeroos_build.manifest.model import Tables
from zeroos_build.manifest.wording import Path as KeyPath
from zeroos_build.sizes import format_size
from zeroos_build.target import Region, Role, Target

# Less than this does not hold the frames of musl's start-up code and one call of printf.
MIN_STACK = 4096


@dataclass(slots=True)
class Context:
    """The settings for one target, and the findings on them."""

    root: Path
    file: str
    target: Target
    settings: Tables
    layer: Layer
    left_out: tuple[KeyPath, ...] = ()
    found: list[Diagnostic] = field(default_factory=list)

    def add(
        self,
        code: str,
        message: str,
        path: KeyPath,
        notes: tuple[str, ...] = (),
        help: str | None = None,
    ) -> None:
        """A finding at the place that sets `path`."""
        setting = find(self.layer, path)
        place = setting.place(path) if setting else Location(self.file)
        self.found.append(Diagnostic(code, message, place, notes, help))

    def is_set(self, *path: str) -> bool:
        """Whether any layer sets a key."""
        return path in self.layer

    def lost(self, *path: str) -> bool:
        """Whether a wrong value for a key, or a part of one, was taken out."""
        return any(out[: len(path)] == path or path[: len(out)] == out for out in self.left_out)


def region_of(target: Target, role: Role) -> Region:
    """The memory region that holds a role."""
    return next(region for region in target.memory.region if role in region.holds)


def check_memory(context: Context) -> None:
    """ZOS103: heap and stack must fit into the regions that hold them."""
    memory, target = context.settings.abi.memory, context.target
    if memory.stack < MIN_STACK:
        context.add(
            "ZOS103",
            f"a stack of {format_size(memory.stack)} is too small for a C program to start",
            ("abi", "memory", "stack"),
            help=f'write at least "{format_size(MIN_STACK)}"',
        )
    needs: dict[str, int] = {"stack": memory.stack}
    if memory.heap != "auto":
        needs["heap"] = memory.heap
    regions = {"stack": region_of(target, "stack"), "heap": region_of(target, "heap")}
    together = regions["stack"] is regions["heap"] and len(needs) == 2
    groups = [("heap", "stack")] if together else [(role,) for role in sorted(needs)]
    for roles in groups:
        region = regions[roles[0]]
        room = region.end - region.start
        need = sum(needs[role] for role in roles)
        if need <= room:
            continue
        parts = " and ".join(f"{role} ({format_size(needs[role])})" for role in roles)
        blamed = next((r for r in roles if context.is_set("abi", "memory", r)), roles[0])
        context.add(
            "ZOS103",
            f"{parts} need{'s' if len(roles) == 1 else ''} more than the {format_size(room)} "
            f"of `{region.name}` on {target.name}",
            ("abi", "memory", blamed),
            notes=(f"that is {format_size(need)} in a region of {format_size(room)}",)
            if len(roles) > 1
            else (),
            help='`heap = "auto"` takes what the RAM has left'
            if blamed == "heap"
            else "choose a smaller stack",
        )


def check_values(context: Context) -> None:
    """ZOS119: settings that contradict each other or the target."""
    build, abi = context.settings.build, context.settings.abi
    if build.dispatch not in context.target.dispatch.modes:
        context.add(
            "ZOS119",
            f"{context.target.name} has no `{build.dispatch}` dispatch",
            ("build", "dispatch"),
            notes=(f"it has: {', '.join(context.target.dispatch.modes)}",),
            help=f'write `dispatch = "{context.target.dispatch.modes[0]}"`',
        )
    random = ("abi", "random")
    if abi.random.source == "seed" and not abi.random.seed and not context.lost(*random, "seed"):
        context.add(
            "ZOS119",
            '`abi.random.source = "seed"` needs a `seed`',
            ("abi", "random", "source"),
            help='add for example `seed = "00112233"`',
        )
