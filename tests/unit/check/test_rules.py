# SPDX-License-Identifier: MIT OR Apache-2.0
"""Each rule: a manifest that it finds fault with at a line, and one that it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from zeroos_build.check import rules
from zeroos_build.diagnostics import catalogue, entry

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
    ("ZOS155", '[abi.time]\nsource = "input"\n', [2]),
    ("ZOS155", '[abi.time]\nsource = "fixed"\nepoch = 9\n', []),
    ("ZOS156", '[image]\nenv.API_KEY = "k"\nargs = ["--db-password=x"]\n', [2, 3]),
    ("ZOS156", '[image.env]\nKEYBOARD = "us"\nTOKENS = "9"\nAPI_KEY = ""\n', []),
    ("ZOS156", '[image]\nargs = ["--token", "password", "--secret="]\n', []),
    ("ZOS157", '[abi.vfs]\nfiles = [{ path = "/k", from = "keys/a.pem" }]\n', [2]),
    ("ZOS157", '[abi.vfs]\nfiles = [{ path = "/k", from = "keys" }]\n', [2, 2]),
    ("ZOS157", '[abi.vfs]\nfiles = [{ path = "/k", from = "data/cert.pem" }]\n', []),
    ("ZOS158", '[abi.vfs]\nfiles = [{ path = "/k", from = "stray" }]\n', [2, 2]),
    ("ZOS158", '[abi.vfs]\nfiles = [{ path = "/k", from = "data" }]\n', []),
    ("ZOS159", '[image]\nsources = ["main.c", "./main.c"]\n', [2]),
    ("ZOS159", '[build]\ntargets = [\n  "sp1",\n  "zisk",\n  "sp1",\n]\n', [5]),
    ("ZOS159", '[image]\ncflags = ["-Wall", "-Wall"]\nsources = ["main.c", "*.c"]\n', []),
    ("ZOS160", '[abi.policy]\nbrk = { action = "enosys", reason = "todo" }\n', [2]),
    ("ZOS160", '[abi.policy]\nbrk = { action = "enosys", reason = "TODO: say why" }\n', [2]),
    ("ZOS160", '[abi.policy]\nbrk = { action = "enosys", reason = "musl falls back" }\n', []),
    ("ZOS161", '[abi.policy]\nread = { action = "constant", value = 8, reason = "x" }\n', [2]),
    ("ZOS161", '[abi.policy]\nread = { action = "constant", value = -5, reason = "x" }\n', []),
    ("ZOS161", '[abi.policy]\nfsync = { action = "constant", value = 0, reason = "x" }\n', []),
    ("ZOS162", '[abi.policy]\nexit_group = { action = "enosys", reason = "x" }\n', [2]),
    ("ZOS162", '[abi.policy]\nexit_group = { action = "halt", reason = "x" }\n', []),
    ("ZOS163", '[target.sp1]\nabi.time.source = "fixed"\nabi.memory.stack = "2MiB"\n', [2]),
    ("ZOS163", '[abi.time]\nsource = "fixed"\n[target.sp1]\nabi.time.source = "fixed"\n', []),
    ("ZOS164", '[image]\nldflags = ["-T", "x.ld"]\n', [2]),
    ("ZOS164", '[image]\nldflags = ["-Wl,--wrap=malloc"]\n', [2]),
    ("ZOS164", '[image]\nldflags = ["--wrap=malloc", "-u", "keep", "--trace"]\n', []),
    ("ZOS165", '[image]\ncflags = ["-fsanitize=address"]\nldflags = ["--coverage"]\n', [2, 3]),
    ("ZOS165", '[image]\ncflags = ["-fsanitize-trap=undefined", "-pipe"]\n', []),
    ("ZOS166", '[image]\ncflags = ["-Ofast"]\ncxxflags = ["-ffast-math"]\n', [2, 3]),
    ("ZOS166", '[image]\ncflags = ["-fno-fast-math", "-ffp-contract=off"]\n', []),
    ("ZOS167", '[image.defines]\n__riscv = true\n_Foo = "1"\n', [2, 3]),
    ("ZOS167", '[image.defines]\n_GNU_SOURCE = true\nFOO_ = "1"\n_small = true\n', []),
    ("ZOS168", '[image]\ncflags = ["-DA=1"]\ncxxflags = ["-Iinc", "-O3"]\n', [2, 3, 3]),
    ("ZOS168", '[image]\ncflags = ["-include", "a.h", "-fno-builtin"]\n', []),
    ("ZOS169", '[image]\nsources = ["old/dated.c"]\n', [4]),
    ("ZOS169", '[image]\nsources = ["main.c"]\n', []),
    ("ZOS170", '[build]\noptimize = "0"\n', [2]),
    ("ZOS170", '[build]\noptimize = "1"\n', []),
    ("ZOS171", '[image]\ninclude = ["headers", "data"]\n', [2]),
    ("ZOS171", '[image]\ninclude = ["headers"]\n', []),
    ("ZOS172", '[lint]\nZOS151 = "warning"\n', [2]),
    ("ZOS172", '[lint]\nZOS151 = "error"\n', []),
    ("ZOS173", '[image.env]\nLD_PRELOAD = "x.so"\nHOME = "/"\n', [2]),
    ("ZOS173", '[image.env]\nHOLD_ON = "1"\n', []),
    ("ZOS174", '[build]\ntarget = "zisk"\ntargets = ["sp1"]\n', [2]),
    ("ZOS174", '[build]\ntarget = "sp1"\ntargets = ["sp1", "zisk"]\n', []),
    ("ZOS174", '[build]\ntargets = ["sp1"]\n', []),
    ("ZOS175", '[abi.memory]\nstack = "100MiB"\n', [2]),
    ("ZOS175", '[abi.memory]\nstack = "4MiB"\n', []),
    ("ZOS176", '[image]\ncflags = ["-Wall -Wextra"]\n', [2]),
    ("ZOS176", '[image]\ncflags = ["-Wall", "-D A"]\n', []),
    ("ZOS179", '[abi.handlers]\nbrk = "main.c"\n', [2]),
    ("ZOS179", "[abi.handlers]\n", []),
]


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    """What the manifests of the cases name."""
    pem = "-----BEGIN {}-----\nAAAA\n"
    for name, text in {
        "old/dated.c": 'char a[] = "__DATE__"; // __TIME__\n'
        "/* __DATE__\n */\nchar b[] = __DATE__;\n",
        "keys/a.pem": pem.format("RSA PRIVATE KEY"),
        "keys/id_ed25519": "x\n",
        "keys/readme": "x\n",
        "data/cert.pem": pem.format("CERTIFICATE"),
        "stray/.git/HEAD": "x\n",
        "stray/.git/config": "x\n",
        "stray/main.c~": "x\n",
        "headers/deep/a.h": "\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.mark.parametrize(("code", "text", "lines"), CASES)
def test_rule(findings: Lint, code: str, text: str, lines: list[int]) -> None:
    found = [d for d in findings(text) if d.code == code]
    assert [d.location.line for d in found if d.location] == lines
    assert all(d.location and d.location.column and d.location.text for d in found)
    assert all(d.severity == entry(code).default and d.help for d in found)


def test_each_rule_of_a_manifest_has_cases_and_a_page() -> None:
    # Rules that need objects or the linked program have codes from 400 on.
    known = {c for c, entry in catalogue().items() if entry.default and c < "ZOS200"}
    assert len(known) >= 25
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
