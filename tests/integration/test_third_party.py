# SPDX-License-Identifier: MIT OR Apache-2.0
"""Libraries that their own makefiles built with a foreign GCC's defaults: linked as they are.

The compilers' own flags stay as they are (-O3 and -O2 -g of the makefiles, no -mno-relax, no
--no-pad-sections); only the ABI, the code model (memory may lie above 2 GiB) and the headers are
said. The headers are musl's, because those of riscv64-linux-gnu-gcc are glibc's, whose types
differ, and riscv64-unknown-elf-gcc has none.
"""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.support.images import ROOT, build, execute
from tests.support.toolchains import choose
from zeroos_build.elf import constants as c
from zeroos_build.elf.archive import members
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.sysroot import include_flags
from zeroos_build.toolchain.base import Abi

SOURCES = ROOT / "tests" / "third_party"
ABI = Abi("rv64imac", "lp64")
FLAGS = (f"-march={ABI.march}", f"-mabi={ABI.mabi}", "-mcmodel=medany")
# Library: its directory in the crates, the archive there, and the compiler of its objects.
LIBRARIES = {
    "lz4": ("lz4-sys/liblz4/lib", "liblz4.a", "gcc-elf"),
    "bzip2": ("bzip2-sys/bzip2-1.0.8", "libbz2.a", "gcc"),
}
MANIFEST = """
objects = ["guest/liblz4.a", "guest/libbz2.a"]
include = ["include"]
"""


def _run(*command: str | Path, cwd: Path, data: bytes = b"") -> bytes:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, input=data, capture_output=True, timeout=300,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    return done.stdout


def make_library(name: str, crates: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library by its own makefile, for the guest."""
    place, archive, compiler = LIBRARIES[name]
    toolchain = choose(compiler, monkeypatch)
    program = {"gcc": "riscv64-linux-gnu-", "gcc-elf": "riscv64-unknown-elf-"}[compiler]
    headers = ["-nostdinc", *include_flags(toolchain.includes(ABI))]
    work = crates / place
    _run(
        "make", "-s", "-j2", archive,
        " ".join([f"CC={program}gcc", *FLAGS, *headers]),
        f"AR={program}ar", f"RANLIB={program}ranlib", cwd=work,
    )  # fmt: skip
    target.mkdir(exist_ok=True)
    shutil.copy(work / archive, target)


def text() -> bytes:
    """Words with repetitions, runs and noise."""
    rng = random.Random(7)
    words = [rng.randbytes(rng.randint(2, 9)).hex().encode() for _ in range(300)]
    parts = [rng.choice(words) for _ in range(2500)]
    parts[700:700] = [b"\0" * 3000, rng.randbytes(3000)]
    return b" ".join(parts)


def test_compression_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for program in ("cargo", "make", "cc"):
        need_program(program)
    crates = tmp_path / "crates"
    shutil.copytree(SOURCES, tmp_path / "names", ignore=shutil.ignore_patterns("vendor"))
    _run("cargo", "vendor", "--locked", "--quiet", crates, cwd=tmp_path / "names")
    project = tmp_path / "project"
    (project / "include").mkdir(parents=True)
    sources: list[Path] = []
    for name, (place, archive, _) in LIBRARIES.items():
        make_library(name, crates, project / "guest", monkeypatch)
        for header in (crates / place).glob("*.h"):
            shutil.copy(header, project / "include")
        for member in members((project / "guest" / archive).read_bytes(), archive):
            sources.append((crates / place / member.name).with_suffix(".c"))
            assert Relocatable.parse(bytes(member.data), member.name).flags & c.EF_RISCV_RVC
    shutil.copy(SOURCES / "main.c", project)
    (project / "zeroos.toml").write_text(f'[image]\nname = "compress"\n{MANIFEST}')

    # The host's: the same sources, without the makefiles' optimization.
    host = tmp_path / "host"
    _run("cc", "-O1", "-w", f"-I{project / 'include'}", "-o", host, project / "main.c", *sources,
         cwd=tmp_path)  # fmt: skip
    data = text()
    done = subprocess.run([host], input=data, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr

    monkeypatch.delenv("ZEROOS_GCC")
    for target in ("qemu-virt", "sp1"):
        run = execute(build(project, target).image, target, stdin=data)
        assert run.result.message is None
        assert (run.result.exit_code, run.stdout, run.stderr) == (0, done.stdout, done.stderr)
