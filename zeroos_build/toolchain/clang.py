# SPDX-License-Identifier: MIT OR Apache-2.0
"""Clang and lld of the distribution.

One clang serves every architecture, so there is no cross package. Its compiler-rt for RISC-V is
not packaged: the support library, like musl's sources and the archiver, is the wheel's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from zeroos_build.toolchain.base import CODE_FLAGS, Abi
from zeroos_build.toolchain.installed import Installed


@dataclass(frozen=True)
class Clang(Installed):
    """One installed clang with an lld."""

    name = "clang"
    has_cxx = True

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
            *CODE_FLAGS,
        ]

    def own_code(self) -> list[str]:
        return []

    def archiver(self) -> list[str]:
        return self.wheel.archiver()

    @cached_property
    def _own_headers(self) -> Path:
        return self._says("-print-resource-dir") / "include"

    def fingerprint(self) -> str:
        flags = " ".join(self.compiler(Abi("rv64i", "lp64"))[1:])
        return f"clang {self.words} {flags} {self.wheel.fingerprint()}"
