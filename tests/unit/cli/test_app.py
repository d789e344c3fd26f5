# SPDX-License-Identifier: MIT OR Apache-2.0
"""The dispatcher: global options, exit codes, and an end without a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from zeroos_build import __version__
from zeroos_build.cli import app, settings
from zeroos_build.cli.app import COMMANDS, HIDDEN, wanted_command
from zeroos_build.diagnostics import error

from .conftest import Cli


def _raise(monkeypatch: pytest.MonkeyPatch, problem: BaseException, name: str = "explain") -> None:
    def command() -> None:
        raise problem

    monkeypatch.setattr(f"zeroos_build.cli.{name}.command", command)


def test_help_names_each_command(cli: Cli) -> None:
    for arguments in ([], ["--help"], ["-h"]):
        ended = cli(*arguments)
        assert ended.code == 0
        for name, summary in COMMANDS.items():
            assert name in ended.out
            assert summary[:40] in ended.out
        for name in HIDDEN:
            assert f"  {name} " not in ended.out


@pytest.mark.parametrize("name", [*COMMANDS, *HIDDEN])
def test_each_command_has_help(cli: Cli, name: str) -> None:
    ended = cli(name, "--help")
    assert ended.code == 0
    first = {**COMMANDS, **HIDDEN}[name]
    assert first in ended.out
    module = __import__(f"zeroos_build.cli.{name}", fromlist=["command"])
    assert module.command.__doc__.split("\n")[0] == first


def test_version(cli: Cli) -> None:
    assert cli("--version").out == f"zeroos-build {__version__}\n"
    assert cli("check", "--version").out == f"zeroos-build {__version__}\n"
    assert cli("--version", "--json").data["version"] == __version__


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ([], None),
        (["-q", "check"], "check"),
        (["-C", "check", "build"], "build"),
        (["--color", "never", "run"], "run"),
        (["--color=never", "run"], "run"),
        (["--help"], None),
    ],
)
def test_wanted_command(words: list[str], command: str | None) -> None:
    assert wanted_command(words) == command


@pytest.mark.parametrize("where", ["before", "behind"])
@pytest.mark.parametrize(
    ("options", "attribute", "value"),
    [
        (["-q"], "quiet", True),
        (["-v"], "verbose", 1),
        (["-vv"], "verbose", 2),
        (["-v", "--verbose"], "verbose", 2),
        (["--json"], "json", True),
        (["--color", "always"], "color", "always"),
    ],
)
def test_global_options(
    cli: Cli, where: str, options: list[str], attribute: str, value: object
) -> None:
    words = [*options, "explain", "101"] if where == "before" else ["explain", "101", *options]
    assert cli(*words).code == 0
    assert getattr(settings.current, attribute) == value


def test_options_of_one_command_line_do_not_reach_the_next(cli: Cli) -> None:
    cli("--json", "-q", "-vv", "explain")
    cli("explain")
    assert settings.current == settings.Settings()


def test_directory(cli: Cli, project: Path) -> None:
    assert "hello" in cli("check", "-C", "..", "-C", "hello").out
    ended = cli("-C", "nowhere", "check")
    assert ended.code == 2
    assert "cannot enter the directory `nowhere`" in ended.err


@pytest.mark.parametrize(
    ("words", "fix"),
    [
        (["chek"], "did you mean `check`?"),
        (["check", "--resolvd"], "did you mean `--resolved`?"),
        (["check", "--format", "xml"], "`zeroos-build check --help`"),
        (["build", "-t"], "`zeroos-build build --help`"),
        (["build", "-j", "0"], "`zeroos-build build --help`"),
        (["lower"], "`zeroos-build lower --help`"),
        (["build", "--all", "-t", "sp1"], "leave out one of them"),
        (["build", "-t", "sp1", "-t", "qemu-virt", "-o", "x"], "drop `-o`"),
        (["build", "-t", "sp2"], "did you mean `sp1`?"),
        (["explain", "ZOS10"], "did you mean `ZOS"),
        (["check", "--set", "x"], "--set abi.memory.heap=64MiB"),
    ],
)
def test_usage_errors(cli: Cli, words: list[str], fix: str) -> None:
    ended = cli(*words)
    assert ended.code == 2
    assert ended.out == ""
    assert "error[ZOS1" in ended.err
    assert fix in ended.err
    as_json = cli("--json", *words)
    assert as_json.code == 2
    assert as_json.err == ""
    assert as_json.data["ok"] is False
    assert fix in as_json.data["diagnostics"][0]["help"]


def test_run_gives_125_for_all_failures_of_ours(
    cli: Cli, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli("run", "--bogus").code == 125
    assert cli("run", "gone.elf").code == 125
    assert cli("run", "main.c").code == 125
    assert cli("run", "-t", "sp2").code == 125
    (project / "zeroos.toml").write_text("image = 3\n")
    assert cli("run").code == 125
    _raise(monkeypatch, RuntimeError("x"), "run")
    assert cli("run").code == 125
    assert cli("run", "--help").code == 0


def test_errors_of_run_leave_stdout_to_the_guest(cli: Cli) -> None:
    ended = cli("run", "gone.elf", "--json")
    assert ended.out == ""
    assert json.loads(ended.err)["diagnostics"][0]["code"] == "ZOS703"


def test_the_first_diagnostic_decides(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    _raise(monkeypatch, error("ZOS201", "no compiler"))
    ended = cli("explain")
    assert ended.code == 4
    assert ended.err == "error[ZOS201]: no compiler\n\nmore: zeroos-build explain ZOS201\n"


def test_a_bug_is_one_clear_error(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    _raise(monkeypatch, KeyError("oops"))
    ended = cli("explain")
    assert ended.code == 1
    assert "error[ZOS799]: this is a bug in zeroos-build: KeyError: 'oops'" in ended.err
    assert "Traceback" not in ended.err
    monkeypatch.setenv("ZEROOS_DEBUG", "1")
    assert "Traceback" in cli("explain").err


def test_an_error_of_the_system_is_no_bug(cli: Cli) -> None:
    ended = cli("build", "-t", "./" + "x" * 5000)
    assert ended.code == 1
    assert "file name too long" in ended.err
    assert "ZOS799" not in ended.err


def test_interrupt(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    _raise(monkeypatch, KeyboardInterrupt())
    ended = cli("explain")
    assert (ended.code, ended.err) == (130, "interrupted\n")
    _raise(monkeypatch, KeyboardInterrupt(), "run")
    assert cli("run").code == 130


def test_a_closed_pipe_is_no_error() -> None:
    root = Path(app.__file__).parents[2]
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "zeroos_build", "explain"]
    ended = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, cwd=root, check=False)
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (141, b"")


def test_light_commands_import_little() -> None:
    code = (
        "import sys; from zeroos_build.cli.app import run_command_line as r;"
        "[r(words) for words in (['--help'], ['build', '--help'], ['explain', 'ZOS101'])];"
        "heavy = {'pydantic', 'rich', 'jinja2', 'elftools', 'lief', 'unicorn', 'capstone'};"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    root = Path(app.__file__).parents[2]
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=root, check=False, text=True
    )
    assert ended.returncode == 0, ended.stderr
