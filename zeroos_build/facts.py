# SPDX-License-Identifier: MIT OR Apache-2.0
"""What the build steps have to know of manifest, target and specs, as plain data.

The plan computes it once from the checked models and writes it as JSON; the steps read that
and import neither pydantic nor the models, since starting Python is most of what they cost.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from zeroos_build.lower.config import Handler, LowerConfig
from zeroos_build.riscv.march import extension_names


@dataclass(frozen=True, slots=True)
class Call:
    """A syscall with a handler. `types` are the C types of its arguments, `policy` what it does."""

    name: str
    number: int
    subsystem: str
    types: tuple[str, ...]
    narrow: bool
    abi: str
    constant: int | None
    load: str | None
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """An override of the manifest, with its reason."""

    action: str
    value: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A site of the C library that an image takes only under a condition."""

    function: str
    number: int
    when: str
    reason: str

    @property
    def entry(self) -> str | None:
        """What the site calls instead of the handler's entry; None: the handler's entry."""
        if self.when == "deadline":
            return None
        return "zeroos_edge_never" if self.when == "never" else f"zeroos_edge_{self.number}"


@dataclass(frozen=True, slots=True)
class Region:
    """A memory region of the target."""

    name: str
    start: int
    end: int
    holds: tuple[str, ...]
    guard: int = 0


@dataclass(frozen=True)
class Facts:
    """Everything for one image of one target. Sizes are bytes; `heap` is None for the rest."""

    tool: str
    name: str
    target: str
    target_versions: str
    toolchain: str
    dispatch: str
    xlen: int
    march: str
    align: int
    text_limit: int | None
    flags: dict[str, str]
    rules: tuple[str, ...]
    regions: tuple[Region, ...]
    stdout: str
    host_calls: dict[int, str]
    host_register: int | None
    host_form: str
    # Mask and value of the target's own instructions that are host calls.
    container: str
    copied: bool
    host_words: tuple[tuple[int, int], ...]
    fence: str
    counters: str
    ebreak: str
    unimp: str
    args: tuple[str, ...]
    env: dict[str, str]
    stack: int
    heap: int | None
    allocator: str
    malloc: str
    random: str
    seed: str
    time: str
    epoch: int
    cwd: str
    subsystems: tuple[str, ...] | None
    own_host_calls: tuple[str, ...]
    calls: tuple[Call, ...]
    policy: dict[str, Policy]
    linux: dict[int, str]
    edges: tuple[Edge, ...] = ()
    digests: dict[str, str] = field(default_factory=dict)
    lint: dict[str, str] = field(default_factory=dict)
    # Calls whose handler the manifest asks for although it is what they get, with the reason.
    acknowledged: dict[str, str] = field(default_factory=dict)
    # What a bundle as private input may carry; None: the input is a plain stream.
    bundle: tuple[str, ...] | None = None
    manifest: str = ""
    # Handlers of the project's own: the syscall's name to the file under the project's directory.
    handlers: dict[str, str] = field(default_factory=dict)
    # Calls that no image can provide, with the reason.
    refused: dict[int, str] = field(default_factory=dict)
    # Who answers Linux system calls: "libos" or "linux".
    kernel: str = "libos"

    @property
    def extensions(self) -> tuple[str, ...]:
        """What the target executes, in the order of `extension_names`."""
        return extension_names(self.march)

    @property
    def compressed(self) -> bool:
        """Whether the target executes 16-bit instructions."""
        return "c" in self.extensions

    def call_by_number(self) -> dict[int, Call]:
        """Calls by their number on this target."""
        return {call.number: call for call in self.calls}

    def linux_name(self, number: int) -> str:
        """A name for messages: Linux's own, or the number."""
        return self.linux.get(number, f"number {number}")

    def effective_constant(self, call: Call) -> int | None:
        """The answer of a call that needs no code: its own, or the policy's."""
        policy = self.policy.get(call.name)
        if policy is None or policy.action == "provide":
            return call.constant
        if policy.action == "enosys":
            return -38
        return policy.value if policy.action == "constant" else None

    def lower_config(
        self, forwarders: dict[str, tuple[int, ...]], internal: tuple[str, ...]
    ) -> LowerConfig:
        """What lowering needs; equal for all images of a target but for policies."""
        handlers = {}
        for call in self.calls:
            policy = self.policy.get(call.name)
            provided = policy is None or policy.action == "provide"
            inline = call.constant is not None or call.load is not None
            # Only what is answered in place depends on the manifest; all else is decided by the
            # image's own entry functions, so that one lowered libc serves all manifests.
            handlers[call.number] = Handler(
                call.name,
                f"zeroos_enter_{call.name}",
                len(call.types) if call.abi != "frame" else 6,
                call.abi,  # type: ignore[arg-type]
                call.constant if provided else None,
                call.load if provided else None,
            )
            if not provided and inline:
                handlers[call.number] = Handler(
                    call.name, f"zeroos_enter_{call.name}", 6, "plain",
                    self.effective_constant(call), None,
                )  # fmt: skip
        for number, name in self.linux.items():
            handlers.setdefault(number, Handler(name, f"zeroos_enter_{name}"))
        return LowerConfig(
            self.xlen,
            self.extensions,
            self.fence,  # type: ignore[arg-type]
            self.counters,  # type: ignore[arg-type]
            self.ebreak,  # type: ignore[arg-type]
            self.unimp,  # type: ignore[arg-type]
            handlers,
            self.dispatch,  # type: ignore[arg-type]
            self.host_register,
            self.host_calls,
            self.own_host_calls,
            forwarders,
            internal,
            tuple(
                (e.function, e.number, e.entry, e.when == "never") for e in self.edges if e.entry
            ),
        )

    @property
    def input_mode(self) -> str:
        """As the manifest has it."""
        return "stream" if self.bundle is None else "bundle"

    def dump(self) -> str:
        """As JSON text, byte-stable."""
        return json.dumps(asdict(self), indent=1, sort_keys=True) + "\n"

    @classmethod
    def read(cls, path: Path) -> Facts:
        """The inverse of `dump`."""
        raw: dict[str, Any] = json.loads(path.read_text())
        raw["calls"] = tuple(
            Call(**{**row, "types": tuple(row["types"]), "errors": tuple(row["errors"])})
            for row in raw["calls"]
        )
        raw["regions"] = tuple(Region(**{**r, "holds": tuple(r["holds"])}) for r in raw["regions"])
        raw["host_words"] = tuple((mask, value) for mask, value in raw["host_words"])
        raw["edges"] = tuple(Edge(**row) for row in raw["edges"])
        raw["policy"] = {name: Policy(**row) for name, row in raw["policy"].items()}
        for key in ("linux", "host_calls", "refused"):
            raw[key] = {int(number): name for number, name in raw[key].items()}
        for key in ("rules", "args", "own_host_calls"):
            raw[key] = tuple(raw[key])
        for key in ("subsystems", "bundle"):
            if raw[key] is not None:
                raw[key] = tuple(raw[key])
        return cls(**raw)
