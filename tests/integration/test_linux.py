# SPDX-License-Identifier: MIT OR Apache-2.0
"""The target `linux`: the project as a process, started as its manifest says, and never as root."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.examples import EXAMPLES, check_equal, oracle, prepare, private_input
from tests.support.images import build, execute, make_project
from tests.support.objects import compile_c
from zeroos_build.build import Options
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.elf.image import Image
from zeroos_build.execute import RunRequest, find_executor, run_embedded, run_real
from zeroos_build.lower.command import lower_file
from zeroos_build.target import load_target, target_names
from zeroos_build.verify import verify_image

LINUX = target_names("linux")
STARTED = """
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zeroos/io.h>
extern char **environ;
int main(int argc, char **argv)
{
    int variables = 0;
    while (environ[variables])
        variables++;
    printf("%s %d %s %s %d %d\\n", argv[0], argc, argv[1], getenv("A"), variables, getuid() == 0);
    const unsigned char *data;
    size_t size;
    read_input(&data, &size);
    write_output(data, size);
    return 7;
}
"""
MANIFEST = 'args = ["two words"]\nenv = { A = "b c" }\n'

pytestmark = pytest.mark.usefixtures("qemu_user")


@pytest.mark.parametrize("target", LINUX)
@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_do_as_under_the_oracle(name: str, target: str, tmp_path: Path) -> None:
    example = prepare(name, tmp_path)
    stdin = private_input(example, target)
    run = execute(build(example, target).image, target, stdin=stdin, real=True)
    check_equal(run, oracle(example, stdin, target), target)


@pytest.mark.parametrize("target", LINUX)
def test_a_process_starts_as_the_manifest_says(
    target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FROM_THE_HOST", "1")
    result = build(make_project(tmp_path, STARTED, MANIFEST), target)
    run = execute(result.image, target, stdin=b"private", real=True)
    name = Image.read(result.image).note["name"]
    assert run.stdout.decode() == f"{name} 2 two words b c 1 0\n"
    assert (run.public, run.result.exit_code, run.result.outcome) == (b"private", 7, "exit")


@pytest.mark.parametrize(
    ("source", "code", "outcome"),
    [
        ("#include <stdlib.h>\nint main(void) { abort(); }", 134, "halt"),
        ("int main(void) { __builtin_trap(); }", 132, "trap"),
        ("int main(void) { return *(volatile int *)8; }", 139, "fault"),
    ],
)
def test_signals_end_a_run_as_failures(
    source: str, code: int, outcome: str, tmp_path: Path
) -> None:
    run = execute(build(make_project(tmp_path, source), "linux").image, "linux", real=True)
    assert (run.result.exit_code, run.result.outcome) == (code, outcome)


def test_nothing_is_lowered_and_no_libos_is_linked(tmp_path: Path) -> None:
    result = build(make_project(tmp_path, STARTED), "linux")
    image = Image.read(result.image)
    assert any(b"\x73\0\0\0" in data for _, data in image.code())
    assert not image.sites
    assert not [name for name in image.addresses if name.startswith("zeroos_")]
    report = json.loads(result.report.read_text())
    assert report["syscalls"]["reachable"] is None
    assert report["handlers"]["linked"] == []
    verify_image(result.image)


def test_what_needs_the_libos_is_refused(tmp_path: Path) -> None:
    image = build(make_project(tmp_path, STARTED), "linux").image
    target = load_target("linux")
    with pytest.raises(ZeroosError, match="the embedded machine cannot run images of Linux"):
        run_embedded(RunRequest(image=image, target=target))
    found = find_executor(target)
    assert not isinstance(found, str)
    with pytest.raises(ZeroosError, match="`--limit` needs the embedded machine"):
        run_real(RunRequest(image=image, target=target, limit=5), found)
    given = tmp_path / "given.o"
    given.write_bytes(compile_c("int f(void) { return 0; }"))
    with pytest.raises(ZeroosError, match="nothing is lowered for linux"):
        lower_file(given, "linux", tmp_path / "out.o", Options())
