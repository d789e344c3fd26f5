# SPDX-License-Identifier: MIT OR Apache-2.0
"""Clang and lld of the distribution.

One clang serves every architecture, so there is no cross package. Its compiler-rt for RISC-V is
not packaged: the support library, like musl's sources and the archiver, is the wheel's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from zeroos_build import process
from zeroos_build.toolchain.base import Abi
from zeroos_build.toolchain.linkers import Lld
from zeroos_build.toolchain.zig import CLANG_FLAGS, Zig


@dataclass(frozen=True)
class Clang:
    """One installed clang with an lld."""

    program: str
    number: str  # 19.1.7
    words: str  # the first line of --version: the distribution's own revision
    ld: Lld
    wheel: Zig

    name = "clang"
    pinned = False

    @property
    def version(self) -> str:
        return f"{self.number}, {self.ld.version}"

    def _driver(self, *, cxx: bool) -> str:
        path = Path(self.program)
        return str(path.with_name(path.name.replace("clang", "clang++"))) if cxx else self.program

    def compiler(self, abi: Abi, *, cxx: bool = False) -> list[str]:
        return [
            self._driver(cxx=cxx),
            "--no-default-config",
            f"--target=riscv{abi.xlen}-linux-musl",
            f"-march={abi.march}",
            f"-mabi={abi.mabi}",
            *CLANG_FLAGS,
        ]

    def own_code(self) -> list[str]:
        return []

    def linker(self, abi: Abi) -> list[str]:
        return self.ld.command(abi)

    def archiver(self) -> list[str]:
        return self.wheel.archiver()

    def builtins(self, abi: Abi, output: Path, work: Path) -> list[str]:
        return self.wheel.builtins(abi, output, work)

    def musl_source(self) -> Path:
        return self.wheel.musl_source()

    def musl_generated(self, abi: Abi) -> list[Path]:
        return self.wheel.musl_generated(abi)

    @cached_property
    def _own_headers(self) -> Path:
        found = process.run([self.program, "-print-resource-dir"], timeout=30)
        return Path(found.stdout.decode("utf-8", "surrogateescape").strip()) / "include"

    def includes(self, abi: Abi) -> list[Path]:
        return [self._own_headers, *self.wheel.system_headers(abi)]

    def programs(self) -> list[Path]:
        return [Path(self.program), Path(self.ld.program[0])]

    def fingerprint(self) -> str:
        flags = " ".join(self.compiler(Abi("rv64i", "lp64"))[1:])
        return f"clang {self.words} {flags} {self.wheel.fingerprint()}"
