# SPDX-License-Identifier: MIT OR Apache-2.0
"""The build.rs of docs/host-calls.md in a project of cargo's, word by word, without a network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import need_program
from tests.support.images import ROOT
from zeroos_build.elf.image import Image

_CARGO = '[package]\nname = "prover"\nversion = "0.1.0"\nedition = "2021"\n\n[workspace]\n'


def _documented(name: str) -> str:
    text = (ROOT / "docs/host-calls.md").read_text()
    found = re.search(rf"<!-- {re.escape(name)} -->\n```rust\n(.*?)```", text, re.DOTALL)
    assert found is not None
    return found[1]


def _cargo(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    bin_directory = project.parent / "bin"
    bin_directory.mkdir(exist_ok=True)
    tool = bin_directory / "zeroos-build"
    tool.write_text(f'#!/bin/sh\nexec {sys.executable} -m zeroos_build -q "$@"\n')
    tool.chmod(0o755)
    environment = {**os.environ, "PATH": f"{bin_directory}:{os.environ['PATH']}"}
    return subprocess.run(
        ["cargo", *words, "--quiet", "--offline"], cwd=project, env=environment, text=True,
        capture_output=True, timeout=300, check=False,
    )  # fmt: skip


def test_the_documented_way(tmp_path: Path) -> None:
    need_program("cargo")
    project = tmp_path / "prover"
    (project / "src").mkdir(parents=True)
    (project / "guest").mkdir()
    (project / "Cargo.toml").write_text(_CARGO)
    (project / "build.rs").write_text(_documented("build.rs"))
    (project / "src/main.rs").write_text(_documented("main.rs"))
    (project / "guest/zeroos.toml").write_text("")
    (project / "guest/main.c").write_text("int main(void) { return 3; }\n")
    sizes = []
    for source in (None, '#include <stdio.h>\nint main(void) { return puts("x"); }\n'):
        if source is not None:
            (project / "guest/main.c").write_text(source)
        done = _cargo(project, "run")
        assert done.returncode == 0, done.stderr
        (image,) = (project / "target").rglob("guest.elf")
        assert done.stdout == f"{image.stat().st_size} bytes\n"
        assert Image.read(image).xlen == 64
        sizes.append(image.stat().st_size)
    assert sizes[0] < sizes[1]
    # What goes wrong in the guest is seen.
    (project / "guest/main.c").write_text("int main(void) { return x; }\n")
    failed = _cargo(project, "run")
    assert failed.returncode != 0 and "undeclared" in failed.stderr
