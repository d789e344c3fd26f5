# SPDX-License-Identifier: MIT OR Apache-2.0
"""Progress: lines elsewhere, a live bar on a terminal, silence on request."""

from __future__ import annotations

import sys
import threading

import pytest

from zeroos_build.cli import progress as module
from zeroos_build.cli import settings
from zeroos_build.cli.progress import progress, say


@pytest.fixture(autouse=True)
def fresh_settings() -> None:
    settings.reset()


def test_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(2, "build") as p:
        p.step("compile", "main.c")
        say("cc -c main.c")
        p.step("lower", "main.o")
        p.step("link", "one more than planned")
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "[1/2] compile main.c\ncc -c main.c\n[2/2] lower main.o\n[3/3] link one more than planned\n"
    )


def test_another_program_s_count(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(0, "build") as p:
        p.phase("up to date")
        p.phase("sysroot rv64im")
        for done in range(1, 1201):
            p.at(done, 1200, f"compile {done}.c")
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["sysroot rv64im", "[20/1200] compile 20.c"]
    assert lines[-1] == "[1200/1200] compile 1200.c"
    assert len(lines) == 61


def test_verbose_leaves_nothing_out(capsys: pytest.CaptureFixture[str]) -> None:
    settings.current.verbose = 1
    with progress(0, "build") as p:
        for done in range(1, 201):
            p.at(done, 200, "compile")
    assert len(capsys.readouterr().err.splitlines()) == 200
    settings.reset()


@pytest.mark.parametrize("option", ["quiet", "json"])
def test_silence(capsys: pytest.CaptureFixture[str], option: str) -> None:
    setattr(settings.current, option, True)
    with progress(1, "build") as p:
        p.step("compile", "main.c")
        p.phase("sysroot")
        p.at(1, 2, "compile")
        p.say("asked for with -v")
    assert capsys.readouterr().err == "asked for with -v\n"
    settings.reset()


def test_steps_from_threads_are_counted_once_each(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(40, "build") as p:
        threads = [threading.Thread(target=p.step, args=("lower", str(i))) for i in range(40)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    lines = capsys.readouterr().err.splitlines()
    assert sorted(int(line[1 : line.index("/")]) for line in lines) == list(range(1, 41))


def _on_terminal(monkeypatch: pytest.MonkeyPatch, after: float) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(module, "_LIVE_AFTER_S", after)


def test_quick_work_shows_no_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _on_terminal(monkeypatch, 60)
    with progress(1, "build") as p:
        p.step("compile", "main.c")
        p.say("a line")
    assert capsys.readouterr().err == "a line\n"


def test_a_bar_for_slow_work(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _on_terminal(monkeypatch, 60)
    with progress(2, "build hello") as p:
        p.step("compile", "[red]main.c")
        p._appear()  # type: ignore[attr-defined]
        p.step("lower", "main.o")
        p.phase("sysroot")
        p.at(1, 2, "compile")
        p.say("[bold]a line")
    err = capsys.readouterr().err
    assert "sysroot" in err
    assert "[bold]a line" in err


def test_no_bar_after_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _on_terminal(monkeypatch, 60)
    with progress(1, "build") as p:
        pass
    p._appear()  # type: ignore[attr-defined]
    assert capsys.readouterr().err == ""
