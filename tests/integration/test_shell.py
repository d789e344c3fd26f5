# SPDX-License-Identifier: MIT OR Apache-2.0
"""What runs in a shell is plain sh: scripts, recipes of Makefiles, steps of the action."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.support.images import ROOT
from zeroos_build.completion import script

# The wheel's, beside the Python of these tests.
SHELLCHECK = Path(sys.executable).with_name("shellcheck")
# Options and programs that only GNU's tools have.
GNU_ONLY = re.compile(
    r"\b(?:sed -i\b|readlink -f|grep -P|xargs -r|cp --|mv --|ls --|rm --|date -d|stat -c|"
    r"find [^|\n]*-printf|sort -V|realpath|mktemp --|install -D|tac\b|nproc\b)"
)


def tracked() -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.split("\0"):
        path = ROOT / name
        if name and path.is_file() and not path.is_symlink():
            yield path


def scripts() -> Iterator[tuple[str, str]]:
    """Name and text of every shell script of the tree, and of the action's steps."""
    for path in tracked():
        with path.open("rb") as file:
            first = file.readline(80)
        if re.match(rb"#! ?/(?:usr/)?bin/(?:env )?(?:ba|da)?sh\b", first):
            yield str(path.relative_to(ROOT)), path.read_text()
    for step in yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]:
        if "run" in step:
            assert step["shell"] == "sh"
            yield f"action.yml: {step['name']}", "#!/bin/sh\n" + step["run"]


def check(text: str, *options: str) -> list[str]:
    found = subprocess.run(
        [SHELLCHECK, "--format=json", *options, "-"], input=text, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return [f"{row['line']}: SC{row['code']} {row['message']}" for row in json.loads(found.stdout)]


@pytest.mark.parametrize(("name", "text"), list(scripts()), ids=lambda value: value[:40])
def test_script(name: str, text: str) -> None:
    # `local` is in every shell that calls itself sh (SC3043).
    assert check(text, "--exclude=SC3043") == []
    shell = shutil.which("dash") or "sh"
    done = subprocess.run([shell, "-n"], input=text, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert GNU_ONLY.findall(text) == []


def test_shellcheck_would_say_so() -> None:
    assert check("#!/bin/sh\nif [[ $1 == x ]]; then echo $1; fi\n")
    assert GNU_ONLY.findall("sed -i s/a/b/ file")


def test_makefiles_use_plain_tools() -> None:
    for path in tracked():
        if path.name == "Makefile":
            assert GNU_ONLY.findall(path.read_text()) == [], path


def test_completion_for_bash_passes_shellcheck() -> None:
    assert check(script("bash")) == []
