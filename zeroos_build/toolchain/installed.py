# SPDX-License-Identifier: MIT OR Apache-2.0
"""What compilers of the distribution share: musl and the support library are the wheel's."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from zeroos_build import process
from zeroos_build.toolchain.base import Abi
from zeroos_build.toolchain.linkers import Linker
from zeroos_build.toolchain.zig import Zig


@dataclass(frozen=True)
class Installed(ABC):
    """A compiler's driver with a linker."""

    program: str
    number: str  # 12.2.0
    words: str  # the first line of --version: the distribution's own revision
    ld: Linker
    wheel: Zig

    pinned = False
    has_cxx: ClassVar[bool]

    def linker(self, abi: Abi) -> list[str]:
        return self.ld.command(abi)

    def builtins(self, abi: Abi, output: Path, work: Path) -> list[str]:
        return self.wheel.builtins(abi, output, work)

    def musl_source(self) -> Path:
        return self.wheel.musl_source()

    def cxx_source(self) -> Path:
        return self.wheel.cxx_source()

    def musl_generated(self, abi: Abi) -> list[Path]:
        return self.wheel.musl_generated(abi)

    @property
    @abstractmethod
    def _own_headers(self) -> Path:
        """The directory with the compiler's headers (stddef.h)."""

    def includes(self, abi: Abi) -> list[Path]:
        return [self._own_headers, *self.wheel.system_headers(abi)]

    def _says(self, option: str) -> Path:
        """The path that the driver prints for an option."""
        found = process.run([self.program, option], timeout=30)
        return Path(found.stdout.decode("utf-8", "surrogateescape").strip())

    def programs(self) -> list[Path]:
        return [Path(self.program), Path(self.ld.program[0])]
