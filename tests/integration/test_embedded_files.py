# SPDX-License-Identifier: MIT OR Apache-2.0
"""Embedded files come and go with the project's, and only with programs that can open them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.images import execute
from zeroos_build.elf.image import Image

READS = """
#include <dirent.h>
#include <stdio.h>
int main(void)
{
    int count = 0;
    char text[50];
    FILE *file = fopen("/data/file", "r");
    printf("%s ", fgets(text, sizeof text, file));
    DIR *directory = opendir("/data");
    while (readdir(directory))
        count++;
    printf("%d\\n", count);
    return 0;
}
"""
MANIFEST = '[image]\nname = "test"\n[abi.vfs]\nfiles = [{ path = "/data", from = "data" }]\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A program with a directory of files."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "file").write_text("first")
    (tmp_path / "zeroos.toml").write_text(MANIFEST)
    return tmp_path


def _build(project: Path) -> Path:
    done = subprocess.run(
        [sys.executable, "-m", "zeroos_build", "build", "-C", str(project)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return project / "build" / "zeroos" / "qemu-virt" / "test.elf"


def _says(project: Path) -> str:
    run = execute(_build(project), "qemu-virt")
    assert run.result.exit_code == 0, run.result.message
    return run.stdout.decode()


def test_what_changes_is_built_again(project: Path) -> None:
    (project / "main.c").write_text(READS)
    assert _says(project) == "first 3\n"
    image = project / "build" / "zeroos" / "qemu-virt" / "test.elf"
    before = image.stat().st_mtime_ns
    assert _says(project) == "first 3\n"
    assert image.stat().st_mtime_ns == before
    (project / "data" / "file").write_text("another text")
    assert _says(project) == "another text 3\n"
    (project / "data" / "more").write_text("")
    assert _says(project) == "another text 4\n"
    (project / "data" / "more").unlink()
    (project / "data" / "below").mkdir()
    (project / "data" / "below" / "deep").write_text("")
    assert _says(project) == "another text 4\n"


def test_nothing_is_carried_by_programs_that_open_nothing(project: Path) -> None:
    (project / "data" / "file").write_text("words that nobody reads " * 1000)
    (project / "main.c").write_text('#include <stdio.h>\nint main(void) { puts("x"); return 0; }\n')
    image = _build(project)
    assert b"words that nobody reads" not in image.read_bytes()
    assert "zeroos_root" not in Image.read(image).addresses
