# SPDX-License-Identifier: MIT OR Apache-2.0
"""A section of more than 3 MiB with system calls at its start, in its middle and at its end.

What is lowered does not reach its thunk by one jump, so the neighbours of a system call go along.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.support.images import ROOT, build, execute, make_project
from tests.support.oracle import build_linux, run_linux
from tests.support.toolchains import choose
from zeroos_build.elf.image import Image
from zeroos_build.elf.sites import SiteKind

CORPUS = ROOT / "tests" / "corpus"


@dataclass(frozen=True)
class Way:
    """A toolchain and a target; `objects` is the march of objects that are given, not compiled."""

    toolchain: str
    target: str
    objects: str = ""


WAYS = [
    Way("zig", "qemu-virt"),
    Way("gcc", "qemu-virt"),
    Way("clang", "sp1"),
    Way("zig", "sp1", "rv64imac"),
    Way("gcc", "sp1", "rv64imac"),
    Way("zig", "qemu-virt32"),
]
# What takes a detour, in the functions of the first two thirds.
DETOURS = {
    ("write", SiteKind.CALL), ("many", SiteKind.CALL), ("ask", SiteKind.RUN_TIME),
    ("ask", SiteKind.SET), ("leave", SiteKind.NORETURN),
}  # fmt: skip


@pytest.mark.usefixtures("qemu_user")
@pytest.mark.parametrize("way", WAYS, ids=lambda way: "-".join(filter(None, vars(way).values())))
def test_equals_linux(way: Way, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toolchain = choose(way.toolchain, monkeypatch)
    project = make_project(tmp_path / "p", (CORPUS / "far_main.c").read_text())
    shutil.copy(CORPUS / "far.c", project)
    wanted = run_linux(build_linux(project, tmp_path / "program", way.target))
    assert wanted.code == 42
    if way.objects:
        compiler = {"zig": "clang-19", "gcc": "riscv64-linux-gnu-gcc"}[way.toolchain]
        need_program(compiler)
        target = [] if way.toolchain == "gcc" else ["--target=riscv64-linux-gnu"]
        subprocess.run(
            [compiler, *target, f"-march={way.objects}", "-mabi=lp64", "-O2", "-c", "far.c",
             "-o", "given.o"],
            cwd=project, check=True,
        )  # fmt: skip
        (project / "far.c").unlink()
        with (project / "zeroos.toml").open("a") as manifest:
            manifest.write('objects = ["given.o"]\n')
    made = build(project, way.target, **{"build.toolchain": toolchain.name}).image
    run = execute(made, way.target)
    assert (run.result.exit_code, run.stdout) == (wanted.code, wanted.stdout), run.result.message
    sites = [s for s in Image.read(made).sites if s.object in ("far.c.o", "given.o")]
    places = [site.site for site in sites]
    assert max(places) - min(places) > 3 << 20
    wanted_detours = DETOURS | ({("count", SiteKind.ATOMIC)} if way.objects else set())
    found = {(site.function, site.kind) for site in sites if site.detour}
    assert found == {(f"{name}{n}", kind) for name, kind in wanted_detours for n in (1, 2)}
