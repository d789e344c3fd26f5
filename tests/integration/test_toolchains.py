# SPDX-License-Identifier: MIT OR Apache-2.0
"""Each installed compiler: the same programs, the same output as the Linux process's."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import need_executor
from tests.support.examples import (
    EXAMPLES,
    check_embedded,
    check_equal,
    oracle,
    prepare,
    private_input,
)
from tests.support.images import build, copy_example, execute, make_project
from tests.support.toolchains import CHOICES, choose
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.toolchain.discover import find_toolchain

OTHERS = [name for name in CHOICES if name != "zig"]
# Bare-metal gcc differs from the other one in its names for the system only: one target will do.
PAIRS = [(name, target) for name in OTHERS for target in ("qemu-virt", "sp1")]
PAIRS.remove(("gcc-elf", "qemu-virt"))

# Every length of millicode, and registers that only it preserves.
SAVE_RESTORE = """
#include <stdio.h>
#include <unistd.h>
#define F(n, ...) __attribute__((noinline)) static long f##n(long x) \\
    { long v[] = {__VA_ARGS__}; long s = 0; \\
      for (int i = 0; i < (int)(sizeof v / sizeof *v); i++) s += v[i] * (getppid() + x); \\
      return s; }
F(1, 1)
F(2, x, x + 1, x * 3)
__attribute__((noinline)) static long wide(long a, long b, long c, long d, long e, long f, long g)
{
    long h = a * b, i = c * d, j = e * f, k = g + a, l = b + c;
    long m = getppid();
    return (h ^ i ^ j ^ k ^ l) + m + a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + getppid();
}
int main(void)
{
    printf("%ld %ld %ld\\n", f1(2), f2(3), wide(1, 2, 3, 4, 5, 6, 7));
    return 0;
}
"""


@pytest.mark.built_executor
@pytest.mark.usefixtures("qemu_user")
@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize(("name", "target"), PAIRS)
def test_examples_equal_linux(
    name: str, target: str, example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toolchain = choose(name, monkeypatch)
    project = prepare(example, tmp_path)
    stdin = private_input(project, target)
    image = build(project, target, **{"build.toolchain": toolchain.name})
    wanted = oracle(project, stdin, target)
    run, report = check_embedded(image, target, stdin, wanted)
    assert report["toolchain"] == f"{toolchain.name} {toolchain.version}"
    need_executor(target)
    real = execute(image.image, target, stdin=stdin, real=True)
    check_equal(real, wanted, target)
    assert real.result.instructions in (None, run.result.instructions)


@pytest.mark.parametrize("name", OTHERS)
def test_the_same_is_linked(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GNU ld chooses members of archives by other rules than lld; the image must not show it."""
    toolchain = choose(name, monkeypatch)
    project = copy_example("threads", tmp_path)
    report = json.loads(build(project, "sp1").report.read_text())
    other = build(project, "sp1", **{"build.toolchain": toolchain.name})
    found = json.loads(other.report.read_text())
    for part, key in (("syscalls", "reachable"), ("handlers", "linked")):
        assert found[part][key] == report[part][key]
    assert found["sizes"]["parts"].keys() == report["sizes"]["parts"].keys()
    # All but headers of sections and alignment is accounted for.
    sizes = found["sizes"]
    assert 0 <= sizes["memory"] - sum(sizes["parts"].values()) < 256


@pytest.mark.parametrize("name", ["gcc", "clang"])
@pytest.mark.parametrize("malloc", ["musl", "bump"])
def test_millicode_and_allocators(
    name: str, malloc: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toolchain = choose(name, monkeypatch)
    manifest = f'cflags = ["-msave-restore"]\n[abi.memory]\nmalloc = "{malloc}"\n'
    project = make_project(tmp_path / "p", SAVE_RESTORE, manifest)
    image = build(project, "sp1", **{"build.toolchain": toolchain.name})
    assert b"__riscv_restore_" in image.image.read_bytes()
    run = execute(image.image, "sp1")
    assert (run.stdout, run.result.message) == (b"2 48 169\n", None)


def test_gcc_links_with_lld_where_its_own_linker_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose("clang", monkeypatch)
    choose("gcc", monkeypatch)
    real = shutil.which

    def which(name: str, *args: object, **options: object) -> str | None:
        return None if "-ld" in name else real(name, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(shutil, "which", which)
    assert "lld" in find_toolchain("gcc").version
    project = copy_example("hello", tmp_path)
    run = execute(build(project, "sp1", **{"build.toolchain": "gcc"}).image, "sp1")
    assert run.stdout.startswith(b"Hello from 4 threads")


@pytest.mark.parametrize("name", ["gcc", "clang"])
@pytest.mark.parametrize(
    ("source", "code", "message"),
    [
        ("int f(void);\nint main(void) { return f(); }", "ZOS431", "`f` is used but defined"),
        ("int puts(const char *s) { return !s; }\nint x;\n", "ZOS431", "no function `main`"),
        ("static volatile char big[1l << 40];\nint main(void) { return big[9]; }", "ZOS4", ""),
    ],
)
def test_messages_of_the_linker_are_ours(
    name: str, source: str, code: str, message: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    toolchain = choose(name, monkeypatch)
    project = make_project(tmp_path / "p", source)
    with pytest.raises(ZeroosError) as caught:
        build(project, "sp1", **{"build.toolchain": toolchain.name})
    (first, *_) = caught.value.diagnostics
    assert first.code.startswith(code)
    assert message in first.message


@pytest.mark.parametrize("name", ["gcc", "clang"])
def test_a_name_defined_twice(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toolchain = choose(name, monkeypatch)
    project = make_project(
        tmp_path / "p", "int f(void) { return 1; }\nint main(void) { return f(); }"
    )
    (project / "other.c").write_text("int f(void) { return 2; }\n")
    with pytest.raises(ZeroosError) as caught:
        build(project, "sp1", **{"build.toolchain": toolchain.name})
    (first, *_) = caught.value.diagnostics
    assert (first.code, first.message) == ("ZOS433", "`f` is defined twice")
    assert any("main.c" in note for note in first.notes)
    assert any("other.c" in note for note in first.notes)
