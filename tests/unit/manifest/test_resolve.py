# SPDX-License-Identifier: MIT OR Apache-2.0
"""What holds for a target: files, sizes, names, out-of-tree targets."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from zeroos_build.diagnostics import ZeroosError
from zeroos_build.manifest import load
from zeroos_build.manifest.resolve import default_name
from zeroos_build.manifest.suggest import RENAMED
from zeroos_build.paths import data_root
from zeroos_build.target import target_names

from .conftest import Make

Codes = Callable[..., list[str]]


def test_plain_values(make: Make, directory: Path) -> None:
    (directory / "data").mkdir()
    (directory / "data" / "p.bin").write_bytes(b"x")
    resolved = make(
        '[image]\ndefines = { A = true, B = "2" }\ninclude = ["data"]\n'
        '[abi]\nsubsystems = ["vfs", "process"]\n'
        '[abi.vfs]\nfiles = [{ path = "/p", from = "data/p.bin" }]\n'
        '[abi.memory]\nheap = "2MiB"\nstack = "64KiB"\n'
    ).resolve()
    assert resolved.directory == directory
    assert resolved.image.defines == {"A": True, "B": "2"}
    assert resolved.image.include == (Path("data"),)
    assert resolved.abi.subsystems == ("vfs", "process")
    assert resolved.abi.vfs.files[0].from_ == "data/p.bin"
    assert (resolved.abi.memory.heap, resolved.abi.memory.stack) == (2 << 20, 64 << 10)
    assert resolved.values()["abi.vfs.files"] == [{"path": "/p", "from": "data/p.bin"}]


def test_globs(make: Make, directory: Path) -> None:
    for name in ("src/b.c", "src/a.c", "src/deep/er/c.cc", "build/zeroos/x/gen.c", ".git/d.c"):
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    (directory / "loop").symlink_to(directory, target_is_directory=True)

    def sources(text: str) -> list[str]:
        return [p.as_posix() for p in make(f"image.sources = {text}\n").resolve().image.sources]

    assert sources('["**/*.c"]') == ["main.c", "src/a.c", "src/b.c"]
    assert sources('["**/*.c*"]') == ["main.c", "src/a.c", "src/b.c", "src/deep/er/c.cc"]
    assert sources('["src/[a].c", "main.c", "./main.c"]') == ["main.c", "src/a.c"]
    assert sources('["**/deep/**/*.cc"]') == ["src/deep/er/c.cc"]
    assert sources('["?ain.c"]') == ["main.c"]
    assert sources('["s*/?.c"]') == ["src/a.c", "src/b.c"]


def test_a_name_with_a_wildcard(make: Make, directory: Path) -> None:
    (directory / "a[1].c").write_text("")
    assert make('image.sources = ["a[1].c"]').resolve().image.sources == (Path("a[1].c"),)


def test_default_sources(make: Make, directory: Path) -> None:
    (directory / "src").mkdir()
    for name in ("start.S", "src/a.cpp", "src/b.h", "note.txt"):
        (directory / name).write_text("")
    found = [p.as_posix() for p in make("").resolve().image.sources]
    assert found == ["main.c", "src/a.cpp", "start.S"]


@pytest.mark.parametrize("key", ["sources", "objects", "include"])
def test_links_do_not_lead_outside(codes: Codes, directory: Path, key: str) -> None:
    outside = directory.parent / "outside"
    outside.mkdir()
    (outside / "x.c").write_text("")
    (directory / "link").symlink_to(outside, target_is_directory=True)
    name = "link" if key == "include" else "link/x.c"
    assert codes(f'image.{key} = ["{name}"]\n') == ["ZOS107"]


def test_links_inside_are_fine(codes: Codes, directory: Path) -> None:
    (directory / "again.c").symlink_to("main.c")
    assert codes('image.sources = ["again.c"]\n') == []


def test_link_loops_are_an_error(codes: Codes, directory: Path) -> None:
    (directory / "a.c").symlink_to("b.c")
    (directory / "b.c").symlink_to("a.c")
    assert codes('image.sources = ["a.c", "main.c"]\n') == ["ZOS117"]


def test_objects_may_come_later_for_check(make: Make) -> None:
    project = make('image.objects = ["lib.a"]\n')
    assert project.resolve(need_objects=False).image.objects == (Path("lib.a"),)
    with pytest.raises(ZeroosError):
        project.resolve()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('heap = "auto"\nstack = "100MiB"', []),
        ('heap = "125MiB"\nstack = "1MiB"', []),
        ('heap = "125MiB"\nstack = "2MiB"', ["ZOS103"]),
        ('stack = "127MiB"', ["ZOS103"]),
        ('stack = "4095B"', ["ZOS103"]),
    ],
)
def test_memory_of_qemu_virt(codes: Codes, text: str, expected: list[str]) -> None:
    assert codes(f"[abi.memory]\n{text}\n") == expected


def test_stack_and_heap_in_regions_of_their_own(codes: Codes) -> None:
    # sp1 has 1.9 GiB for the stack and more than 100 GiB for the heap.
    text = '[build]\ntarget = "sp1"\n[abi.memory]\nheap = "{}"\nstack = "{}"\n'
    assert codes(text.format("64GiB", "1GiB")) == []
    assert codes(text.format("64GiB", "2GiB")) == ["ZOS103"]
    assert codes(text.format("1000GiB", "2GiB")) == ["ZOS103", "ZOS103"]


@pytest.mark.parametrize(
    ("directory", "name"),
    [
        ("hello", "hello"),
        ("My Project", "my-project"),
        ("..odd", "odd"),
        ("日本", "image"),
        ("x" * 80, "x" * 64),
    ],
)
def test_name_from_the_directory(directory: str, name: str) -> None:
    assert default_name(Path("/somewhere") / directory) == name


def _out_of_tree(directory: Path, name: str = "my-zkvm") -> Path:
    place = directory / "zkvm"
    shutil.copytree(data_root() / "targets" / "sp1", place)
    text = (place / "target.toml").read_text()
    (place / "target.toml").write_text(text.replace('= "sp1"', f'= "{name}"', 1))
    return place


def test_a_target_of_the_project(make: Make, directory: Path) -> None:
    place = _out_of_tree(directory)
    project = make('[build]\ntarget = "./zkvm"\n[target.my-zkvm]\nabi.memory.heap = "1MiB"\n')
    resolved = project.resolve()
    assert (resolved.target.name, resolved.reference) == ("my-zkvm", str(place))
    assert resolved.abi.memory.heap == 1 << 20
    by_flag = make('[target."./zkvm"]\nbuild.optimize = "s"\n', target=str(place)).resolve()
    assert (by_flag.target.name, by_flag.build.optimize) == ("my-zkvm", "s")


def test_a_target_outside_the_project(codes: Codes, directory: Path) -> None:
    _out_of_tree(directory.parent)
    assert codes('build.target = "../zkvm"\n') == ["ZOS107"]
    assert codes('build.target = "/zkvm"\n') == ["ZOS107"]
    assert codes('build.target = "./gone"\n') == ["ZOS106"]


def test_named_targets(make: Make) -> None:
    project = make('[build]\ntargets = ["sp1"]\n[target.sp1]\n[target.qemu-virt]\n')
    assert project.named_targets() == ["qemu-virt", "sp1"]
    assert project.all_targets() == ["sp1"]
    assert make("").all_targets() == list(target_names())


def test_renamed_keys_say_the_new_name(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RENAMED, "abi.memory.heap_size", "abi.memory.heap")
    for text in ('[abi.memory]\nheap_size = "1MiB"', '[target.sp1]\nabi.memory.heap_size = "1MiB"'):
        with pytest.raises(ZeroosError) as caught:
            make(text)
        assert caught.value.diagnostics[0].help == "it is now called `abi.memory.heap`"


def test_renamed_keys_are_none_of_today() -> None:
    from zeroos_build.manifest.suggest import key_names

    assert not set(RENAMED) & set(key_names())
    assert set(RENAMED.values()) <= set(key_names())


def test_errors_and_what_is_wrong_for_the_target_come_together(codes: Codes) -> None:
    found = codes(
        'image.nam = "x"\nimage.sources = ["../x.c", "gone.c"]\nabi.memory.stack = "1B"\n'
    )
    assert found == ["ZOS101", "ZOS107", "ZOS117", "ZOS103"]


def test_a_file_by_name(directory: Path) -> None:
    file = directory / "other.toml"
    file.write_text("")
    assert load(file).directory == directory
    with pytest.raises(ZeroosError) as caught:
        load(directory / "gone.toml")
    assert caught.value.diagnostics[0].code == "ZOS120"
