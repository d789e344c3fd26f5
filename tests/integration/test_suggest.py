# SPDX-License-Identifier: MIT OR Apache-2.0
"""Records of runs, and the manifest that `suggest` makes of them."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import pytest

from tests.support.images import ROOT, copy_example, make_project
from zeroos_build.cli.app import run_command_line


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """examples/policies, as the current directory."""
    project = copy_example("policies", tmp_path)
    monkeypatch.chdir(project)
    return project


def _record(name: str = "run.json") -> dict[str, object]:
    words = ["-q", "run", "-t", "qemu-virt", "--executor", "embedded", "--record", name]
    assert run_command_line(words) == 0
    record: dict[str, object] = json.loads(Path(name).read_text())
    return record


def _removed(project: Path, *names: str) -> str:
    """Take policies out of the manifest; returns what it was."""
    manifest = project / "zeroos.toml"
    before = manifest.read_text()
    lines = before.splitlines(keepends=True)
    manifest.write_text("".join(line for line in lines if not line.startswith(names)))
    assert manifest.read_text() != before
    return before


def test_record(example: Path) -> None:
    record = _record()
    assert record["schema"] == 1
    assert (record["target"], record["outcome"], record["exit_code"]) == ("qemu-virt", "exit", 0)
    calls = {row["name"]: row for row in record["syscalls"]}  # type: ignore[attr-defined]
    assert calls["inotify_init1"] == {
        "name": "inotify_init1", "number": 26, "calls": 1, "errors": {"ENOSYS": 1},
    }  # fmt: skip
    assert "inotify_add_watch" not in calls
    assert record["policies"] == ["getpid", "inotify_init1"]


def test_a_record_holds_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = (
        "#include <fcntl.h>\nint main(void) { open(\"/dev/null\", O_RDONLY);"
        " return open(\"/nowhere/x\", O_RDONLY) != -1; }\n"
    )  # fmt: skip
    monkeypatch.chdir(make_project(tmp_path / "p", source))
    assert _record()["paths"] == [
        {"call": "openat", "path": "/dev/null", "error": None},
        {"call": "openat", "path": "/nowhere/x", "error": "ENOENT"},
    ]


@pytest.mark.parametrize(
    "names",
    [["inotify_init1"], ["inotify_add_watch"], ["inotify_init1", "inotify_add_watch"]],
)
def test_removed_policies_come_back(example: Path, names: list[str]) -> None:
    """Byte for byte: place, comments and all."""
    _record()
    before = _removed(example, *names)
    assert run_command_line(["-q", "suggest", "--record", "run.json"]) == 0
    assert (example / "zeroos.toml").read_text() != before
    assert run_command_line(["-q", "suggest", "--record", "run.json", "--write"]) == 0
    assert (example / "zeroos.toml").read_text() == before


CASES = """
#include <sys/inotify.h>
#include <unistd.h>
int main(int argc, char **argv)
{
    char what = 0;
    (void)!read(0, &what, 1);
    if (what == 'w')
        return inotify_init1(0) != -1;
    return what == 'x' ? execve(argv[0], argv, NULL) : 0;
}
"""
ENOSYS = '{ action = "enosys", reason = "a draft" }\n'


def test_several_runs_add_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A call that one of them makes may not end a run; one that none makes does."""
    calls = ("execve", "inotify_init1")
    draft = "[abi.policy]\n" + "".join(f"{name} = {ENOSYS}" for name in calls)
    project = make_project(tmp_path / "p", CASES, draft)
    monkeypatch.chdir(project)
    for name in ("none.json", "watch.json"):
        Path("input").write_text(name[0])
        words = ["-q", "run", "--executor", "embedded", "--input", "input", "--record", name]
        assert run_command_line(words) == 0

    def proposed(*records: str) -> dict[str, str]:
        make_project(project, CASES)
        words = [word for name in records for word in ("--record", name)]
        assert run_command_line(["-q", "suggest", *words, "--write"]) == 0
        table = tomllib.loads((project / "zeroos.toml").read_text())["abi"]["policy"]
        return {name: row["action"] for name, row in table.items()}

    assert proposed("none.json") == dict.fromkeys(calls, "halt")
    both = {"execve": "halt", "inotify_init1": "enosys"}
    assert proposed("watch.json") == proposed("none.json", "watch.json") == both
    assert proposed() == dict.fromkeys(calls, "enosys")
    assert "an image is one program" in (project / "zeroos.toml").read_text()


def test_a_manifest_that_fits_stays(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (example / "zeroos.toml").read_text()
    assert run_command_line(["-q", "suggest", "--write"]) == 0
    assert "nothing to change" in capsys.readouterr().out
    assert (example / "zeroos.toml").read_text() == before


def test_what_is_too_much_goes(example: Path) -> None:
    manifest = example / "zeroos.toml"
    before = manifest.read_text()
    more = before.replace('["process", "vfs"]', '["process", "vfs", "threads"]')
    more += '# Never used.\nfutex = { action = "halt", reason = "x" } # gone\n'
    manifest.write_text(more)
    assert run_command_line(["-q", "suggest", "--write"]) == 0
    assert manifest.read_text() == before + "# Never used.\n"


def test_without_records_and_without_a_table(example: Path) -> None:
    """Without records nothing says that a call is never made: then it answers ENOSYS."""
    manifest = example / "zeroos.toml"
    manifest.write_text('[image]\nname = "policies"')
    assert run_command_line(["-q", "suggest", "--write"]) == 0
    reason = (
        '{ action = "enosys", reason = "it has no handler; Linux without it answers the same" }'
    )
    assert manifest.read_text() == (
        '[image]\nname = "policies"\n\n[abi.policy]\n'
        f"inotify_add_watch = {reason}\ninotify_init1 = {reason}\n"
    )
    assert run_command_line(["-q", "run", "-t", "qemu-virt", "--executor", "embedded"]) == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('abi.policy.zz = 1\n', 'abi.policy.bpf = X\nabi.policy.zz = 1\n'),
        ('[abi]\npolicy.aa = 1 # c\n', '[abi]\npolicy.aa = 1 # c\npolicy.bpf = X\n'),
        ('[abi.policy] # c\n\n[image]\n', '[abi.policy] # c\nbpf = X\n\n[image]\n'),
        ('', '[abi.policy]\nbpf = X\n'),
        ('[image]\n', '[image]\n\n[abi.policy]\nbpf = X\n'),
        ('[abi.policy]\naa = 1', '[abi.policy]\naa = 1\nbpf = X\n'),
        ('[abi.policy]\nb = """\n"""\n[lint]\n', '[abi.policy]\nb = """\n"""\nbpf = X\n[lint]\n'),
    ],
)  # fmt: skip
def test_entries_go_where_their_table_is(before: str, after: str) -> None:
    from zeroos_build.manifest.toml import parse
    from zeroos_build.suggest import Change, edit

    change = Change(("abi", "policy", "bpf"), "X", "a test")
    assert edit(parse(before.encode(), "zeroos.toml"), [change]) == after


def test_records_that_are_none(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.json").write_text("[]")
    assert run_command_line(["-q", "suggest", "--record", "bad.json"]) == 1
    assert "it is no record of a run" in capsys.readouterr().err
    Path("bad.json").write_text('{"schema": 1, "syscalls": [{"name": []}]}')
    assert run_command_line(["-q", "suggest", "--record", "bad.json"]) == 1
    assert run_command_line(["-q", "suggest", "--record", "none.json"]) == 1


def test_every_policy_is_in_the_report(example: Path) -> None:
    shutil.rmtree(example / "build", ignore_errors=True)
    manifest = example / "zeroos.toml"
    provided = 'writev = { action = "provide", reason = "a reader asked" }\n'
    manifest.write_text(manifest.read_text() + provided)
    assert run_command_line(["-q", "build", "-t", "qemu-virt"]) == 0
    report = json.loads((example / "build/zeroos/qemu-virt/policies.report.json").read_text())
    rows = {n: (p["action"], p["value"]) for n, p in report["syscalls"]["policy"].items()}
    assert rows == {
        "getpid": ("constant", 4242),
        "inotify_add_watch": ("halt", None),
        "inotify_init1": ("enosys", None),
        "writev": ("provide", None),
    }
    assert all(p["reason"] for p in report["syscalls"]["policy"].values())
    assert (ROOT / "examples/policies/zeroos.toml").read_text().count("action") == 3
