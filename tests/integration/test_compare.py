# SPDX-License-Identifier: MIT OR Apache-2.0
"""`compare` and `run --all`: one project on several targets."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.images import make_project

SOURCE = """
#include <stdio.h>
#include <unistd.h>
#include <zeroos/io.h>
int main(int argc, char **argv)
{
    char text[4] = { 0 };
    read(0, text, 3);
    write_output((const unsigned char *)text, 3);
    printf("%s %s\\n", argc > 1 ? argv[1] : "none", text);
    return 7;
}
"""
TARGETS = '[build]\ntargets = ["qemu-virt", "zisk", "sp1"]\n'


def command(project: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zeroos_build", "-q", *map(str, arguments)], cwd=project, text=True,
        capture_output=True, check=False, timeout=300,
    )  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    directory = make_project(tmp_path, SOURCE)
    (directory / "zeroos.toml").write_text(TARGETS)
    (directory / "given").write_bytes(b"abc")
    return directory


def test_targets_that_agree(project: Path) -> None:
    done = command(project, "compare", "--input", "given", "--html", "page.html", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    rows = {row["target"]: row for row in json.loads(done.stdout)["rows"]}
    assert list(rows) == ["qemu-virt", "zisk", "sp1"]
    for row in rows.values():
        report = json.loads(
            next((project / "build/zeroos" / row["target"]).glob("*.report.json")).read_text()
        )
        assert row["loaded"] == report["sizes"]["loaded"]
        assert row["syscalls"] == report["syscalls"]["reachable"]
        assert row["instructions"] > 500
        assert row["exit_code"] == 7
    # A run that fails publishes nothing on ZisK.
    assert rows["sp1"]["output_sha256"].startswith("ba7816bf8f01cfea")
    page = (project / "page.html").read_text()
    assert page.count("<tr>") == 4
    assert all(f"<td>{name}" in page for name in rows)


def test_targets_that_do_not_agree(project: Path) -> None:
    more = '[target.sp1]\nimage.args = ["other"]\n[target.zisk]\nabi.memory.heap = "900MiB"\n'
    (project / "zeroos.toml").write_text(TARGETS + more)
    done = command(project, "compare", "--html", "page.html")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "they do not agree: what they print on standard output differs" in done.stdout
    assert "zisk: ZOS103: heap (900MiB) need" in done.stdout
    assert 'class="refused"' in (project / "page.html").read_text()
    done = command(project, "run", "--all")
    assert done.returncode == 125
    assert done.stdout == ""


def test_run_on_all_gives_stdout_and_exit_code_once(project: Path) -> None:
    (project / "zeroos.toml").write_text('[build]\ntargets = ["qemu-virt", "sp1"]\n')
    done = command(project, "run", "--all", "--input", "given", "--executor", "embedded")
    assert (done.returncode, done.stdout) == (7, "none abc\n"), done.stderr
    assert "2 of 2 targets ran it, and all agree" in done.stderr
    done = command(project, "run", "--all", "-t", "sp1")
    assert done.returncode == 125
    assert "`--all` runs the project on its targets" in done.stderr
