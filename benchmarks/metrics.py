# SPDX-License-Identifier: MIT OR Apache-2.0
"""What is measured: one row per figure, with the ceiling it must keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from zeroos_build.target import load_target


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure. `original` is what ZeroOS 2025-11 needs on Spike, where that was measured.

    unit `instructions`: of one operation; `total`: from reset to halt; `reach`: from reset to
    main; `before`: from the call of write() to the host call; `bytes`: loaded.
    """

    name: str
    program: str
    unit: Literal["instructions", "total", "reach", "before", "bytes"]
    ceiling: int | None
    original: int | None = None
    manifest: str = ""
    dispatch: Literal["call", "trap"] = "call"
    # The ceiling of 32-bit machines, which need two instructions where others need one.
    narrow: int | None = None

    def applies(self, target: str) -> bool:
        """Whether the target has what the figure is about."""
        return self.dispatch in load_target(target).dispatch.modes

    def limit(self, column: Column) -> int | None:
        """The ceiling that a column's figure must keep."""
        narrow = load_target(column.target).isa.xlen == 32
        ceiling = self.narrow if narrow and self.narrow else self.ceiling
        return ceiling and int(ceiling * (1 + column.slack))


@dataclass(frozen=True, slots=True)
class Column:
    """A target with a toolchain; `slack` is what its figures may exceed the ceilings by."""

    target: str
    toolchain: str = "zig"
    slack: float = 0.0

    @property
    def name(self) -> str:
        """As the baseline has it; the embedded toolchain goes without saying."""
        return self.target if self.toolchain == "zig" else f"{self.target} {self.toolchain}"


KIB = 1024
TRAP = '[build]\ndispatch = "trap"\n'
METRICS = (
    Metric("getpid()", "getpid", "instructions", 20, 147),
    Metric("gettid()", "gettid", "instructions", 20, 178),
    Metric("raw ecall", "raw-ecall", "instructions", 25),
    Metric("getpid(), trapped", "getpid", "instructions", 70, 147, TRAP, "trap"),
    Metric("raw ecall, trapped", "raw-ecall", "instructions", 70, None, TRAP, "trap"),
    Metric("unknown number", "unknown-number", "instructions", 30, 140),
    Metric("write(32), to the host call", "write-32", "before", 120, 383),
    Metric("write(32)", "write-32", "instructions", None),
    Metric("mmap of 4 KiB, fresh", "mmap-4k", "instructions", 150, 1142),
    Metric("malloc + free (16), musl", "malloc-free-16", "instructions", 300, 291),
    Metric(
        "malloc + free (16), bump", "malloc-free-16", "instructions", 40,
        manifest='[abi.memory]\nmalloc = "bump"\n',
    ),
    Metric("memcpy of 4 KiB", "memcpy-4k", "instructions", 1400, 2102, narrow=2800),
    Metric("memset of 4 KiB", "memset-4k", "instructions", 750, 826, narrow=1500),
    Metric("mutex lock + unlock", "mutex-pair", "instructions", 60, 61),
    Metric("thread create + join", "thread-create-join", "instructions", 4000, 31414),
    Metric("reset to main", "reach-main", "reach", 700, 8907),
    Metric("return 0, reset to halt", "return-0", "total", None),
    Metric("puts, reset to halt", "puts", "total", None),
    Metric("printf %f, reset to halt", "printf-f", "total", None),
    Metric("return 0, loaded", "return-0", "bytes", 5 * KIB),
    Metric("puts, loaded", "puts", "bytes", 10 * KIB),
    Metric("printf %f, loaded", "printf-f", "bytes", 30 * KIB, narrow=36 * KIB),
)  # fmt: skip
TARGETS = ("qemu-virt", "qemu-virt32", "sp1")

# A compiler shows in every target alike, so one target will do for the others.
COLUMNS = (
    *(Column(target) for target in TARGETS),
    Column("sp1", "clang"),
    Column("sp1", "gcc", slack=0.10),
)
