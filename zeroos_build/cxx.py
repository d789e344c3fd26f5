# SPDX-License-Identifier: MIT OR Apache-2.0
"""The C++ library: libc++, libc++abi and libunwind of the wheel's sources, in one archive.

Built once per (toolchain, ABI), and only when a program is linked as C++. Lowered like a program's
own objects, since it makes system calls by `syscall()`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from zeroos_build import cache, files, ninja
from zeroos_build.elf.archive import members
from zeroos_build.lower.batch import lower_archive
from zeroos_build.lower.config import LowerConfig
from zeroos_build.sysroot import cxx_configuration, cxx_flags, include_flags, overlays
from zeroos_build.toolchain.base import Abi, Toolchain

# Counts up whenever the way of building changes.
VERSION = 1
ARCHIVE = "libc++.a"
_FLAGS = ("-O2", "-w", "-DNDEBUG", "-fvisibility=hidden", "-fvisibility-inlines-hidden")
_LIBCXX = ("-std=c++23", "-D_LIBCPP_BUILDING_LIBRARY", "-DLIBCXX_BUILDING_LIBCXXABI",
           "-faligned-allocation")  # fmt: skip
_LIBCXXABI = ("-std=c++23", "-D_LIBCXXABI_BUILDING_LIBRARY", "-D_LIBCPP_BUILDING_LIBRARY")
_LIBUNWIND = ("-D_LIBUNWIND_IS_NATIVE_ONLY", "-fno-exceptions", "-funwind-tables")
# Without exceptions, and what is for other systems or experimental.
_LEFT_OUT = frozenset(
    ["libcxxabi_cxa_noexception", "libcxx_support_ibm", "libcxx_support_win32",
     "libcxx_pstl", "libcxx_experimental"]
)  # fmt: skip

OnStep = Callable[[int, int, str], None]


def cxx_sources(root: Path) -> dict[str, Path]:
    """Object name to source file, below the directory with libcxx/, libcxxabi/, libunwind/.

    `operator new` of libc++ (new.cpp) is left out: libc++abi has its own.
    """
    found = {}
    for library in ("libcxx", "libcxxabi", "libunwind"):
        source = root / library / "src"
        for path in sorted(source.rglob("*")):
            name = "_".join((library, *path.relative_to(source).with_suffix("").parts))
            if name == "libcxx_new" or path.suffix not in (".cpp", ".c", ".S"):
                continue
            if not any(name == out or name.startswith(f"{out}_") for out in _LEFT_OUT):
                found[f"{name}.o"] = path
    return found


def build_cxx(
    toolchain: Toolchain, abi: Abi, *, jobs: int | None = None, on_step: OnStep | None = None
) -> Path:
    """The cached archive with everything, built now when it is missing (about a minute of CPU)."""
    root, unwinder = toolchain.cxx_source(), cxx_configuration("unwinder.h")
    digest = cache.digest_of(
        VERSION, toolchain.fingerprint(), str(abi), _FLAGS, _LIBCXX, _LIBCXXABI, _LIBUNWIND,
        cache.digest_of_files([cxx_configuration("__config_site"), unwinder]),
    )  # fmt: skip

    def build(staging: Path) -> None:
        plan, names = ninja.NinjaFile(), []
        system = include_flags([*overlays(linux=False), *toolchain.includes(abi)])
        own = include_flags(
            [root / "libcxx" / "src", root / "libunwind" / "include"], "-I"
        )  # fmt: skip
        for name, source in cxx_sources(root).items():
            library = name.partition("_")[0]
            cxx = source.suffix == ".cpp"
            extra = {"libcxx": _LIBCXX, "libcxxabi": _LIBCXXABI, "libunwind": _LIBUNWIND}[library]
            if cxx and library == "libunwind":
                extra = (*extra, "-std=c++17", "-fno-rtti", "-include", str(unwinder))
            command = [
                *toolchain.compiler(abi, cxx=cxx), *_FLAGS, *extra, *own,
                *(cxx_flags(toolchain) if cxx else []), *system,
            ]  # fmt: skip
            output = f"obj/{name}"
            names.append(output)
            plan.edge(
                f"compile {name}", [*command, "-c", str(source), "-o", output], [output],
                [str(source)],
            )  # fmt: skip
        files.write_text(staging / "cxx.rsp", "\n".join(names) + "\n")
        plan.edge(
            f"archive {ARCHIVE}", [*toolchain.archiver(), "rcsD", ARCHIVE, "@cxx.rsp"], [ARCHIVE],
            names,
        )  # fmt: skip
        files.write_text(staging / "build.ninja", plan.text())
        ninja.run(staging / "build.ninja", jobs=jobs, on_step=on_step)
        for leftover in ("obj", "cxx.rsp", "build.ninja", ".ninja_log", ".ninja_deps"):
            files.remove_tree(staging / leftover)

    return cache.entry("cxx", digest, build) / ARCHIVE


def lower_cxx(archive: Path, config: LowerConfig) -> Path:
    """The archive lowered as a program's own objects are, cached."""
    digest = cache.digest_of(config.digest(), archive.parent.name)

    def build(staging: Path) -> None:
        rows = [(m.name, bytes(m.data)) for m in members(archive.read_bytes(), archive.name)]
        files.write_bytes(staging / ARCHIVE, lower_archive(ARCHIVE, rows, config)[0])

    return cache.entry("lowered-cxx", digest, build) / ARCHIVE
