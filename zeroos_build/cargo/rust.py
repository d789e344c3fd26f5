# SPDX-License-Identifier: MIT OR Apache-2.0
"""The Rust that is installed: which version, and the source of its standard library."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zeroos_build import process
from zeroos_build.diagnostics import error

# The oldest whose target JSON has the form that machine.py writes and that tests have run.
OLDEST = (1, 95)


@dataclass(frozen=True, slots=True)
class Rust:
    """An installed rustc; `library` is the source of its standard library."""

    release: str
    nightly: bool
    sysroot: Path
    library: Path


def find_rust(toolchain: str | None, env: Mapping[str, str]) -> Rust:
    """What `cargo` will compile with.

    `toolchain` is rustup's `+name` or None. Raises ZOS185 without the library's source, ZOS186
    for a version that is too old, ZOS201 without rustc.
    """
    rustc = [env.get("RUSTC") or "rustc", *([toolchain] if toolchain else [])]
    release = _release(_ask(rustc, "--version", "--verbose"))
    number = tuple(int(part) for part in release.split("-")[0].split(".")[:2])
    if number < OLDEST:
        raise error(
            "ZOS186",
            f"rustc {release} is too old: at least {OLDEST[0]}.{OLDEST[1]} is needed",
            notes=["older ones read other descriptions of a machine"],
            help="`rustup update stable`, or choose another one: `zeroos-build cargo +nightly ...`",
        )
    sysroot = Path(_ask(rustc, "--print", "sysroot").strip())
    library = sysroot / "lib" / "rustlib" / "src" / "rust" / "library"
    if not (library / "std" / "Cargo.toml").is_file():
        raise error(
            "ZOS185",
            "the source of Rust's standard library is not installed",
            notes=[f"rustc {release} has none in its sysroot"],
            help=f"`rustup component add rust-src{_of(toolchain)}`, or your distribution's package"
            " (Debian: rust-src)",
        )
    return Rust(release, "nightly" in release or "dev" in release, sysroot, library)


def _of(toolchain: str | None) -> str:
    return f" --toolchain {toolchain[1:]}" if toolchain else ""


def _ask(rustc: list[str], *words: str) -> str:
    done = process.run([*rustc, *words], env=dict(os.environ))
    if done.code != 0:
        raise error(
            "ZOS201",
            f"`{' '.join(rustc)}` does not answer",
            notes=[done.stderr.decode("utf-8", "replace").strip()],
            help="install Rust with rustup, or your distribution's packages rustc and cargo",
        )
    return done.stdout.decode("utf-8", "replace")


def _release(text: str) -> str:
    found = re.search(r"^release: (\d+\.\d+\.\S+)$", text, re.MULTILINE)
    if found is None:
        raise error(
            "ZOS186",
            "rustc does not say which version it is",
            notes=[text.strip()],
            help="set RUSTC to Rust's own compiler",
        )
    return found[1]
