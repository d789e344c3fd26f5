# SPDX-License-Identifier: MIT OR Apache-2.0
"""The conformance kit: what it expects is what Linux does, and it sees what is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from tests.conftest import need_executor
from tests.support.tools import built_targets
from zeroos_build.cli.conformance import LIMIT, run_kit
from zeroos_build.conformance.kit import load_kit, unfit
from zeroos_build.conformance.runner import Ran, Runner, executor_runner
from zeroos_build.target import load_target, target_names


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


def _machines() -> list[Any]:
    """Every target with a libOS; those whose executor is being built come last."""
    waiting = pytest.mark.built_executor
    return [
        pytest.param(name, marks=waiting if name in built_targets() else ())
        for name in target_names("libos")
    ]


@pytest.mark.parametrize("name", _machines())
def test_every_target_passes(name: str) -> None:
    """On the embedded machine; where an own executor can be had, that does the same."""
    target = load_target(name)
    differences = []
    _, embedded = executor_runner(target, "embedded", limit=LIMIT)
    real: Runner | None = None
    if any(executor.packaged for executor in target.executor):
        need_executor(name)
        _, real = executor_runner(target, "real")

    def run(image: Path, given: bytes) -> Ran:
        ours = embedded(image, given)
        theirs = ours if real is None else real(image, given)
        compared = ["code", "stdout", "stderr", "output"]
        # The embedded machine ends a run where the stack does, others where memory does.
        compared += [] if ours.failed else ["instructions"]
        for what in compared:
            one, other = getattr(ours, what), getattr(theirs, what)
            if one != other and other is not None:
                differences.append((image.stem, what, one, other))
        return ours

    verdicts = run_kit(target, name, run)
    assert {v.name: v.findings for v in verdicts if v.state == "failed"} == {}
    assert differences == []
    skipped = {v.name for v in verdicts if v.state == "skipped"}
    assert skipped == {p.name for p in load_kit().program if unfit(p, target)}
    assert len(verdicts) - len(skipped) >= 30


def test_results_for_ci(tmp_path: Path) -> None:
    report, shield = tmp_path / "junit.xml", tmp_path / "badge.json"
    names = ["exit-7", "abort", "input-byte"]
    done = command(
        "conformance", "-t", "sp1", "--executor", "embedded", "--junit", report,
        "--badge", shield, *(word for name in names for word in ("--only", name)),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == "3 passed, 0 failed, 0 skipped\n"
    suite = Xml.parse(report).getroot()
    assert (suite.get("tests"), suite.get("failures")) == ("3", "0")
    order = [program.name for program in load_kit().program if program.name in names]
    assert [case.get("name") for case in suite] == order
    assert json.loads(shield.read_text()) == {
        "schemaVersion": 1, "label": "zeroos conformance", "message": "3 of 3",
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
