# SPDX-License-Identifier: MIT OR Apache-2.0
"""Steps done by the step server: as without it, and without it when it cannot be asked."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.objects import assemble
from tests.unit.lower.test_lower import config
from zeroos_build.ninja import MARKER, NinjaFile, run
from zeroos_build.step_server import client, server, start

STEP = [sys.executable, "-m", "zeroos_build.step"]
LOWER = ("lower", "lower.json", "lower.rsp")
# No file of these is there, which no build lets happen.
VERIFY = ("verify", "facts.json", "none.elf", "scan.json", "x.elf", "x.report.json")
WAIT = 20  # seconds, for what takes milliseconds


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    """A directory in which `LOWER` can be done."""
    (tmp_path / "lower.json").write_text(json.dumps({"config": config().as_json()}))
    (tmp_path / "lower.rsp").write_text("in.o\nout.o\n")
    (tmp_path / "in.o").write_bytes(assemble("li a7, 64\n ecall\n"))
    return tmp_path


@pytest.fixture
def own() -> Iterator[start.StepServer]:
    """A server that runs, started as a shell's background commands are."""
    own = start.StepServer()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    own.start()
    signal.signal(signal.SIGINT, before)
    yield own
    own.close()


def _begin(
    own: start.StepServer | None, *words: str, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    where = own.environment() if own is not None else {}
    return subprocess.Popen(
        [*STEP, *words], cwd=cwd, env={**os.environ, **where, **(env or {})},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        pass_fds=(own.address.fileno(),) if own is not None else (),
    )  # fmt: skip


def _do(
    own: start.StepServer | None, *words: str, cwd: Path, env: dict[str, str] | None = None
) -> tuple[int, bytes, bytes]:
    child = _begin(own, *words, cwd=cwd, env=env)
    stdout, stderr = child.communicate(timeout=WAIT)
    return child.returncode, stdout, stderr


def _forks(own: start.StepServer) -> list[int]:
    assert own.child is not None
    pid = own.child.pid
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def _ended(pid: int) -> bool:
    """Whether a process is gone, or waits only for somebody to take notice."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_same_output(steps: Path, own: start.StepServer) -> None:
    assert _do(None, *LOWER, cwd=steps) == (0, b"", b"")
    alone = (steps / "out.o").read_bytes()
    (steps / "out.o").unlink()
    assert _do(own, *LOWER, cwd=steps) == (0, b"", b"")
    assert (steps / "out.o").read_bytes() == alone


def test_same_diagnostics(steps: Path, own: start.StepServer) -> None:
    (steps / "in.o").write_bytes(b"BC\xc0\xde")
    code, stdout, stderr = _do(own, *LOWER, cwd=steps)
    assert (code, stderr) == (1, b"")
    assert json.loads(stdout.removeprefix(MARKER.encode()))[0]["code"] == "ZOS413"
    assert (code, stdout, stderr) == _do(None, *LOWER, cwd=steps)


def test_a_mistake_of_ours_shows_where(steps: Path, own: start.StepServer) -> None:
    code, stdout, stderr = _do(own, *VERIFY, cwd=steps)
    assert (code, stdout) == (1, b"")
    assert b"FileNotFoundError" in stderr
    assert b"Traceback" in stderr


def test_steps_at_once(steps: Path, own: start.StepServer) -> None:
    os.mkfifo(steps / "waits.rsp")
    waiting = [_begin(own, "lower", "lower.json", "waits.rsp", cwd=steps) for _ in range(2)]
    _until(lambda: len(_forks(own)) == 2)
    assert _do(own, *LOWER, cwd=steps)[0] == 0
    assert [child.poll() for child in waiting] == [None, None]
    for child in waiting:
        child.kill()
        child.communicate(timeout=WAIT)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_step_ends_with_who_asked(steps: Path, own: start.StepServer, number: int) -> None:
    os.mkfifo(steps / "waits.rsp")
    child = _begin(own, "lower", "lower.json", "waits.rsp", cwd=steps)
    _until(lambda: len(_forks(own)) == 1)
    (fork,) = _forks(own)
    child.send_signal(number)
    child.communicate(timeout=WAIT)
    _until(lambda: _ended(fork))


def test_killed_step_is_done_again(steps: Path, own: start.StepServer) -> None:
    os.mkfifo(steps / "waits.rsp")
    child = _begin(own, "lower", "lower.json", "waits.rsp", cwd=steps)
    _until(lambda: len(_forks(own)) == 1)
    os.kill(_forks(own)[0], signal.SIGKILL)
    # It waits again, now in its own process.
    with (steps / "waits.rsp").open("w") as pipe:
        pipe.write("in.o\nout.o\n")
    assert child.communicate(timeout=WAIT) == (b"", b"")
    assert child.returncode == 0
    assert (steps / "out.o").is_file()


def test_killed_server(steps: Path, own: start.StepServer) -> None:
    assert own.child is not None
    own.child.kill()
    own.child.wait()
    assert not own.usable
    assert _do(own, *LOWER, cwd=steps) == (0, b"", b"")


@pytest.mark.parametrize("where", ["", "x", "-1", "987654", "1"])
def test_no_server(steps: Path, where: str) -> None:
    assert _do(None, *LOWER, cwd=steps, env={client.SOCKET: where}) == (0, b"", b"")
    assert (steps / "out.o").is_file()


def test_request_that_is_too_large(steps: Path, own: start.StepServer) -> None:
    more = {f"LARGE{i}": "x" * 120_000 for i in range(4)}
    assert _do(own, *LOWER, cwd=steps, env=more) == (0, b"", b"")


@pytest.mark.parametrize("words", [[], ["lower"], ["someone else", "/", "1", "lower"]])
def test_other_requests_are_not_answered(words: list[str], own: start.StepServer) -> None:
    mine, theirs = socket.socketpair()
    mine.settimeout(WAIT)
    rest = [theirs.fileno(), 1, 2]
    data = "\0".join(words).encode() or b"\0"
    socket.send_fds(own.address, [data], rest)
    theirs.close()
    with mine:
        assert mine.recv(1) == b""
    assert own.usable


def test_request_is_read_as_it_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRANGE", "a=b\udcff\n")
    request = server.Request(client.message(("lower", "", "\udcfe")), [5, 6, 7])
    assert request.identity == client.identity()
    assert request.directory == os.getcwd()
    assert request.arguments == ["lower", "", "\udcfe"]
    assert request.environment == dict(os.environb)


def test_ends_with_its_command(tmp_path: Path) -> None:
    text = """
import os, signal, sys
from zeroos_build.step_server.start import StepServer
server = StepServer()
server.start()
print(server.child.pid, flush=True)
sys.stdin.read()
os.kill(os.getpid(), signal.SIGKILL)
"""
    child = subprocess.Popen(
        [sys.executable, "-c", text], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    number = int(child.stdout.readline())
    child.communicate(timeout=WAIT)
    _until(lambda: _ended(number))


def test_ninja_starts_it_for_a_step(steps: Path) -> None:
    plain = NinjaFile()
    plain.edge("copy", ["cp", "in.o", "copy.o"], ["copy.o"], ["in.o"])
    (steps / "plain.ninja").write_text(plain.text())
    for old in start._servers():
        old.close()
    run(steps / "plain.ninja")
    used = start.step_server()
    assert used.child is None
    ours = NinjaFile()
    ours.edge("lower", [*STEP, *LOWER], ["out.o"], ["in.o"])
    (steps / "build.ninja").write_text(ours.text())
    run(steps / "build.ninja")
    assert start.step_server() is used
    assert used.child is not None
    assert used.usable
    assert (steps / "out.o").is_file()
    used.close()
    assert used.child.returncode == 0
    assert start.step_server() is not used


def test_builds_of_several_threads_share_it(
    steps: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for old in start._servers():
        old.close()
    homes = [tmp_path_factory.mktemp("home") / "steps" for _ in range(4)]
    for home in homes:
        shutil.copytree(steps, home)
        ours = NinjaFile()
        ours.edge("lower", [*STEP, *LOWER], ["out.o"], ["in.o"])
        (home / "build.ninja").write_text(ours.text())
    with ThreadPoolExecutor(len(homes)) as pool:
        list(pool.map(lambda home: run(home / "build.ninja"), homes))
    assert all((home / "out.o").is_file() for home in homes)
    assert start.step_server().usable
