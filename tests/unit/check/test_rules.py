# SPDX-License-Identifier: MIT OR Apache-2.0
"""Each rule: a manifest that it finds fault with at a line, and one that it leaves alone."""

from __future__ import annotations

import pytest

from zeroos_build.check import rules
from zeroos_build.diagnostics import catalogue

from .conftest import Lint

# Code, manifest, the lines of the findings.
CASES = [
    ("ZOS150", '[abi.random]\nsource = "input"\n', [2]),
    ("ZOS150", '[abi.random]\nsource = "seed"\nseed = "00ff"\n', [2]),
    ("ZOS150", '[target.sp1]\nabi.random.source = "input"\n', [2]),
    ("ZOS150", '[abi.random]\nsource = "deny"\n', []),
    ("ZOS151", '[abi.random]\nseed = "00ff"\n', [2]),
    ("ZOS151", '[abi.time]\nepoch = 1\nsource = "deny"\n', [2]),
    ("ZOS151", '[abi.input]\nallow = ["env"]\n', [2]),
    ("ZOS151", '[abi.time]\nepoch = 1\n[abi.input]\nmode = "bundle"\nallow = ["env"]\n', []),
    ("ZOS152", '[build]\noptimize = "s"\n[target.sp1]\nbuild.optimize = "s"\n', [4]),
    ("ZOS152", '[target.sp1]\nabi.memory.heap = "auto"\nimage.env.A = "1"\n', [2]),
    ("ZOS152", '[image]\nenv.A = "1"\n[target.sp1]\nimage.env.A = "1"\n', [4]),
    ("ZOS152", '[build]\noptimize = "s"\n[target.sp1]\nbuild.optimize = "2"\n', []),
    ("ZOS153", '[image]\ncflags = ["-Wall", "-march=native"]\ncxxflags = ["-flto=thin"]\n', [2, 3]),
    ("ZOS153", '[image]\ncflags = ["-I/opt/include"]\nldflags = ["-L/opt"]\n', [2, 3]),
    ("ZOS153", '[image]\ncflags = ["-Wall", "-Iinclude", "-O3"]\n', []),
    ("ZOS154", '[abi.policy]\nbrk = { action = "provide", reason = "x" }\n', [2]),
    ("ZOS154", '[abi.policy]\ngetrandom = { action = "provide", reason = "x" }\n', []),
    ("ZOS154", '[abi.policy]\nbrk = { action = "enosys", reason = "x" }\n', []),
]


@pytest.mark.parametrize(("code", "text", "lines"), CASES)
def test_rule(findings: Lint, code: str, text: str, lines: list[int]) -> None:
    found = [d for d in findings(text) if d.code == code]
    assert [d.location.line for d in found if d.location] == lines
    assert all(d.severity == "warning" and d.help for d in found)


def test_each_rule_of_a_manifest_has_cases_and_a_page() -> None:
    # Rules that need the linked program speak up in a build.
    known = {c for c, entry in catalogue().items() if entry.default and c < "ZOS200"}
    assert {rule.CODE for rule in rules()} == known
    assert {code for code, _, lines in CASES if lines} == known
    assert {code for code, _, lines in CASES if not lines} == known


@pytest.mark.parametrize(("level", "severities"), [("error", ["error"]), ("off", [])])
def test_severity_from_the_manifest(findings: Lint, level: str, severities: list[str]) -> None:
    found = findings(f'[abi.random]\nseed = "00"\n[lint]\nZOS151 = "{level}"\n')
    assert [d.severity for d in found] == severities


def test_severity_for_one_target(findings: Lint) -> None:
    text = '[image]\ncflags = ["-flto"]\n[target.sp1]\nlint.ZOS153 = "error"\n'
    assert [d.severity for d in findings(text)] == ["warning", "error"]


def test_a_finding_that_holds_for_all_targets_comes_once(findings: Lint) -> None:
    text = '[build]\ntargets = ["qemu-virt", "sp1"]\n[image]\ncflags = ["-flto"]\n'
    assert len(findings(text)) == 1
