# SPDX-License-Identifier: MIT OR Apache-2.0
"""The source of std as cargo is shown it, where the installed one would be wrong for a machine.

std's Cargo.lock pins the crate `libc`. Its older versions give riscv32 with musl a `time_t` of 32
bits, while musl has 64 there: every `timespec` and `stat` would be read wrongly. So for 32 bits
cargo gets the same source with a newer `libc` in the lock file. Nothing that is installed changes.
"""

from __future__ import annotations

import re
from pathlib import Path

from zeroos_build import cache, files
from zeroos_build.cargo.machine import Machine
from zeroos_build.cargo.rust import Rust
from zeroos_build.diagnostics import error

# libc@0.2.191: build.rs, `only_v1_2_on_musl`, and src/unix/linux_like/linux/musl/mod.rs `time_t`.
_LIBC = (0, 2, 191)
_CHECKSUM = "65cd87c9a6d60536580b316ad985726104730a5151c99845f2490428ef91240a"
_ENTRY = re.compile(
    r'(name = "libc"\nversion = ")(\d+)\.(\d+)\.(\d+)("\nsource = "[^"]+"\nchecksum = ")[0-9a-f]+'
)
# Where cargo (src/cargo/core/compiler/standard_lib.rs) looks before the compiler's sysroot.
VARIABLE = "__CARGO_TESTS_ONLY_SRC_ROOT"


def library_source(machine: Machine, rust: Rust) -> Path | None:
    """The directory that stands for the source of std; None where the installed one is right.

    Raises ZOS187 where `libc` would be wrong and cannot be replaced.
    """
    if machine.xlen == 64:
        return None
    lock = rust.library / "Cargo.lock"
    text = lock.read_text("utf-8") if lock.is_file() else ""
    found = _ENTRY.search(text)
    if found is None:
        raise error(
            "ZOS187",
            f"std of rustc {rust.release} cannot be built for 32 bits",
            notes=[
                f"`{lock}` does not pin the crate libc, whose time_t is wrong for riscv32"
                " in versions before 0.2.191"
            ],
            help="choose a 64-bit target",
        )
    if tuple(map(int, found.group(2, 3, 4))) >= _LIBC:
        return None
    version = ".".join(map(str, _LIBC))
    patched = _ENTRY.sub(lambda match: f"{match[1]}{version}{match[5]}{_CHECKSUM}", text)

    def build(staging: Path) -> None:
        for path in rust.library.iterdir():
            if path != lock:
                (staging / path.name).symlink_to(path)
        files.write_text(staging / lock.name, patched)

    return cache.entry("rust-std", cache.digest_of(rust.release, str(rust.library), patched), build)
