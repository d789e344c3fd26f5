# SPDX-License-Identifier: MIT OR Apache-2.0
"""Linkers: what lld and GNU ld are told so that both make the same image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from zeroos_build.toolchain.base import Abi

# The probe is never run: it only has to lie where every relocation reaches.
_PROBE_BASE = "0x10000"


class Linker(Protocol):
    """Argument lists for the two links of an image."""

    @property
    def program(self) -> tuple[str, ...]:
        """How it is called; the first part is the file that runs."""
        ...

    @property
    def version(self) -> str:
        """For reports, with the linker's name."""
        ...

    def command(self, abi: Abi) -> list[str]:
        """Link static executables."""
        ...

    def probe(self) -> list[str]:
        """Link what has undefined symbols, keep all relocations, change no instruction."""
        ...

    def image(self) -> list[str]:
        """Link an image by our own script."""
        ...

    def libraries(
        self, given: Sequence[str], first: Sequence[str], rest: Sequence[str]
    ) -> list[str]:
        """Archives that refer to each other; a name that one of `first` defines is taken there.

        `given` stand on the command line already, before these.
        """
        ...


@dataclass(frozen=True)
class _Gnu:
    """The options of GNU ld that lld understands as well."""

    program: tuple[str, ...]
    version: str

    def command(self, abi: Abi) -> list[str]:
        emulation = "elf64lriscv" if abi.xlen == 64 else "elf32lriscv"
        return [*self.program, "-m", emulation, "-static", "--gc-sections"]

    def probe(self) -> list[str]:
        return [
            "--no-relax",
            "--emit-relocs",
            "--unresolved-symbols=ignore-all",
            "--noinhibit-exec",
            "-e",
            "_start",
            f"--defsym=_DYNAMIC={_PROBE_BASE}",
        ]

    def image(self) -> list[str]:
        return ["-z", "norelro", "--build-id=none"]


@dataclass(frozen=True)
class Lld(_Gnu):
    """LLVM's linker. Of several archives that define a name it takes the first one named."""

    def probe(self) -> list[str]:
        return [*super().probe(), "--no-warnings", f"--image-base={_PROBE_BASE}"]

    def image(self) -> list[str]:
        return [*super().image(), "--relax-gp"]

    def libraries(
        self, given: Sequence[str], first: Sequence[str], rest: Sequence[str]
    ) -> list[str]:
        return ["--start-group", *first, *rest, "--end-group"]


@dataclass(frozen=True)
class GnuLd(_Gnu):
    """GNU ld. It relaxes against gp by itself and knows no name for that before 2.41.

    It reads archives one after the other, so a member of the libc that needs `memset` would get
    the libc's own: what must win is linked whole, and collected again where nothing uses it.
    """

    def probe(self) -> list[str]:
        return [*super().probe(), "-z", "noexecstack", f"-Ttext-segment={_PROBE_BASE}"]

    def image(self) -> list[str]:
        return [*super().image(), "--relax", "-z", "noexecstack"]

    def libraries(
        self, given: Sequence[str], first: Sequence[str], rest: Sequence[str]
    ) -> list[str]:
        whole = ["--whole-archive", *first, "--no-whole-archive"] if first else []
        return [*whole, "--start-group", *given, *rest, "--end-group"]
