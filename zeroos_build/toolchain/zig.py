# SPDX-License-Identifier: MIT OR Apache-2.0
"""The embedded default: the `ziglang` wheel's clang, lld and ar, without zig's own driver.

0.14.1 is pinned because it carries musl 1.2.5's complete C source but for memcpy and memmove,
which the libOS brings; later wheels replaced large parts of musl.
"""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from zeroos_build.diagnostics import error
from zeroos_build.riscv.march import extension_names
from zeroos_build.toolchain.base import CODE_FLAGS, Abi
from zeroos_build.toolchain.linkers import Lld

WHEEL = "0.14.1"
_LLVM = "19.1.7"


class Zig:
    """`zig clang`, `zig ld.lld` and `zig ar` are the plain LLVM tools."""

    name = "zig"
    version = WHEEL
    pinned = True
    has_cxx = True

    @cached_property
    def _root(self) -> Path:
        spec = find_spec("ziglang")
        if spec is None or spec.origin is None:
            raise error(
                "ZOS202",
                "the compiler wheel `ziglang` is not installed",
                help=f"pip install ziglang=={WHEEL}",
            )
        return Path(spec.origin).parent

    @property
    def program(self) -> str:
        """The one binary."""
        return str(self._root / "zig")

    def compiler(self, abi: Abi, *, cxx: bool = False) -> list[str]:
        return [
            self.program,
            "clang",
            f"--target=riscv{abi.xlen}-linux-musl",
            f"-march={abi.march}",
            f"-mabi={abi.mabi}",
            *CODE_FLAGS,
        ]

    def own_code(self) -> list[str]:
        return []

    @property
    def ld(self) -> Lld:
        """The wheel's lld."""
        return Lld((self.program, "ld.lld"), f"lld {_LLVM}")

    def linker(self, abi: Abi) -> list[str]:
        return self.ld.command(abi)

    def archiver(self) -> list[str]:
        return [self.program, "ar"]

    def builtins(self, abi: Abi, output: Path, work: Path) -> list[str]:
        added = "".join(f"+{name}" for name in extension_names(abi.march) if name != "i")
        return [
            self.program,
            "build-obj",
            str(self._root / "lib" / "compiler_rt.zig"),
            "-target",
            f"riscv{abi.xlen}-freestanding-none",
            f"-mcpu=generic_rv{abi.xlen}{added}",
            "-mcmodel=medium",
            "-OReleaseFast",
            "-ffunction-sections",
            "-fdata-sections",
            "-fstrip",
            "--cache-dir",
            str(work),
            "--global-cache-dir",
            str(work),
            f"-femit-bin={output}",
        ]

    def musl_source(self) -> Path:
        return self._root / "lib" / "libc" / "musl"

    def cxx_source(self) -> Path:
        return self._root / "lib"

    def musl_generated(self, abi: Abi) -> list[Path]:
        libc = self._root / "lib" / "libc" / "include"
        return [libc / f"riscv{abi.xlen}-linux-musl", libc / "generic-musl"]

    def system_headers(self, abi: Abi) -> list[Path]:
        """musl's and Linux's headers, without those of a compiler."""
        libc = self._root / "lib" / "libc" / "include"
        return [*self.musl_generated(abi), libc / "riscv-linux-any", libc / "any-linux-any"]

    def includes(self, abi: Abi) -> list[Path]:
        return [self._root / "lib" / "include", *self.system_headers(abi)]

    def programs(self) -> list[Path]:
        return [Path(self.program)]

    def fingerprint(self) -> str:
        return f"zig {WHEEL} {(self._root / 'zig').stat().st_size}"
