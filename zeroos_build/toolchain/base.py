# SPDX-License-Identifier: MIT OR Apache-2.0
"""What the rest of the tool asks of a toolchain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from zeroos_build.riscv.march import register_width
from zeroos_build.target import Isa

if TYPE_CHECKING:
    from zeroos_build.toolchain.linkers import Linker

# The letters of the sysroots: a sysroot serves every ISA that differs from it only in names
# that code generation does not use (Zicsr, Zifencei).
_UNUSED_BY_CODE = re.compile(r"_z(icsr|ifencei)")

# What every object needs, from any compiler.
CODE_FLAGS = (
    "-mcmodel=medany",
    "-mstrict-align",
    "-mrelax",
    "-fno-pic",
    "-fomit-frame-pointer",
    "-ffunction-sections",
    "-fdata-sections",
    "-fno-asynchronous-unwind-tables",
    "-nostdinc",
)


@dataclass(frozen=True, slots=True)
class Abi:
    """What code is generated for: one sysroot each."""

    march: str
    mabi: str

    @classmethod
    def of(cls, isa: Isa) -> Abi:
        """The code-generation part of a target's ISA."""
        return cls(_UNUSED_BY_CODE.sub("", isa.march), isa.abi)

    @property
    def xlen(self) -> int:
        """Register width in bits."""
        return register_width(self.march)


class Toolchain(Protocol):
    """A compiler, a linker and an archiver, as argument lists without their inputs."""

    @property
    def name(self) -> str:
        """As `[build] toolchain` has it."""
        ...

    @property
    def version(self) -> str:
        """For reports: of compiler and linker."""
        ...

    @property
    def pinned(self) -> bool:
        """Whether it is always the same version, so that a new warning is ours to fix."""
        ...

    @property
    def ld(self) -> Linker:
        """The linker."""
        ...

    def compiler(self, abi: Abi, *, cxx: bool = False) -> list[str]:
        """Compile for an ABI: flags that every object needs, no include paths."""
        ...

    def own_code(self) -> list[str]:
        """Flags for the libOS, the bootloader and the libc's memcpy and its kin: such code must
        not be turned into calls of itself, and no trap be put in that its source does not have.
        """
        ...

    def linker(self, abi: Abi) -> list[str]:
        """Link static executables with a linker script."""
        ...

    def archiver(self) -> list[str]:
        """`ar`, to be followed by its operation."""
        ...

    def builtins(self, abi: Abi, output: Path, work: Path) -> list[str]:
        """A command that makes the compiler's support library as one object or archive."""
        ...

    def musl_source(self) -> Path:
        """musl's source tree, with its include/, src/, arch/ and crt/."""
        ...

    @property
    def has_cxx(self) -> bool:
        """Whether it compiles libc++."""
        ...

    def cxx_source(self) -> Path:
        """The directory with the sources of libc++: libcxx/, libcxxabi/, libunwind/."""
        ...

    def musl_generated(self, abi: Abi) -> list[Path]:
        """Directories with the headers that musl's own build generates (bits/alltypes.h)."""
        ...

    def includes(self, abi: Abi) -> list[Path]:
        """System include directories for applications, most important first."""
        ...

    def programs(self) -> list[Path]:
        """The programs that are run: when one of them changes, nothing built is up to date."""
        ...

    def fingerprint(self) -> str:
        """Changes whenever the toolchain could generate other code."""
        ...
