# SPDX-License-Identifier: MIT OR Apache-2.0
"""`run` with an image: which machine, which streams, which exit code."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from zeroos_build import execute
from zeroos_build.execute import FoundExecutor, RunRequest, RunResult, TraceEvent
from zeroos_build.target import load_target

from .conftest import Cli


class Machine:
    """Stands for both machines: remembers its requests, plays a guest."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, RunRequest]] = []
        self.outcome: dict[str, Any] = {"outcome": "exit", "exit_code": 7, "message": None}

    def embedded(self, request: RunRequest) -> RunResult:
        return self._run("embedded", request)

    def real(self, request: RunRequest, found: FoundExecutor) -> RunResult:
        return self._run(found.executor.name, request)

    def _run(self, name: str, request: RunRequest) -> RunResult:
        self.requests.append((name, request))
        assert request.stdout and request.stderr and request.output
        request.stdout(b"out\xff\n")
        request.stderr(b"err\n")
        request.output(request.input.upper())
        if request.trace:
            request.trace(TraceEvent(0x80, 64, (1, 0x90, 6, 0, 0, 0), 6, 0))
        return RunResult(
            target=request.target.name,
            executor=name,
            instructions=680,
            output_sha256="00",
            cost={},
            **self.outcome,
        )


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine()
    monkeypatch.setattr(execute, "run_embedded", made.embedded)
    monkeypatch.setattr(execute, "run_real", made.real)
    monkeypatch.setattr(execute, "find_executor", lambda target: "it is not installed")
    return made


@pytest.fixture
def image(project: Path) -> str:
    (project / "x.bin").write_bytes(b"R0BF")
    (project / "x.report.json").write_text('{"target": "qemu-virt"}')
    return "x.bin"


def test_streams_and_exit_code(cli: Cli, machine: Machine, image: str, project: Path) -> None:
    (project / "in").write_bytes(b"secret")
    ended = cli("run", image, "--input", "in", "--output", "public", "--stats", "stats")
    assert ended.code == 7
    assert ended.out == "out\ufffd\n"
    assert ended.err == "running on the embedded machine: it is not installed\nerr\n"
    assert (project / "public").read_bytes() == b"SECRET"
    stats = json.loads((project / "stats").read_text())
    assert (stats["target"], stats["instructions"], stats["exit_code"]) == ("qemu-virt", 680, 7)


def test_dash_is_the_process_s_own_stream(
    cli: Cli, machine: Machine, image: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"abc")))
    ended = cli("-q", "run", image, "--input", "-", "--output", "-")
    assert ended.out.endswith("\nABC")
    assert ended.err == "err\n"


def test_without_input_it_is_empty(cli: Cli, machine: Machine, image: str) -> None:
    cli("run", image)
    assert machine.requests[0][1].input == b""


@pytest.mark.parametrize(
    ("outcome", "code", "words"),
    [
        ({"outcome": "limit", "exit_code": 1, "message": "at main+4"}, 124, "error[ZOS608]"),
        ({"outcome": "fault", "exit_code": 1, "message": "store to 0"}, 1, "error[ZOS604]"),
        ({"outcome": "exit", "exit_code": 0, "message": None}, 0, "err\n"),
    ],
)
def test_how_a_run_ends(
    cli: Cli, machine: Machine, image: str, outcome: dict[str, Any], code: int, words: str
) -> None:
    machine.outcome = outcome
    ended = cli("run", image, "--limit", "100")
    assert ended.code == code
    assert words in ended.err
    data = json.loads(cli("run", image, "--json").err.removeprefix("err\n"))
    assert data["run"]["outcome"] == outcome["outcome"]


def test_which_machine(
    cli: Cli, machine: Machine, image: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = FoundExecutor(load_target("qemu-virt").executor[0], Path("/qemu"))
    monkeypatch.setattr(execute, "find_executor", lambda target: found)
    monkeypatch.setattr(execute, "require_executor", lambda target: found)
    assert "running on qemu-system-riscv64" in cli("run", image).err
    for words in (["--fast"], ["--trace"], ["--limit", "5"], ["--executor", "embedded"]):
        cli("run", image, *words)
    cli("run", image, "--executor", "real")
    monkeypatch.setenv("ZEROOS_EXECUTOR", "embedded")
    cli("run", image)
    names = [name for name, _ in machine.requests]
    assert names == ["qemu-system-riscv64", *["embedded"] * 4, "qemu-system-riscv64", "embedded"]


def test_a_missing_executor_is_an_error_of_ours(cli: Cli, machine: Machine, image: str) -> None:
    (Path("x.report.json")).write_text('{"target": "sp1"}')
    from zeroos_build.execute import report

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report, "find_executor", lambda target: "it is not installed")
        ended = cli("run", image, "--executor", "real")
    assert (ended.code, "ZOS601" in ended.err) == (125, True)


@pytest.mark.parametrize(
    "words", [["--env", "A=B"], ["--root", "."], ["--stdin", "main.c"], ["--", "a", "-b"]]
)
def test_bundle_options_want_a_bundle(
    cli: Cli, machine: Machine, image: str, words: list[str]
) -> None:
    ended = cli("run", image, *words)
    assert ended.code == 2
    assert f"`{words[0]}` needs an image whose private input is a bundle" in ended.err
    assert not machine.requests


def test_the_target_of_an_image(cli: Cli, machine: Machine, image: str, project: Path) -> None:
    assert cli("run", image, "-t", "qemu-virt").code == 7
    ended = cli("run", image, "-t", "sp1")
    assert "was built for qemu-virt, not for sp1" in ended.err
    (project / "x.report.json").write_text("[]")
    assert "nothing says which target" in cli("run", image).err
    assert cli("run", image, "-t", "sp1").code == 7


def test_traces(cli: Cli, machine: Machine, image: str, tmp_path: Path) -> None:
    """Lines go to stderr, objects to their file; both at once if both are asked for."""
    file = tmp_path / "trace.json"
    ended = cli("run", image, "--trace", "--trace-json", str(file))
    assert "write(1, 0x90, 6) = 6\n" in ended.err
    (row,) = [json.loads(line) for line in file.read_text().splitlines()]
    assert (row["schema"], row["name"], row["result"]) == (1, "write", 6)
    file.unlink()
    assert "write(" not in cli("run", image, "--trace-json", "-").err
    assert '"name": "write"' in cli("run", image, "--trace-json", "-").out
    assert "write(" not in cli("run", image).err
    assert not file.exists()
