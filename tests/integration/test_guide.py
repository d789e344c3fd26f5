# SPDX-License-Identifier: MIT OR Apache-2.0
"""docs/adding-a-target.md, followed word by word: its files, then its commands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from zeroos_build.conformance.directory import check_directory
from zeroos_build.conformance.kit import load_kit
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.paths import data_root
from zeroos_build.scaffold import start_target
from zeroos_build.target import load_target

GUIDE = Path(__file__).parents[2] / "docs" / "adding-a-target.md"
_FILE = re.compile(r"^\*\*`lantern/([A-Za-z.]+)`\*\*\n\n```[a-z]+\n(.*?)^```$", re.M | re.S)
_COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)


def write_files(directory: Path) -> Path:
    """The guide's files."""
    home = directory / "lantern"
    home.mkdir()
    for name, text in _FILE.findall(GUIDE.read_text("utf-8")):
        (home / name).write_text(text)
    return home


def command(line: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    words = line.split()
    assert words[0] == "zeroos-build"
    return subprocess.run(
        [sys.executable, "-m", "zeroos_build", *words[1:]], cwd=cwd, text=True,
        capture_output=True, check=False, timeout=600, env={**os.environ, **environment},
    )  # fmt: skip


def test_the_guide_adds_a_target(tmp_path: Path) -> None:
    home = write_files(tmp_path)
    names = sorted(path.name for path in home.iterdir())
    assert names == ["README.md", "boot.S", "host.c", "target.toml"]
    assert sum(len(path.read_text().splitlines()) for path in home.iterdir()) <= 150
    lines = [line for block in _COMMANDS.findall(GUIDE.read_text()) for line in block.splitlines()]
    outputs = {}
    for line in lines:
        done = command(line, tmp_path)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        outputs[line] = done.stdout
    checked, _, ran = outputs.values()
    assert checked == f"{len(load_kit().program)} passed, 0 failed, 0 skipped\n"
    assert ran == "hello from hello\n"


def test_the_guide_has_what_target_new_writes(tmp_path: Path) -> None:
    home = write_files(tmp_path)
    for path in start_target(tmp_path / "new" / "lantern"):
        assert path.read_text() == (home / path.name).read_text()
    with pytest.raises(ZeroosError, match="exists already"):
        start_target(tmp_path / "new" / "lantern")


def test_no_code_knows_the_target() -> None:
    for part in ("zeroos_build", "libos", "templates"):
        for path in (data_root() / part).rglob("*"):
            if path.is_file() and path.suffix in (".py", ".c", ".h", ".S", ".j2"):
                assert "lantern" not in path.read_text("utf-8").lower(), path


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("README.md", None, "line\n" * 61, "more than 60 lines"),
        ("boot.S", None, None, "holds no boot.S"),
        ("target.toml", 'service = "exit"', 'service = "ignore"', "no host call ends a run"),
        ("target.toml", "the machine's manual, chapter 4", " ", r"\[image\]` has no source"),
        ("target.toml", "march ", "marsh ", "isa.march: Field required"),
        ("host.c", "host_get(", "host_got(", "host_got"),
    ],
)
def test_check_finds_what_is_wrong(
    file: str, old: str | None, new: str | None, words: str, tmp_path: Path
) -> None:
    home = write_files(tmp_path)
    if new is None:
        (home / file).unlink()
    else:
        text = (home / file).read_text()
        assert old is None or old in text
        (home / file).write_text(new if old is None else text.replace(old, new))
    with pytest.raises(ZeroosError, match=words):
        check_directory(str(home))


def test_an_installed_package_has_a_target(tmp_path: Path) -> None:
    write_files(tmp_path)
    info = tmp_path / "zeroos_lantern-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: zeroos-lantern\nVersion: 1\n")
    (info / "entry_points.txt").write_text(
        "[zeroos_build.targets]\nlantern = zeroos_lantern:directory\n"
    )
    (tmp_path / "zeroos_lantern.py").write_text(
        "from pathlib import Path\ndirectory = Path(__file__).parent / 'lantern'\n"
    )
    path = {"PYTHONPATH": str(tmp_path)}
    listed = command("zeroos-build targets", tmp_path, **path)
    assert "lantern" in listed.stdout, listed.stderr
    project = tmp_path / "project"
    project.mkdir()
    (project / "zeroos.toml").write_text('[build]\ntarget = "lantern"\n')
    (project / "main.c").write_text("int main(void) { return 7; }\n")
    done = command("zeroos-build -q -C project run --executor embedded", tmp_path, **path)
    assert done.returncode == 7, done.stderr
    assert command("zeroos-build build -q", project, **path).returncode == 0
    # Without the package, what it built does not count, though its files are still there.
    gone = command("zeroos-build build -q", project)
    assert (gone.returncode, "there is no target `lantern`" in gone.stderr) == (3, True)
    # The directory of the process is where Python looks for packages, too.
    assert command("zeroos-build -q run", project).returncode == 125
    with pytest.raises(ZeroosError, match="there is no target `lantern`"):
        load_target("lantern")
