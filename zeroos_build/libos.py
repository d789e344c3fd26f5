# SPDX-License-Identifier: MIT OR Apache-2.0
"""The libOS as an archive, compiled once per (toolchain, ABI) and cached."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from zeroos_build import cache, files, ninja
from zeroos_build.elf.weaken import weaken
from zeroos_build.generate.headers import syscalls_header
from zeroos_build.paths import data_root
from zeroos_build.spec import Specs
from zeroos_build.sysroot import include_flags
from zeroos_build.toolchain.base import Abi, Toolchain

VERSION = 4
# memcpy and friends must not be compiled into calls of themselves.
_FLAGS = (
    "-std=c11", "-ffreestanding", "-fno-builtin", "-O2", "-fno-stack-protector", "-Wall", "-Wextra",
    "-Wshadow", "-Wpointer-arith", "-Wcast-qual", "-Wsign-compare",
)  # fmt: skip
# Each is an archive of its own: of several that define the same names, the plan picks one.
_CHOICES = "choices"
NO_UNWINDER = "unwinder-none"
# One archive stands before the libc, which defines some of the same names.
_FIRST = ("string", "builtins")
# Weak defaults, another archive: a linker that reads archives one after the other would find
# the real definitions first and link what the program does not have.
_DEFAULTS = ("core", "alone")


def sources() -> list[Path]:
    """All sources of the libOS, sorted."""
    root = data_root() / "libos"
    found = [*root.glob("*/*.c"), *root.glob("*/*.S")]
    return sorted(p for p in found if p.parent.name not in ("musl", "include", "linux"))


def build_libos(
    toolchain: Toolchain,
    abi: Abi,
    specs: Specs,
    *,
    jobs: int | None = None,
    on_step: Callable[[int, int, str], None] | None = None,
) -> Path:
    """The directory with libos.a, one archive per choice, and the generated headers."""
    root = data_root() / "libos"
    header = syscalls_header(specs)
    headers = sorted((root / "include").rglob("*.h"))
    digest = cache.digest_of(
        VERSION, toolchain.fingerprint(), str(abi), _FLAGS, header,
        cache.digest_of_files([*headers, *sources()]),
    )  # fmt: skip

    def build(staging: Path) -> None:
        files.write_text(staging / "include/zeroos/syscalls.h", header)
        compiler = [
            *toolchain.compiler(abi), *_FLAGS, *toolchain.own_code(),
            *(["-Werror"] if toolchain.pinned else []), f"-ffile-prefix-map={root}=libos",
            "-isystem", "include", "-isystem", str(root / "include"),
            *include_flags(toolchain.includes(abi)[:1]),
        ]  # fmt: skip
        plan = ninja.NinjaFile()
        members: list[str] = []
        first: list[str] = []
        defaults: list[str] = []
        for source in sources():
            part = source.parent.name
            target = f"obj/{part}_{source.stem}.o"
            plan.edge(
                f"compile {part}/{source.name}", [*compiler, "-c", str(source), "-o", target],
                [target], [str(source)],
            )  # fmt: skip
            if part == _CHOICES:
                archive = f"{source.stem}.a"
                plan.edge(
                    f"archive {archive}", [*toolchain.archiver(), "rcsD", archive, target],
                    [archive], [target],
                )  # fmt: skip
            elif part in _FIRST:
                first.append(target)
            else:
                (defaults if (part, source.stem) == _DEFAULTS else members).append(target)
        for archive, parts in (("first.a", first), ("defaults.a", defaults), ("libos.a", members)):
            plan.edge(
                f"archive {archive}", [*toolchain.archiver(), "rcsD", archive, *parts],
                [archive], parts,
            )  # fmt: skip
        files.write_text(staging / "build.ninja", plan.text())
        ninja.run(staging / "build.ninja", jobs=jobs, on_step=on_step)
        # A project's own handler has the same name and is linked instead.
        libos = staging / "libos.a"
        weak = weaken(libos.read_bytes(), lambda symbol: symbol.startswith("sys_"), "libos.a")
        files.write_bytes(libos, weak)
        for leftover in ("obj", "build.ninja", ".ninja_log", ".ninja_deps"):
            files.remove_tree(staging / leftover)

    return cache.entry("libos", digest, build)


def build_linux_library(
    toolchain: Toolchain,
    abi: Abi,
    *,
    jobs: int | None = None,
    on_step: Callable[[int, int, str], None] | None = None,
) -> Path:
    """The archive that a Linux process of the same program needs besides musl.

    It has memcpy and memmove, which the compiler wheel's musl lacks, `<zeroos/io.h>`,
    `<zkvm_accelerators.h>`, and what Rust asks of an unwinder where there is none.
    """
    root = data_root() / "libos"
    given = sorted(
        path for part in ("string", "linux", "crypto") for path in (root / part).glob("*.[cS]")
    )
    given.append(root / _CHOICES / f"{NO_UNWINDER}.c")
    digest = cache.digest_of(
        VERSION, toolchain.fingerprint(), str(abi), _FLAGS, cache.digest_of_files(given)
    )

    def build(staging: Path) -> None:
        compiler = [
            *toolchain.compiler(abi), *_FLAGS, *toolchain.own_code(),
            *include_flags([root / "include", root / "include" / "public"]),
            *include_flags(toolchain.includes(abi)),
        ]  # fmt: skip
        plan = ninja.NinjaFile()
        members = []
        for source in given:
            target = f"obj/{source.stem}.o"
            plan.edge(
                f"compile {source.name}", [*compiler, "-c", str(source), "-o", target],
                [target], [str(source)],
            )  # fmt: skip
            members.append(target)
        plan.edge(
            "archive linux.a", [*toolchain.archiver(), "rcsD", "linux.a", *members],
            ["linux.a"], members,
        )  # fmt: skip
        files.write_text(staging / "build.ninja", plan.text())
        ninja.run(staging / "build.ninja", jobs=jobs, on_step=on_step)
        for leftover in ("obj", "build.ninja", ".ninja_log", ".ninja_deps"):
            files.remove_tree(staging / leftover)

    return cache.entry("linux", digest, build) / "linux.a"
