# SPDX-License-Identifier: MIT OR Apache-2.0
"""The Rust crate and the stubs: recorded for a small subsystem, checked by cargo for all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.rust import cargo, need_rust_target
from tests.support.tools import RUST_TARGETS
from zeroos_build import __version__
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.generate.handlers import stub_files, subject_specs
from zeroos_build.generate.rust import crate_files, rust_type
from zeroos_build.own_specs import extended
from zeroos_build.spec import Specs, load_specs

HERE = Path(__file__).parent / "generated"
MINE = HERE / "mine.toml"


def _compare(name: str, text: str) -> None:
    golden = HERE / name
    text = text.replace(__version__, "VERSION")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text)
    assert text == golden.read_text()


def _mine() -> Specs:
    specs, _ = subject_specs(str(MINE))
    return Specs({"mine": specs.files["mine"]}, {"rv64": {}, "rv32": {}}, ())


def test_crate() -> None:
    """Of a specs file alone, so that the record changes with the generator only."""
    made = crate_files(_mine())
    for name in ("Cargo.toml", "src/lib.rs", "src/structs.rs", "src/types.rs", "src/number.rs",
                 "src/handlers.rs", "src/subsystems.rs"):  # fmt: skip
        _compare(f"crate/{name}", made[name])
    assert "pub const ENOENT: Errno = Errno(2);" in made["src/errno.rs"]
    assert "pub const O_RDWR: c_int = 2;" in made["src/flags.rs"]
    assert "pub const RLIM64_INFINITY: c_ulonglong = c_ulonglong::MAX;" in made["src/flags.rs"]


def test_stubs() -> None:
    specs, calls = subject_specs(str(MINE))
    made = stub_files(specs, calls, "c")
    assert list(made) == ["mine_sum.c", "mine_stop.c", "mine_frame.c"]
    _compare("stubs/handlers.c", "".join(made.values()))
    _compare("stubs/lib.rs", stub_files(specs, calls, "rust")["src/lib.rs"])


def test_equal_bytes() -> None:
    """In another process, whatever the order of its sets."""
    script = (
        "from zeroos_build.generate.rust import crate_files\n"
        "from zeroos_build.spec import load_specs\n"
        "print(repr(crate_files(load_specs())))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert runs[0] == runs[1]


@pytest.mark.parametrize("target", RUST_TARGETS)
def test_cargo_checks_stubs_of_everything(target: str, tmp_path: Path) -> None:
    """The crate, every trait and every macro compile without a warning."""
    need_rust_target(target)
    specs = extended([MINE])
    made = stub_files(specs, list(specs.by_name.values()), "rust")
    for name, text in made.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    names = re.findall(r"unsafe fn (\w+)", made["src/lib.rs"])
    assert set(names) == set(specs.by_name)
    cargo(tmp_path, "check", "--target", target)


@pytest.mark.parametrize(
    ("c", "rust"),
    [
        ("int", "c_int"),
        ("const void *", "*const c_void"),
        ("struct stat *", "*mut stat"),
        ("const unsigned long *", "*const c_ulong"),
        ("const char *const *", "*const *const c_char"),
        ("char *const *", "*const *mut c_char"),
        ("size_t *", "*mut usize"),
    ],
)
def test_types(c: str, rust: str) -> None:
    assert rust_type(c) == rust


def test_every_type_of_a_spec_has_one_in_rust() -> None:
    for call in load_specs().by_name.values():
        for argument in call.args:
            assert rust_type(argument.type)


def _refused(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(ZeroosError) as caught:
        extended([path])
    return [(d.code, d.message) for d in caught.value.diagnostics]


def _spec(name: str, nr: str) -> str:
    return (
        f'[[syscall]]\nname = "{name}"\nnr = {nr}\nsubsystem = "mine"\nreturns = "int"\n'
        'args = []\ndoc = "A call of mine."\n'
    )


def test_own_specs_that_contradict(tmp_path: Path) -> None:
    doc = 'doc = "Mine."\n'
    both = "{ rv64 = 64, rv32 = 1000 }"
    assert _refused(tmp_path, doc + _spec("mine", both)) == [
        ("ZOS301", "number 64 on rv64 is Linux's `write`, not `mine`")
    ]
    assert _refused(tmp_path, doc + _spec("bpf", "{ rv64 = 1000 }")) == [
        ("ZOS301", "Linux's `bpf` is number 280 on rv64, not 1000")
    ]
    twice = _spec("one", "{ rv64 = 1000 }") + _spec("two", "{ rv64 = 1000 }")
    assert _refused(tmp_path, doc + twice) == [
        ("ZOS302", "`two` and `one` have the same number on rv64")
    ]
    assert _refused(tmp_path, doc + _spec("close", "{ rv64 = 57 }"))[0] == (
        "ZOS302",
        "`close` has a spec in this version of zeroos-build",
    )
    assert _refused(tmp_path, doc + "[syscall]\n")[0][0] == "ZOS303"
    assert _refused(tmp_path, "doc = ")[0][0] == "ZOS108"


def test_a_call_of_linux_that_has_no_spec(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('doc = "Mine."\n' + _spec("bpf", "{ rv64 = 280, rv32 = 280 }"))
    specs = extended([path])
    assert specs.by_name["bpf"].subsystem == "mine"
    assert "bpf" not in load_specs().by_name
