# SPDX-License-Identifier: MIT OR Apache-2.0
"""Which value holds, and where it says that it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from zeroos_build.diagnostics import ZeroosError
from zeroos_build.manifest import load
from zeroos_build.manifest.assign import split_settings

from .conftest import Make

KEY = "build.optimize"
MANIFEST = '[build]\noptimize = "1"\n'
TABLE = MANIFEST + '[target.qemu-virt]\nbuild.optimize = "3"\n'
ENV = {"ZEROOS_SET": "build.optimize=s"}
FLAG = {"build.optimize": "z"}


@pytest.mark.parametrize(
    ("text", "env", "flags", "value", "origin"),
    [
        ("", {}, {}, "2", "default"),
        (MANIFEST, {}, {}, "1", "zeroos.toml:2:1"),
        (TABLE, {}, {}, "3", "zeroos.toml:4:7"),
        (TABLE, ENV, {}, "s", "ZEROOS_SET"),
        (TABLE, ENV, FLAG, "z", "--set"),
        ("", {}, FLAG, "z", "--set"),
    ],
)
def test_precedence(
    make: Make,
    directory: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    env: dict[str, str],
    flags: dict[str, str],
    value: str,
    origin: str,
) -> None:
    monkeypatch.chdir(directory)
    resolved = make(text, env=env, flags=flags).resolve("qemu-virt")
    assert resolved.build.optimize == value
    assert str(resolved.origins[KEY]) == origin


@pytest.mark.parametrize(
    ("text", "target", "env", "flags", "value", "origin"),
    [
        ("", None, {}, {}, "qemu-virt", "default"),
        ('build.target = "sp1"', None, {}, {}, "sp1", "zeroos.toml:1:7"),
        ("", None, {"ZEROOS_TARGET": "sp1"}, {}, "sp1", "ZEROOS_TARGET"),
        ("", None, {"ZEROOS_SET": "build.target=sp1"}, {}, "sp1", "ZEROOS_SET"),
        ('build.target = "qemu-virt"', "sp1", {"ZEROOS_TARGET": "x"}, {}, "sp1", "--target"),
        ("", None, {"ZEROOS_TARGET": "qemu-virt"}, {"build.target": "sp1"}, "sp1", "--set"),
        ("", None, {"ZEROOS_TARGET": ""}, {}, "qemu-virt", "default"),
    ],
)
def test_which_target(
    make: Make,
    directory: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    target: str | None,
    env: dict[str, str],
    flags: dict[str, str],
    value: str,
    origin: str,
) -> None:
    monkeypatch.chdir(directory)
    project = make(text, target=target, env=env, flags=flags)
    assert project.default_target == value
    resolved = project.resolve()
    assert resolved.build.target == resolved.target.name == value
    assert str(resolved.origins["build.target"]) == origin


def test_a_table_of_another_target_does_not_hold(make: Make) -> None:
    project = make('[target.sp1]\nabi.memory.heap = "1MiB"\n')
    assert project.resolve("qemu-virt").abi.memory.heap == "auto"
    assert project.resolve("sp1").abi.memory.heap == 1 << 20


def test_open_tables_merge_by_entry(make: Make) -> None:
    project = make(
        '[image]\nenv = { A = "1", B = "2" }\n'
        '[abi.policy]\ngetpid = { action = "constant", value = 7, reason = "one process" }\n'
        '[target.sp1]\nimage.env.B = "3"\n'
        'abi.policy.getpid = { action = "enosys", reason = "not asked" }\n',
        flags={"image.env.C": "4"},
    )
    resolved = project.resolve("sp1")
    assert resolved.image.env == {"A": "1", "B": "3", "C": "4"}
    assert str(resolved.origins["image.env.C"]) == "--set"
    assert resolved.abi.policy["getpid"].value is None
    assert project.resolve("qemu-virt").abi.policy["getpid"].value == 7


def test_toolchain_from_the_environment(make: Make) -> None:
    resolved = make("", env={"ZEROOS_TOOLCHAIN": "gcc"}).resolve()
    assert resolved.build.toolchain == "gcc"
    assert str(resolved.origins["build.toolchain"]) == "ZEROOS_TOOLCHAIN"


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("abi.memory.heap", "64MiB", 64 << 20),
        ("abi.memory.heap", '"64MiB"', 64 << 20),
        ("abi.time.epoch", "12", 12),
        ("build.optimize", "3", "3"),
        ("image.args", '["a b", "c"]', ["a b", "c"]),
        ("image.defines.X", "true", True),
        ("image.defines.X", "3", "3"),
        ('image.env."A.B"', "x", "x"),
        ("abi.subsystems", '["vfs"]', ["vfs"]),
    ],
)
def test_set_takes_toml_and_bare_words(make: Make, key: str, text: str, expected: object) -> None:
    values = make("", flags={key: text}).resolve().values()
    assert values[key.replace('"', "")] == expected


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("abi.memory.heap", "64MB", "ZOS102"),
        ("abi.memory.hepa", "1MiB", "ZOS101"),
        ("build.optimize", "9", "ZOS104"),
        ("abi.memory", "3", "ZOS104"),
        ("target.sp1.abi.memory.heap", "1MiB", "ZOS112"),
        ("abi memory", "3", "ZOS112"),
        ("abi.memory.heap", "a b", "ZOS112"),
        ("abi.time.epoch", "1\nbuild.target = 2", "ZOS112"),
        ("image.sources", '["../x.c"]', "ZOS107"),
        ("abi.policy.getpid.action", "enosys", "ZOS105"),
    ],
)
def test_wrong_settings(make: Make, key: str, text: str, code: str) -> None:
    with pytest.raises(ZeroosError) as caught:
        make("", flags={key: text})
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.code == code
    assert diagnostic.location is not None
    assert diagnostic.location.file == "--set"
    assert diagnostic.location.text == f"{key}={text}"


def test_settings_of_the_environment_are_words() -> None:
    words = split_settings('a=1  b="x y" c=["p","q r"]', "ZEROOS_SET")
    assert [(w.key, w.text) for w in words] == [("a", "1"), ("b", '"x y"'), ("c", '["p","q r"]')]


@pytest.mark.parametrize("text", ["a", '="x"', 'a="x', "a=1 b"])
def test_malformed_words(text: str) -> None:
    with pytest.raises(ZeroosError) as caught:
        split_settings(text, "ZEROOS_SET")
    assert caught.value.exit_code == 2


def test_all_layers_report_at_once(make: Make) -> None:
    with pytest.raises(ZeroosError) as caught:
        make(
            "[image]\nnam = 'x'\n",
            env={"ZEROOS_SET": "build.optimize=9", "ZEROOS_TOOLCHAIN": "icc"},
            flags={"abi.memory.heap": "1MB"},
        )
    places = {d.location.file for d in caught.value.diagnostics if d.location}
    assert {"ZEROOS_SET", "ZEROOS_TOOLCHAIN", "--set"} < places
    assert len(caught.value.diagnostics) == 4


def test_every_key_has_an_origin(make: Make) -> None:
    resolved = make('[image]\nenv = { A = "1" }\n').resolve()
    assert set(resolved.values()) == set(resolved.origins)


def test_a_manifest_that_is_not_there(directory: Path) -> None:
    resolved = load(directory, env={}).resolve()
    assert resolved.file is None
    assert resolved.image.name == "hello"
    assert resolved.image.sources == (Path("main.c"),)


def test_nothing_at_all(tmp_path: Path) -> None:
    with pytest.raises(ZeroosError) as caught:
        load(tmp_path)
    assert caught.value.exit_code == 3
