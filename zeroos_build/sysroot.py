# SPDX-License-Identifier: MIT OR Apache-2.0
"""The sysroot: unmodified musl and the compiler's builtins, built once per (toolchain, ABI)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from zeroos_build import cache, files, ninja
from zeroos_build.diagnostics import error
from zeroos_build.paths import data_root
from zeroos_build.toolchain.base import Abi, Toolchain

# Counts up whenever the way of building changes.
VERSION = 2
_FLAGS = (
    "-std=c99", "-ffreestanding", "-O2", "-fno-stack-protector", "-D_XOPEN_SOURCE=700", "-w",
)  # fmt: skip
# The engines of printf and scanf are most of a small program, and hardly faster at -O2.
_SMALL = frozenset(
    f"stdio_{name}.o" for name in ("vfprintf", "vfscanf", "vfwprintf", "vfwscanf")
)  # fmt: skip
# These must not be compiled into calls of themselves; musl's Makefile names the same.
_MEMORY = frozenset(f"string_{name}.o" for name in ("memcpy", "memmove", "memcmp", "memset"))
# musl's own headers that must win over the public ones, in this order.
_PRIVATE = ("arch/riscv{xlen}", "arch/generic", "src/include", "src/internal")

OnStep = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Sysroot:
    """A finished entry of the cache: archives that are not lowered yet."""

    directory: Path

    @property
    def libc(self) -> Path:
        """musl."""
        return self.directory / "libc.a"

    @property
    def crt1(self) -> Path:
        """musl's start object."""
        return self.directory / "crt1.o"

    @property
    def builtins(self) -> Path:
        """The compiler's support library."""
        return self.directory / "builtins.a"


def overlays(*, linux: bool) -> list[Path]:
    """Directories of headers that stand before musl's.

    `soft-float` has no floating-point exceptions; `one-hart` has plain atomics, which would be
    wrong under a real kernel.
    """
    root = data_root() / "libos" / "musl"
    return [root / "soft-float"] if linux else [root / "one-hart", root / "soft-float"]


def musl_objects(source: Path, xlen: int) -> dict[str, Path]:
    """Object name to source file, by the rule of musl's Makefile.

    src/*/*.c and src/malloc/mallocng/*.c, each replaced by a file of the same name in a
    src/*/riscv<xlen>/ directory where there is one.
    """
    arch = f"riscv{xlen}"
    found: dict[str, Path] = {}
    for directory in [*sorted((source / "src").glob("*/")), source / "src/malloc/mallocng"]:
        prefix = str(directory.relative_to(source / "src")).replace("/", "_")
        for pattern in ("*.c", f"{arch}/*.c", f"{arch}/*.s", f"{arch}/*.S"):
            for file in sorted(directory.glob(pattern)):
                found[f"{prefix}_{file.stem}.o"] = file
    return found


def include_flags(directories: list[Path], flag: str = "-isystem") -> list[str]:
    """Directories as compiler arguments."""
    return [part for directory in directories for part in (flag, str(directory))]


def cxx_configuration(name: str) -> Path:
    """A header of ours that configures the C++ library."""
    return data_root() / "libos" / "cxx" / name


def cxx_flags(toolchain: Toolchain) -> list[str]:
    """What every C++ source needs: the library's configuration, its headers before all others."""
    if not toolchain.has_cxx:
        return []
    root = toolchain.cxx_source()
    return [
        "-include",
        str(cxx_configuration("__config_site")),
        *include_flags([root / "libcxx" / "include", root / "libcxxabi" / "include"]),
    ]


def build_sysroot(
    toolchain: Toolchain,
    abi: Abi,
    *,
    linux: bool = False,
    jobs: int | None = None,
    on_step: OnStep | None = None,
) -> Sysroot:
    """The cached sysroot, built now when it is missing (about 30 s on two cores).

    `linux`: for static Linux executables, which run under a kernel with real threads.
    """
    source = toolchain.musl_source()
    extra = sorted(p for root in overlays(linux=linux) for p in root.rglob("*") if p.is_file())
    digest = cache.digest_of(
        VERSION, toolchain.fingerprint(), str(abi), _FLAGS, linux, cache.digest_of_files(extra)
    )

    def build(staging: Path) -> None:
        objects = musl_objects(source, abi.xlen)
        if not objects:
            raise error(
                "ZOS204",
                f"`{source}` holds no musl sources",
                help="install the compiler wheel again: pip install --force-reinstall ziglang",
            )
        files.write_text(
            staging / "build.ninja",
            _plan(toolchain, abi, source, objects, staging, overlays(linux=linux)),
        )
        ninja.run(staging / "build.ninja", jobs=jobs, on_step=on_step)
        for leftover in ("obj", "work", "libc.rsp", "build.ninja", ".ninja_log", ".ninja_deps"):
            files.remove_tree(staging / leftover)

    return Sysroot(cache.entry("sysroot", digest, build))


def _plan(
    toolchain: Toolchain,
    abi: Abi,
    source: Path,
    objects: dict[str, Path],
    staging: Path,
    before: list[Path],
) -> str:
    plan = ninja.NinjaFile()
    private = [source / part.format(xlen=abi.xlen) for part in _PRIVATE]
    generated = toolchain.musl_generated(abi)
    compiler = [
        *toolchain.compiler(abi),
        *_FLAGS,
        *include_flags([*before, *private, *generated, source / "include"], "-I"),
    ]
    names = []
    for name, file in objects.items():
        target = f"obj/{name}"
        names.append(target)
        size = ["-Os"] if name in _SMALL else []
        own = toolchain.own_code() if name in _MEMORY else []
        plan.edge(
            f"compile {name}",
            [*compiler, *size, *own, "-c", str(file), "-o", target],
            [target],
            [str(file)],
        )
    crt = source / "crt" / "crt1.c"
    plan.edge("compile crt1.o", [*compiler, "-c", str(crt), "-o", "crt1.o"], ["crt1.o"], [str(crt)])
    # A response file: the names of all objects are longer than some systems' command lines.
    response = staging / "libc.rsp"
    files.write_text(response, "\n".join(names) + "\n")
    plan.edge(
        "archive libc.a", [*toolchain.archiver(), "rcsD", "libc.a", f"@{response.name}"],
        ["libc.a"], names,
    )  # fmt: skip
    builtins = toolchain.builtins(abi, Path("obj/compiler_rt.o"), Path("work"))
    plan.edge("compile builtins", builtins, ["obj/compiler_rt.o"], [])
    plan.edge(
        "archive builtins.a", [*toolchain.archiver(), "rcsD", "builtins.a", "obj/compiler_rt.o"],
        ["builtins.a"], ["obj/compiler_rt.o"],
    )  # fmt: skip
    return plan.text()
