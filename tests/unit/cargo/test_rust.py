# SPDX-License-Identifier: MIT OR Apache-2.0
"""What is found out about the installed Rust, and what std is built from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zeroos_build.cargo.machine import Machine
from zeroos_build.cargo.rust import Rust, find_rust
from zeroos_build.cargo.source import library_source
from zeroos_build.diagnostics import ZeroosError

LOCK = """version = 4

[[package]]
name = "cfg-if"
version = "1.0.4"

[[package]]
name = "libc"
version = "{}"
source = "registry+index"
checksum = "0123abcd"
dependencies = ["rustc-std-workspace-core"]
"""


def fake_rustc(directory: Path, release: str, *, source: bool) -> Path:
    """A program that answers as rustc does."""
    library = directory / "lib/rustlib/src/rust/library/std"
    if source:
        library.mkdir(parents=True)
        (library / "Cargo.toml").touch()
    script = directory / "rustc"
    script.write_text(
        f"#!/bin/sh\ncase $* in *sysroot) echo '{directory}' ;;"
        f" *) echo 'rustc {release}'; echo 'release: {release}' ;; esac\n"
    )
    script.chmod(0o755)
    return script


def code(raised: pytest.ExceptionInfo[ZeroosError]) -> str:
    return raised.value.diagnostics[0].code


@pytest.mark.parametrize(
    ("release", "nightly"), [("1.95.0", False), ("1.97.0-nightly", True), ("2.0.1", False)]
)
def test_versions(tmp_path: Path, release: str, nightly: bool) -> None:
    rustc = fake_rustc(tmp_path, release, source=True)
    found = find_rust(None, {"RUSTC": str(rustc)})
    assert (found.release, found.nightly, found.sysroot) == (release, nightly, tmp_path)


@pytest.mark.parametrize("release", ["1.75.0", "1.94.2", "0.9.0"])
def test_too_old(tmp_path: Path, release: str) -> None:
    rustc = fake_rustc(tmp_path, release, source=True)
    with pytest.raises(ZeroosError) as raised:
        find_rust(None, {"RUSTC": str(rustc)})
    assert code(raised) == "ZOS186"


def test_no_source(tmp_path: Path) -> None:
    rustc = fake_rustc(tmp_path, "1.95.0", source=False)
    with pytest.raises(ZeroosError) as raised:
        find_rust(None, {"RUSTC": str(rustc)})
    assert code(raised) == "ZOS185"


def test_no_rustc(tmp_path: Path) -> None:
    with pytest.raises(ZeroosError) as raised:
        find_rust(None, {"RUSTC": str(tmp_path / "missing")})
    assert code(raised) == "ZOS201"


@pytest.fixture
def rust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rust:
    monkeypatch.setenv("ZEROOS_CACHE_DIR", str(tmp_path / "cache"))
    library = tmp_path / "library"
    (library / "std").mkdir(parents=True)
    (library / "std" / "Cargo.toml").write_text("std's")
    return Rust("1.95.0", False, tmp_path, library)


def test_narrow_time_is_replaced(rust: Rust) -> None:
    (rust.library / "Cargo.lock").write_text(LOCK.format("0.2.178"))
    shown = library_source(Machine(32, harts=False), rust)
    assert shown is not None
    text = (shown / "Cargo.lock").read_text()
    assert 'name = "libc"\nversion = "0.2.191"\n' in text
    assert "0123abcd" not in text
    assert 'version = "1.0.4"' in text
    assert (shown / "std" / "Cargo.toml").read_text() == "std's"
    assert "0.2.178" in (rust.library / "Cargo.lock").read_text()


@pytest.mark.parametrize(("xlen", "version"), [(64, "0.2.178"), (32, "0.2.191"), (32, "0.3.0")])
def test_the_installed_source_is_right(rust: Rust, xlen: int, version: str) -> None:
    (rust.library / "Cargo.lock").write_text(LOCK.format(version))
    assert library_source(Machine(xlen, harts=False), rust) is None


@pytest.mark.parametrize("lock", ["", LOCK.format("0.2.178").replace("libc", "libd")])
def test_it_cannot_be_replaced(rust: Rust, lock: str) -> None:
    (rust.library / "Cargo.lock").write_text(lock)
    with pytest.raises(ZeroosError) as raised:
        library_source(Machine(32, harts=False), rust)
    assert code(raised) == "ZOS187"


def test_machines() -> None:
    """A zkVM's has no atomic instructions, and everything says how wide it is."""
    for xlen in (32, 64):
        for harts in (False, True):
            machine = Machine(xlen, harts)
            spec = json.loads(machine.json())
            assert spec["target-pointer-width"] == xlen
            assert ("+a" in spec["features"].split(",")) == harts
            assert machine.codegen == ([] if harts else ["-Cpasses=lower-atomic"])
            assert machine.triple.startswith(spec["arch"])
