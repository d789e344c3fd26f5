# SPDX-License-Identifier: MIT OR Apache-2.0
"""Completion scripts know what the command line knows, and shells read them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from zeroos_build.cli.app import COMMANDS
from zeroos_build.completion import script
from zeroos_build.docs.man import text as man_page
from zeroos_build.target import target_names


def complete(tmp_path: Path, *words: str) -> list[str]:
    """What bash offers for the last word."""
    file = tmp_path / "completion.bash"
    file.write_text(script("bash"))
    quoted = " ".join(f"'{word}'" for word in ("zeroos-build", *words))
    code = (
        f"source {file}; COMP_WORDS=({quoted}); COMP_CWORD={len(words)}; _zeroos_build; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_bash(tmp_path: Path) -> None:
    assert set(complete(tmp_path, "")) >= set(COMMANDS)
    assert complete(tmp_path, "ver") == ["verify"]
    assert complete(tmp_path, "-q", "bui") == ["build"]
    assert set(complete(tmp_path, "build", "-t", "")) == set(target_names())
    assert complete(tmp_path, "build", "--target", "zi") == ["zisk"]
    assert complete(tmp_path, "check", "--format", "s") == ["sarif"]
    assert complete(tmp_path, "check", "--bu") == ["--build"]
    assert complete(tmp_path, "--color", "al") == ["always"]
    assert complete(tmp_path, "build", "--color", "ne") == ["never"]
    assert complete(tmp_path, "explain", "ZOS10")[:2] == ["ZOS100", "ZOS101"]
    (tmp_path / "secret.bin").write_text("")
    assert complete(tmp_path, "run", "--input", "sec") == ["secret.bin"]
    assert complete(tmp_path, "nothing-like-this") == []


def test_every_option_is_in_every_script() -> None:
    from zeroos_build.docs.cli import text

    options = set(re.findall(r"`(--[a-z-]+)`", text()))
    assert {"--target", "--format", "--executor", "--version"} <= options
    for shell in ("bash", "zsh"):
        made = script(shell)  # type: ignore[arg-type]
        assert {option for option in options if option not in made} == set()
    made = script("fish")
    assert {option for option in options if f"-l {option[2:]} " not in made} == set()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_reads_its_script(tmp_path: Path, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    file = tmp_path / "script"
    file.write_text(script(shell))  # type: ignore[arg-type]
    done = subprocess.run([shell, "-n", file], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_manual_page_has_every_command_and_reads_well(tmp_path: Path) -> None:
    page = man_page()
    for name in COMMANDS:
        assert f".SS {name}\n" in page
    assert not re.search(r"^['.](?!\\\"|TH|SH|SS|TP|PP|B|BR|I)", page, re.M)
    if shutil.which("groff") is None:
        pytest.skip("groff is not installed")
    file = tmp_path / "page.1"
    file.write_text(page)
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", file], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    words = re.sub(r"\x1b\[[0-9;]*m|.\x08", "", done.stdout)
    assert "--format text|json|sarif|github" in words
