# SPDX-License-Identifier: MIT OR Apache-2.0
"""GCC of the distribution: `riscv64-linux-gnu-gcc`, `riscv64-unknown-elf-gcc` and their kin.

Only compiler and binutils are taken. musl's sources and the support library come from the
`ziglang` wheel: libgcc of riscv64-linux-gnu-gcc exists for double-float only, and
riscv64-unknown-elf-gcc picks one without multiplication for -march=rv64ima. The linker is called
directly, so that no libgcc, crt file or default directory of the driver ever gets in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from zeroos_build import process
from zeroos_build.toolchain.base import Abi
from zeroos_build.toolchain.linkers import Linker
from zeroos_build.toolchain.zig import Zig

# A bare-metal GCC compiles for no system; programs ask these names which one it is.
_SYSTEM = ("__linux__", "__linux", "__gnu_linux__", "__unix__", "__unix")


@dataclass(frozen=True)
class Gcc:
    """One installed GCC with its archiver and a linker."""

    program: str
    number: str  # 12.2.0
    machine: str  # riscv64-linux-gnu
    words: str  # the first line of --version: the distribution's own revision
    ar: str
    ld: Linker
    wheel: Zig

    name = "gcc"
    pinned = False

    @property
    def version(self) -> str:
        return f"{self.number} ({self.machine}), {self.ld.version}"

    def _driver(self, *, cxx: bool) -> str:
        path = Path(self.program)
        before, _, behind = path.name.rpartition("gcc")
        return str(path.with_name(f"{before}g++{behind}")) if cxx else self.program

    def compiler(self, abi: Abi, *, cxx: bool = False) -> list[str]:
        system = [] if "linux" in self.machine else [f"-D{name}=1" for name in _SYSTEM]
        return [
            self._driver(cxx=cxx),
            f"-march={abi.march}",
            f"-mabi={abi.mabi}",
            "-mcmodel=medany",
            "-mstrict-align",
            "-mrelax",
            "-fno-pic",
            "-fno-pie",
            "-fomit-frame-pointer",
            "-ffunction-sections",
            "-fdata-sections",
            "-fno-asynchronous-unwind-tables",
            # Zeroes behind the last instruction of a section would be no instruction.
            "-Wa,--no-pad-sections",
            "-nostdinc",
            *system,
        ]

    def own_code(self) -> list[str]:
        # The second: where a pointer would be null GCC writes a trap, which targets lack and which
        # only lowered objects may hold.
        return [
            "-fno-tree-loop-distribute-patterns",
            "-fno-isolate-erroneous-paths-dereference",
        ]

    def linker(self, abi: Abi) -> list[str]:
        return self.ld.command(abi)

    def archiver(self) -> list[str]:
        return [self.ar]

    def builtins(self, abi: Abi, output: Path, work: Path) -> list[str]:
        return self.wheel.builtins(abi, output, work)

    def musl_source(self) -> Path:
        return self.wheel.musl_source()

    def musl_generated(self, abi: Abi) -> list[Path]:
        return self.wheel.musl_generated(abi)

    @cached_property
    def _own_headers(self) -> Path:
        found = process.run([self.program, "-print-file-name=include"], timeout=30)
        return Path(found.stdout.decode("utf-8", "surrogateescape").strip())

    def includes(self, abi: Abi) -> list[Path]:
        return [self._own_headers, *self.wheel.system_headers(abi)]

    def programs(self) -> list[Path]:
        return [Path(self.program), Path(self.ar), Path(self.ld.command(Abi("rv64i", "lp64"))[0])]

    def fingerprint(self) -> str:
        flags = " ".join([*self.compiler(Abi("rv64i", "lp64"))[1:], *self.own_code()])
        return f"gcc {self.machine} {self.words} {flags} {self.wheel.fingerprint()}"
