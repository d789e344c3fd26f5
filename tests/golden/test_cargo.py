# SPDX-License-Identifier: MIT OR Apache-2.0
"""What `zeroos-build cargo` says of what it cannot build, word for word.

The compiler of some cases is a script that answers as rustc does. UPDATE_GOLDEN=1 writes the
expected texts anew; read the difference before committing it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.golden import check_refusal
from tests.support.objects import assemble, compile_c
from tests.unit.cargo.test_rust import fake_rustc
from zeroos_build.cargo.record import write_record
from zeroos_build.wrap.command import parse

GOLDEN = Path(__file__).parent / "cargo"
MAIN = "int f(void);\nint main(void) { return f(); }\n"
F = ".globl f\n.type f, @function\nf: li a0, 0\n ret\n.size f, .-f\n"
BUILD = "zeroos-build cargo build --release"
# Name to (command line, release of rustc, whether it has the source of std).
COMPILERS = {
    "missing-rust-src": (BUILD, "1.95.0", False),
    "missing-rust-src-of-nightly": (
        "zeroos-build cargo +nightly build", "1.97.0-nightly", False,
    ),
    "old-rustc": (BUILD, "1.74.1", True),
    "target-triple": (f"{BUILD} --target riscv64gc-unknown-linux-musl", "1.95.0", True),
    "several-machines": (f"{BUILD} -t sp1 -t risc0", "1.95.0", True),
    "run-on-several": ("zeroos-build cargo run -t sp1 -t zisk", "1.95.0", True),
    "no-such-target": (f"{BUILD} -t sp7", "1.95.0", True),
    "no-such-setting": (f"{BUILD} --set abi.memory.heep", "1.95.0", True),
    "panic-mode": (f"{BUILD} --panic never", "1.95.0", True),
    "value-missing": (f"{BUILD} -t", "1.95.0", True),
    "std-for-32-bits": (f"{BUILD} -t risc0", "1.95.0", True),
}  # fmt: skip
# Name to the object that a record names beside the program's own.
OBJECTS = {
    "object-with-hard-floats": lambda: assemble(F, march="rv64imafd", mabi="lp64d"),
    "object-of-another-width": lambda: assemble(F, march="rv32im", mabi="ilp32"),
    "bitcode": lambda: compile_c("int f(void) { return 0; }", extra="-O2 -flto"),
}


@pytest.mark.parametrize("name", sorted(COMPILERS))
def test_command_lines(name: str, tmp_path: Path) -> None:
    command, release, source = COMPILERS[name]
    (tmp_path / "Cargo.toml").write_text('[package]\nname = "x"\n')
    rustc = fake_rustc(tmp_path, release, source=source)
    check_refusal(
        GOLDEN / f"{name}.txt", command, tmp_path, {"RUSTC": str(rustc), "CARGO": "false"}
    )


@pytest.mark.parametrize("name", sorted(OBJECTS))
def test_objects(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARGO_MANIFEST_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.o").write_bytes(compile_c(MAIN))
    (tmp_path / "given.o").write_bytes(OBJECTS[name]())
    write_record(parse(["main.o", "given.o"]), tmp_path / "program")
    check_refusal(
        GOLDEN / f"{name}.txt",
        "python -m zeroos_build.cargo.runner program",
        tmp_path,
        {"ZEROOS_TARGET": "sp1"},
    )


def test_no_record(tmp_path: Path) -> None:
    (tmp_path / "program").write_bytes(b"\x7fELF")
    check_refusal(
        GOLDEN / "no-record.txt", "python -m zeroos_build.cargo.runner program", tmp_path, {}
    )
