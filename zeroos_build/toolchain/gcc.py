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

from zeroos_build.toolchain.base import CODE_FLAGS, Abi
from zeroos_build.toolchain.installed import Installed

# A bare-metal GCC compiles for no system; programs ask these names which one it is.
_SYSTEM = ("__linux__", "__linux", "__gnu_linux__", "__unix__", "__unix")


@dataclass(frozen=True)
class Gcc(Installed):
    """One installed GCC with its archiver and a linker."""

    machine: str  # riscv64-linux-gnu
    ar: str

    name = "gcc"
    # libc++ 19 wants GCC 14 or newer.
    has_cxx = False

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
            *CODE_FLAGS,
            "-fno-pie",
            # Zeroes behind the last instruction of a section would be no instruction.
            "-Wa,--no-pad-sections",
            *system,
        ]

    def own_code(self) -> list[str]:
        # The second: where a pointer would be null GCC writes a trap, which targets lack and which
        # only lowered objects may hold.
        return [
            "-fno-tree-loop-distribute-patterns",
            "-fno-isolate-erroneous-paths-dereference",
        ]

    def archiver(self) -> list[str]:
        return [self.ar]

    @cached_property
    def _own_headers(self) -> Path:
        return self._says("-print-file-name=include")

    def programs(self) -> list[Path]:
        return [*super().programs(), Path(self.ar)]

    def fingerprint(self) -> str:
        flags = " ".join([*self.compiler(Abi("rv64i", "lp64"))[1:], *self.own_code()])
        return f"gcc {self.machine} {self.words} {flags} {self.wheel.fingerprint()}"
