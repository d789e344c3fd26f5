# SPDX-License-Identifier: MIT OR Apache-2.0
"""The conformance kit: what it expects is what Linux does, and it sees what is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from zeroos_build.cli.conformance import run_kit
from zeroos_build.conformance.kit import load_kit
from zeroos_build.conformance.runner import executor_runner
from zeroos_build.target import load_target


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zeroos_build", "-q", *map(str, arguments)], text=True,
        capture_output=True, check=False, timeout=300,
    )  # fmt: skip


@pytest.mark.usefixtures("qemu_user")
@pytest.mark.parametrize("target", ["linux", "linux32"])
def test_what_it_expects_is_what_linux_does(target: str) -> None:
    described = load_target(target)
    _, runner = executor_runner(described, "real")
    verdicts = run_kit(described, target, runner)
    assert {v.name: v.findings for v in verdicts if v.state == "failed"} == {}
    skipped = {v.name for v in verdicts if v.state == "skipped"}
    assert skipped == {p.name for p in load_kit().program if p.not_on_linux}


@pytest.mark.parametrize("target", ["sp1", "qemu-virt32"])
def test_targets_pass_on_the_embedded_machine(target: str, tmp_path: Path) -> None:
    report, shield = tmp_path / "junit.xml", tmp_path / "badge.json"
    done = command(
        "conformance", "-t", target, "--executor", "embedded", "--junit", report, "--badge", shield
    )
    assert done.returncode == 0, done.stdout + done.stderr
    count = len(load_kit().program)
    assert done.stdout == f"{count} passed, 0 failed, 0 skipped\n"
    suite = Xml.parse(report).getroot()
    assert (suite.get("tests"), suite.get("failures")) == (str(count), "0")
    assert [case.get("name") for case in suite] == [p.name for p in load_kit().program]
    assert json.loads(shield.read_text()) == {
        "schemaVersion": 1, "label": "zeroos conformance", "message": f"{count} of {count}",
        "color": "brightgreen",
    }  # fmt: skip


RUNNER = """
import pathlib, sys
given, output = map(pathlib.Path, sys.argv[2:4])
output.write_bytes(bytes(%d))
print("%s", end="\\n" if "%s" else "")
sys.exit(%d)
"""


@pytest.mark.parametrize(
    ("program", "size", "words", "code", "finding"),
    [
        ("exit-7", 0, "", 7, ""),
        ("exit-7", 0, "", 8, "the exit code is 8, not 7"),
        ("exit-0", 0, "noise", 0, r"stdout is 'noise\n', not ''"),
        ("exit-0", 1, "", 0, r"the public output is '\x00', not ''"),
        ("abort", 0, "before", 0, "the run reads as a success, and the program failed"),
        ("abort", 0, "before", 3, ""),
        ("input-byte", 0, "1 bytes, 050c5d1f; then 0", 0, ""),
    ],
)
def test_a_runner_is_judged(
    program: str, size: int, words: str, code: int, finding: str, tmp_path: Path
) -> None:
    script, report = tmp_path / "runner.py", tmp_path / "junit.xml"
    script.write_text(RUNNER % (size, words, words, code))
    done = command(
        "conformance", "-t", "qemu-virt", "--only", program, "--junit", report,
        "--runner", f"{sys.executable} {script} {{image}} {{input}} {{output}}",
    )  # fmt: skip
    assert done.returncode == (1 if finding else 0), done.stdout + done.stderr
    assert (f"{program}: failed: {finding}" in done.stdout) == bool(finding)
    messages = [failure.get("message") for failure in Xml.parse(report).iter("failure")]
    assert messages == ([finding] if finding else [])


def test_a_name_that_the_kit_has_not() -> None:
    done = command("conformance", "-t", "sp1", "--only", "missing")
    assert done.returncode == 2
    assert "the kit has no program `missing`" in done.stderr
