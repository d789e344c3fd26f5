# SPDX-License-Identifier: MIT OR Apache-2.0
"""What an image says of bundles that it refuses, all before `main`, word for word.

UPDATE_GOLDEN=1 writes the expected texts anew; read the difference before committing it.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.host.compile import compile_host, run_host
from tests.support.bundles import ARGS, ENV, LINK, MALFORMED, STDIN, archive, entry, good, mutations
from tests.support.images import Run, build, execute, make_project

GOLDEN = Path(__file__).parent / "bundles.txt"
PARTS = '["args", "env", "files", "stdin"]'
BITS = 15
PROGRAM = """#include <stdio.h>
extern char **environ;
int main(int argc, char **argv)
{
    int c;
    for (int i = 1; i < argc; i++)
        printf("arg %s\\n", argv[i]);
    for (char **e = environ; *e; e++)
        printf("env %s\\n", *e);
    while ((c = getchar()) != EOF)
        putchar(c);
    return 0;
}
"""
FIXED = 'args = ["fixed"]\nenv = { HOME = "/", B = "fixed" }\n'


def manifest(allow: str = PARTS, more: str = "") -> str:
    return f'{more}[abi.input]\nmode = "bundle"\nallow = {allow}\n'


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make_project(tmp_path_factory.mktemp("bundle") / "p", PROGRAM, manifest())
    return build(project, "qemu-virt").image


@pytest.fixture(scope="module")
def fixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = manifest('["args", "env"]', FIXED)
    project = make_project(tmp_path_factory.mktemp("bundle") / "p", PROGRAM, text)
    return build(project, "qemu-virt").image


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    more = '[abi.vfs]\nfiles = [{ path = "/data/params.bin", from = "params.bin" }]\n'
    project = tmp_path_factory.mktemp("bundle") / "p"
    make_project(project, PROGRAM, manifest('["files"]', more))
    (project / "params.bin").write_bytes(b"of the image")
    return build(project, "qemu-virt").image


def refusal(run: Run) -> str:
    """What stderr says; nothing of the program may have run."""
    assert (run.result.outcome, run.result.exit_code, run.stdout) == ("halt", 134, b""), run
    prefix, _, text = run.stderr.decode().partition(": ")
    assert prefix == "zeroos"
    return text


def test_texts(image: Path, fixed: Path, embedded: Path) -> None:
    cases = [(name, image, data) for name, data in MALFORMED.items()]
    cases += [
        ("embedded-file", embedded, archive(entry(b"root/data/params.bin", b"mine"))),
        ("below-an-embedded-file", embedded, archive(entry(b"root/data/params.bin/x", b"mine"))),
        ("link-over-an-embedded-directory", embedded, archive(entry(b"root/data", b"/tmp", LINK))),
        ("below-a-file", image, archive(entry(b"root/a", b"1"), entry(b"root/a/b", b"2"))),
        ("device-of-the-image", image, archive(entry(b"root/dev/null", b"mine"))),
        ("in-proc", image, archive(entry(b"root/proc/self/x", b"mine"))),
        ("long-part", image, archive(entry(b"root/" + b"x" * 256, b"1"))),
        ("files-that-are-not-allowed", fixed, archive(entry(b"root/a", b"1"))),
        ("stdin-that-is-not-allowed", fixed, archive(STDIN)),
        ("variable-of-the-manifest", fixed, archive(ENV)),
        ("hostile-name", fixed, archive(entry(b"\x1b[31m" * 40))),
        ("larger-than-the-stack", fixed, archive(entry(b"args", b"long\0" * 200_000))),
        ("more-than-the-stack", fixed, archive(entry(b"args", b"\0" * 100_000))),
    ]
    found = [
        f"{name}: {refusal(execute(place, 'qemu-virt', stdin=data))}" for name, place, data in cases
    ]
    text = "".join(found)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text)
    assert text == GOLDEN.read_text()


def test_the_program_gets_what_is_in_the_bundle(image: Path, fixed: Path) -> None:
    run = execute(image, "qemu-virt", stdin=good())
    assert run.stdout == b"arg one\narg two\nenv A=1\nenv B_B=2\nsome input\n"
    run = execute(fixed, "qemu-virt", stdin=archive(ARGS, entry(b"env", b"C=3\0")))
    assert run.stdout == b"arg fixed\narg one\narg two\nenv B=fixed\nenv HOME=/\nenv C=3\n"
    assert execute(image, "qemu-virt", stdin=archive()).stdout == b""


def command(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zeroos_build", *map(str, words)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_run_and_bundle_pack_the_same(image: Path, tmp_path: Path) -> None:
    (tmp_path / "in").write_text("from a file\n")
    asked = ["--stdin", tmp_path / "in", "--env", "K=V"]
    ran = command("run", image, "--executor", "embedded", *asked, "--", "a", "-b")
    assert (ran.returncode, ran.stdout) == (0, "arg a\narg -b\nenv K=V\nfrom a file\n")
    written = command("bundle", image, "-o", tmp_path / "out", *asked, "--", "a", "-b")
    assert written.returncode == 0, written.stderr
    again = command("run", image, "--executor", "embedded", "--input", tmp_path / "out")
    assert again.stdout == ran.stdout
    both = command("run", image, "--input", tmp_path / "out", "--env", "A=1")
    assert (both.returncode, "whole private input" in both.stderr) == (125, True)
    assert command("run", image, "--executor", "embedded").stdout == ""


def test_options_that_the_image_does_not_take(image: Path, fixed: Path, tmp_path: Path) -> None:
    for words in (["run", fixed], ["bundle", fixed, "-o", tmp_path / "out"]):
        ended = command(*words, "--root", tmp_path)
        assert ended.returncode == 2
        assert "this one takes args, env" in ended.stderr
    ended = command("run", image, "--stdin", tmp_path / "in")
    assert "cannot read the input" in ended.stderr
    twice = command("bundle", "-o", tmp_path / "out", "--env", "A=1", "--env", "A=2")
    assert (twice.returncode, "is given twice" in twice.stderr) == (2, True)
    assert command("bundle", "-o", tmp_path / "out", "--env", "A").returncode == 2
    assert not (tmp_path / "out").exists()


def test_random_bundles_as_the_host_reads_them(image: Path, tmp_path: Path) -> None:
    reader = compile_host("gcc", tmp_path / "bundle", "bundle.c", ["io/bundle.c"])
    archives = list(mutations(2, 150))
    given = b"".join(struct.pack("<II", BITS, len(data)) + data for data in archives)
    for data, answer in zip(archives, run_host(reader, given).splitlines(), strict=True):
        run = execute(image, "qemu-virt", stdin=data)
        if answer.startswith("ok"):
            assert run.result.exit_code == 0, data
        else:
            assert f"refused: {answer}" in refusal(run), data
