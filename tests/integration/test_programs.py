# SPDX-License-Identifier: MIT OR Apache-2.0
"""Programs that others wrote, unmodified: each gives what it gives as a Linux process.

Their sources come from Debian's source packages; see the manifests in examples/.
"""

from __future__ import annotations

import gzip
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock

from tests.conftest import need_executor, need_program
from tests.support.images import ROOT, build, copy_example, execute
from tests.support.oracle import build_linux, run_linux
from tests.support.toolchains import choose
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.target import target_names

EXAMPLES = ROOT / "examples"
MACHINES = [
    ("zig", "qemu-virt", "call"), ("zig", "qemu-virt", "trap"), ("zig", "qemu-virt32", "call"),
    ("zig", "sp1", "call"), ("gcc", "qemu-virt", "call"), ("gcc", "sp1", "call"),
    ("clang", "qemu-virt", "call"), ("clang", "sp1", "call"),
]  # fmt: skip
# The real executors; the boards' serial line is slow, so they get what prints little.
REAL = [
    "qemu-virt",
    pytest.param("sp1", marks=pytest.mark.built_executor),
    pytest.param("zisk", marks=pytest.mark.built_executor),
]
OTHERS = [name for name in target_names("libos") if name not in {m[1] for m in MACHINES}]
SCRIPTS = sorted((EXAMPLES / "lua/scripts").glob("*.lua"))

pytestmark = pytest.mark.usefixtures("qemu_user")


@cache
def _fetch(example: str) -> None:
    need_program("apt-get")
    directory = EXAMPLES / example
    # Several workers may want it at once.
    with FileLock(directory / ".lock"):
        done = subprocess.run(
            ["make", "-s", "-C", directory], capture_output=True, text=True, timeout=300,
            check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr


def _project(example: str, directory: Path, manifest: str = "zeroos.toml") -> Path:
    _fetch(example)
    project = copy_example(example, directory)
    if manifest != "zeroos.toml":
        shutil.copy(project / manifest, project / "zeroos.toml")
    return project


def _inputs(example: str) -> list[bytes]:
    if example == "lua":
        return [path.read_bytes() for path in SCRIPTS]
    if example == "cmark":
        return [(EXAMPLES / "cmark/vendor/test/spec.txt").read_bytes()]
    return [b""]


def _arguments(project: Path) -> list[str]:
    return {"lua": ["-"]}.get(project.name, [])


def _compare(project: Path, target: str, run: Callable[[Path, bytes], tuple[int, bytes, bytes]],
             inputs: list[bytes] | None = None, **flags: str) -> None:  # fmt: skip
    image = build(project, target, **flags).image
    program = build_linux(project, project / project.name, target)
    for data in _inputs(project.name) if inputs is None else inputs:
        wanted = run_linux(program, stdin=data, args=_arguments(project))
        assert run(image, data) == (wanted.code, wanted.stdout, wanted.stderr), data[:80]
        assert wanted.code == 0


@pytest.mark.parametrize(("toolchain", "target", "dispatch"), MACHINES)
@pytest.mark.parametrize("example", ["lua", "zlib", "cmark"])
def test_embedded_machine_equals_linux(
    example: str, toolchain: str, target: str, dispatch: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    flags = {"build.dispatch": dispatch, "build.toolchain": choose(toolchain, monkeypatch).name}

    def run(image: Path, data: bytes) -> tuple[int, bytes, bytes]:
        done = execute(image, target, stdin=data)
        assert done.result.message is None
        return done.result.exit_code, done.stdout, done.stderr

    _compare(_project(example, tmp_path), target, run, **flags)


@pytest.mark.parametrize("target", OTHERS)
@pytest.mark.parametrize("example", ["lua", "zlib"])
def test_every_other_target_equals_linux(example: str, target: str, tmp_path: Path) -> None:
    """One input and one toolchain: what differs here is the machine, not the program."""

    def run(image: Path, data: bytes) -> tuple[int, bytes, bytes]:
        done = execute(image, target, stdin=data)
        assert done.result.message is None
        return done.result.exit_code, done.stdout, done.stderr

    _compare(_project(example, tmp_path), target, run, inputs=_inputs(example)[-1:])


def test_a_script_that_jolt_cannot_take(tmp_path: Path) -> None:
    """Its private input is 4 KiB with the length; more is refused, and not cut off."""
    script = b"-- " + b"x" * 5000 + b"\nprint(1)\n"
    image = build(_project("lua", tmp_path), "jolt").image
    with pytest.raises(ZeroosError, match="private input"):
        execute(image, "jolt", stdin=script)


@pytest.mark.parametrize("target", REAL)
@pytest.mark.parametrize("example", ["lua", "zlib", "cmark"])
def test_own_executor_equals_linux(example: str, target: str, tmp_path: Path) -> None:
    need_executor(target)

    def run(image: Path, data: bytes) -> tuple[int, bytes, bytes]:
        done = execute(image, target, stdin=data, real=True)
        return done.result.exit_code, done.stdout, done.stderr

    _compare(_project(example, tmp_path), target, run)


@pytest.mark.parametrize("target", ["qemu-virt", "sp1"])
def test_minigzip_and_gzip_read_each_other(target: str, tmp_path: Path) -> None:
    project = _project("zlib", tmp_path, "minigzip.toml")
    files = [project / "vendor/zlib.h", project / "vendor/doc/algorithm.txt"]
    image = build(project, target).image
    packed = {}
    for path in files:
        done = execute(image, target, stdin=path.read_bytes())
        assert done.result.exit_code == 0
        assert gzip.decompress(done.stdout) == path.read_bytes()
        packed[path] = done.stdout
    text = (project / "zeroos.toml").read_text()
    (project / "zeroos.toml").write_text(text + 'args = ["-d"]\n')
    image = build(project, target).image
    for path in files:
        for data in (packed[path], gzip.compress(path.read_bytes())):
            assert execute(image, target, stdin=data).stdout == path.read_bytes()
