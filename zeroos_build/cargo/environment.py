# SPDX-License-Identifier: MIT OR Apache-2.0
"""What cargo, rustc and build scripts have to be told, as environment variables."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from zeroos_build.cargo.machine import Machine
from zeroos_build.cargo.rust import Rust
from zeroos_build.cargo.source import VARIABLE, library_source
from zeroos_build.wrap.memory import RECORD

if TYPE_CHECKING:
    from zeroos_build.toolchain.base import Abi, Toolchain

Panic = Literal["abort", "unwind"]
# How the runner, which cargo starts, learns what the command line asked for.
RUN = "ZEROOS_CARGO_RUN"


@dataclass(frozen=True, slots=True)
class Library:
    """Which standard library is built.

    `symbolizer` is the part of std that reads debug information to put names into backtraces;
    most of a small program's code would be that.
    """

    panic: Panic = "abort"
    symbolizer: bool = False
    std: bool = True

    @property
    def crates(self) -> str:
        """For -Zbuild-std."""
        if not self.std:
            return "core,alloc"
        return "std,panic_abort" if self.panic == "abort" else "std,panic_abort,panic_unwind"

    @property
    def features(self) -> str:
        """For -Zbuild-std-features; empty leaves all out."""
        named = [("panic-unwind", self.panic == "unwind"), ("backtrace", self.symbolizer)]
        return ",".join(name for name, wanted in named if wanted and self.std)


def variables(
    machine: Machine, library: Library, rust: Rust, env: Mapping[str, str]
) -> dict[str, str]:
    """For cargo and rustc. What the user's own environment says of flags is kept."""
    key = machine.triple.upper().replace("-", "_")
    flags = [*machine.codegen, f"-Cpanic={library.panic}"]
    rows = {
        "CARGO_BUILD_TARGET": str(machine.file()),
        "CARGO_UNSTABLE_BUILD_STD": library.crates,
        "CARGO_UNSTABLE_BUILD_STD_FEATURES": library.features,
        "CARGO_UNSTABLE_JSON_TARGET_SPEC": "true",
        f"CARGO_TARGET_{key}_LINKER": tool("zeroos-cc"),
        f"CARGO_TARGET_{key}_RUSTFLAGS": " ".join(flags),
        RECORD: "1",
    }
    # Each of these takes the place of the flags for one machine.
    if env.get("CARGO_ENCODED_RUSTFLAGS"):
        rows["CARGO_ENCODED_RUSTFLAGS"] = "\x1f".join([env["CARGO_ENCODED_RUSTFLAGS"], *flags])
    elif env.get("RUSTFLAGS"):
        rows["RUSTFLAGS"] = " ".join([env["RUSTFLAGS"], *flags])
    source = library_source(machine, rust) if library.std else None
    if source is not None:
        rows[VARIABLE] = str(source)
    if not rust.nightly:
        # Target JSON and the source of std are for nightly alone, unless one asks like this.
        rows["RUSTC_BOOTSTRAP"] = "1"
    return rows


def foreign_variables(machine: Machine, toolchain: Toolchain, abi: Abi) -> dict[str, str]:
    """For build scripts: compilers for the crate `cc` and its like, headers for bindgen."""
    under = machine.triple.replace("-", "_")
    includes = [word for path in toolchain.includes(abi) for word in ("-isystem", str(path))]
    clang = [f"--target=riscv{machine.xlen}-linux-musl", f"-mabi={abi.mabi}", *includes]
    return {
        f"CC_{under}": tool("zeroos-cc"),
        f"CXX_{under}": tool("zeroos-c++"),
        f"AR_{under}": tool("zeroos-ar"),
        f"RANLIB_{under}": tool("zeroos-ar") + " s",
        f"CFLAGS_{under}": "",
        f"BINDGEN_EXTRA_CLANG_ARGS_{under}": shlex.join(clang),
    }


def runner_words() -> list[str]:
    """The program that cargo starts with an executable's record and its arguments."""
    return [sys.executable, "-m", "zeroos_build.cargo.runner"]


def tool(name: str) -> str:
    """A wrapper by path where it stands beside this Python, else by name."""
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.is_file() else name
