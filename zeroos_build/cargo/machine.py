# SPDX-License-Identifier: MIT OR Apache-2.0
"""The machines that Rust compiles for, as rustc's target JSON.

They are rustc's own `riscv*-unknown-linux-musl` with soft floats and fewer instructions. rustc has
no built-in one for Linux without F and D; its bare-metal ones have no standard library.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from zeroos_build import files
from zeroos_build.cache import digest_of
from zeroos_build.paths import cache_root
from zeroos_build.target import Target

# rustc checks these against LLVM's own: rustc_target 1.95, src/spec/targets/riscv*gc_*_musl.rs.
_LAYOUT = {
    64: "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128",
    32: "e-m:e-p:32:32-i64:64-n32-S128",
}
_ABI = {64: "lp64", 32: "ilp32"}


@dataclass(frozen=True, slots=True)
class Machine:
    """Register width, and whether several harts (a Linux process) may run the code.

    Code for one hart has no atomic instructions: rustc makes them plain loads and stores, which
    is right where threads are cooperative.
    """

    xlen: int
    harts: bool

    @classmethod
    def of(cls, target: Target) -> Machine:
        """The machine of a target's programs."""
        return cls(target.isa.xlen, target.kernel == "linux")

    @property
    def triple(self) -> str:
        """The name that cargo and build scripts see."""
        return f"riscv{self.xlen}im{'a' if self.harts else ''}-zeroos-linux-musl"

    @property
    def codegen(self) -> list[str]:
        """Flags for rustc beyond what the JSON says."""
        return [] if self.harts else ["-Cpasses=lower-atomic"]

    def json(self) -> str:
        """rustc's description of the machine."""
        features = "+m,+a,+relax" if self.harts else "+m,+relax"
        spec = {
            "arch": f"riscv{self.xlen}",
            "code-model": "medium",
            "cpu": f"generic-rv{self.xlen}",
            "crt-static-default": True,
            "crt-static-respected": True,
            "data-layout": _LAYOUT[self.xlen],
            "default-uwtable": False,
            "dynamic-linking": False,
            "env": "musl",
            "features": features,
            "has-rpath": False,
            "has-thread-local": True,
            "linker-flavor": "gnu-cc",
            "llvm-abiname": _ABI[self.xlen],
            "llvm-target": f"riscv{self.xlen}-unknown-linux-musl",
            # As plain instructions, atomics may be as wide as one likes.
            "max-atomic-width": self.xlen if self.harts else 64,
            "no-default-libraries": False,
            "os": "linux",
            "panic-strategy": "abort",
            "position-independent-executables": False,
            "relocation-model": "static",
            "relro-level": "off",
            "target-family": ["unix"],
            "target-pointer-width": self.xlen,
        }
        return json.dumps(spec, indent=1, sort_keys=True) + "\n"

    def file(self) -> Path:
        """The JSON in the cache, under the machine's name; written when it is not there."""
        text = self.json()
        path = cache_root() / "rust" / digest_of(text) / f"{self.triple}.json"
        files.write_if_changed(path, text.encode())
        return path
