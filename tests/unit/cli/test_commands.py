# SPDX-License-Identifier: MIT OR Apache-2.0
"""The commands that need no toolchain."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from zeroos_build.cli.app import COMMANDS
from zeroos_build.diagnostics import catalogue
from zeroos_build.docs import generate
from zeroos_build.target import target_names

from .conftest import Cli


def test_init(cli: Cli, project: Path) -> None:
    ended = cli("init", "new/thing")
    assert ended.code == 0
    files = sorted(path.name for path in Path("new/thing").iterdir())
    assert files == [".gitignore", "main.c", "zeroos.schema.json", "zeroos.toml"]
    assert [line for line in ended.out.splitlines() if line.startswith("wrote")] == [
        f"wrote new/thing/{name}" for name in (".gitignore", "main.c", "zeroos.toml")
    ] + ["wrote new/thing/zeroos.schema.json"]
    assert ended.out.endswith("next: zeroos-build -C new/thing run\n")
    manifest = Path("new/thing/zeroos.toml").read_text()
    assert manifest.startswith("#:schema ./zeroos.schema.json\n")
    assert 'name = "thing"' in manifest
    assert cli("-C", "new/thing", "check").out == "zeroos.toml: ok (qemu-virt)\n"


def test_init_overwrites_nothing(cli: Cli, project: Path) -> None:
    Path(".gitignore").write_text("mine\n")
    ended = cli("init")
    assert ended.code == 1
    assert "`main.c` exists already" in ended.err
    assert not Path("zeroos.toml").exists()
    Path("main.c").unlink()
    assert cli("init").code == 0
    assert Path(".gitignore").read_text() == "mine\n"
    assert cli("init", "--template", "cobol").code == 2


def test_init_follows_no_link(cli: Cli, project: Path) -> None:
    Path("main.c").unlink()
    Path("zeroos.toml").symlink_to("elsewhere.toml")
    assert cli("init").code == 1
    assert not Path("elsewhere.toml").exists()


def test_explain(cli: Cli) -> None:
    for code in ("ZOS102", "zos102", "102"):
        ended = cli("explain", code)
        assert ended.code == 0
        assert ended.out.startswith("ZOS102: ")
        assert "exit code 3" in ended.out
    assert "cannot be off" in cli("explain", "ZOS150").out
    assert cli("explain", "ZOS102", "--json").data["exit"] == 3
    listed = cli("explain").out
    assert all(code in listed for code in catalogue())


def test_targets(cli: Cli) -> None:
    lines = cli("targets").out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(target_names())
    data = cli("targets", "--json").data
    march = {target["name"]: target["isa"]["march"] for target in data["targets"]}
    assert march["sp1"] == "rv64im"


def test_syscalls(cli: Cli) -> None:
    assert any(line.startswith("write ") for line in cli("syscalls").out.splitlines())
    names = {call["name"] for call in cli("syscalls", "--json").data["syscalls"]}
    assert {"write", "exit_group", "mmap"} <= names


def test_schema(cli: Cli) -> None:
    tree = cli("schema").data
    assert tree["$schema"].startswith("http://json-schema.org/draft-07")
    assert tree["additionalProperties"] is False


def test_check(cli: Cli, project: Path) -> None:
    assert cli("check").out.endswith("ok (qemu-virt)\n")
    (project / "zeroos.toml").write_text('[abi.random]\nsource = "input"\n')
    ended = cli("check")
    assert (ended.code, ended.out) == (0, "zeroos.toml: 1 warning (qemu-virt)\n")
    assert "warning[ZOS150]" in ended.err
    data = cli("check", "--json").data
    assert data["ok"] is True
    assert [d["severity"] for d in data["diagnostics"]] == ["warning"]
    with (project / "zeroos.toml").open("a") as file:
        file.write('[lint]\nZOS150 = "error"\n')
    assert cli("check").code == 3
    assert cli("check", "--json").data["ok"] is False


def test_check_in_other_formats(cli: Cli, project: Path) -> None:
    (project / "zeroos.toml").write_text('[build]\noptimize = "9"\n')
    ended = cli("check", "--format", "github")
    assert (ended.code, ended.err) == (3, "")
    assert ended.out.startswith("::error file=zeroos.toml,line=2,col=12,title=ZOS104::")
    assert cli("check", "--format", "json").data["diagnostics"][0]["code"] == "ZOS104"
    (project / "zeroos.toml").write_text('[abi.random]\nsource = "input"\n')
    ended = cli("check", "--format", "github")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("::warning file=zeroos.toml,line=2,col=10,title=ZOS150::")


def test_check_looks_at_every_named_target(cli: Cli, project: Path) -> None:
    text = '[build]\ntargets = ["sp1"]\n[target.sp1]\nabi.memory.stack = "100GiB"\n'
    (project / "zeroos.toml").write_text(text)
    ended = cli("check")
    assert ended.code == 3
    assert "on sp1" in ended.err
    assert cli("check", "-t", "qemu-virt").code == 0


def test_check_resolved(cli: Cli, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "zeroos.toml").write_text('[abi.memory]\nheap = "4096KiB"\n')
    monkeypatch.setenv("ZEROOS_SET", "build.optimize=s")
    lines = cli("check", "--resolved", "-t", "sp1", "--set", "abi.time.epoch=5").out.splitlines()
    found = {words[0]: words[1:] for words in map(str.split, lines)}
    assert found["KEY"] == ["VALUE", "ORIGIN"]
    assert found["abi.memory.heap"] == ['"4MiB"', "zeroos.toml:2:1"]
    assert found["build.optimize"] == ['"s"', "ZEROOS_SET"]
    assert found["build.target"] == ['"sp1"', "--target"]
    assert found["abi.time.epoch"] == ["5", "--set"]
    assert found["abi.vfs.cwd"] == ['"/"', "default"]
    data = cli("check", "--resolved", "--json").data["resolved"]["qemu-virt"]
    assert data["abi.memory.heap"] == {
        "value": 4 << 20,
        "origin": {"layer": "manifest", "where": "zeroos.toml:2:1"},
    }


def test_manifest_from_the_environment(
    cli: Cli, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "other.toml").write_text("[image]\n")
    monkeypatch.setenv("ZEROOS_MANIFEST", "other.toml")
    assert cli("check").out.startswith("other.toml: ok")


def test_clean(cli: Cli, project: Path) -> None:
    assert cli("clean").out == ""
    (project / "build" / "zeroos" / "sp1").mkdir(parents=True)
    (project / "build" / "mine").write_text("")
    (project / "build" / "zeroos" / "link").symlink_to(project / "main.c")
    assert cli("clean").out == "removed build/zeroos\n"
    assert sorted(os.listdir("build")) == ["mine"]
    assert (project / "main.c").exists()


@pytest.mark.parametrize("link", ["build", "build/zeroos"])
def test_clean_follows_no_link(cli: Cli, project: Path, link: str) -> None:
    outside = project.parent / "outside"
    (outside / "zeroos").mkdir(parents=True)
    (project / link).parent.mkdir(exist_ok=True)
    (project / link).symlink_to(outside, target_is_directory=True)
    ended = cli("clean")
    assert ended.code == 1
    assert "ZOS710" in ended.err
    assert (outside / "zeroos").is_dir()


def test_doctor(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZEROOS_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("zeroos_build.doctor._version_of", lambda program: "1.2" if program else "")
    ended = cli("doctor")
    assert ended.code == 0, ended.out
    assert ended.out.endswith("qemu-virt with zig can be built here\n")
    names = {finding["name"] for finding in cli("doctor", "--json").data["findings"]}
    expected = {"ziglang", "ninja", "unicorn", "lief", "cache directory", "cargo"}
    assert expected | {"qemu-system-riscv64", "zeroos-exec-sp1"} <= names


def test_doctor_says_4_when_the_target_cannot_be_built(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("zeroos_build.doctor.shutil.which", lambda name: None)
    ended = cli("doctor", "--toolchain", "gcc", "-t", "sp1")
    assert ended.code == 4
    assert "riscv64-linux-gnu-gcc: apt-get install gcc-riscv64-linux-gnu" in ended.out
    assert ended.out.endswith("sp1 with gcc cannot be built here\n")
    assert cli("doctor", "--toolchain", "gcc", "--json").data["ok"] is False


def test_doctor_works_with_a_broken_manifest(cli: Cli, project: Path) -> None:
    (project / "zeroos.toml").write_text("image = 3\n")
    assert "the manifest has an error: `image` must be a table" in cli("doctor").out


def test_documents_are_current(cli: Cli) -> None:
    ended = cli("docs", "--check")
    assert ended.code == 0, ended.err


def test_documents_are_stable_and_complete() -> None:
    made = generate()
    assert made == generate()
    for name in COMMANDS:
        assert f"## `{name}`" in made["docs/cli.md"]
    for code in catalogue():
        assert f"### {code}: " in made["docs/diagnostics.md"]


def test_json_of_every_simple_command_is_versioned(cli: Cli, project: Path) -> None:
    for words in (["explain"], ["targets"], ["syscalls"], ["check"], ["clean"], ["init", "x"]):
        data = json.loads(cli("--json", *words).out)
        assert (data["schema"], data["ok"]) == (1, True)
