# SPDX-License-Identifier: MIT OR Apache-2.0
"""Every example gives what the same program gives as a Linux process, wherever it runs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import need_executor
from tests.support.examples import (
    EXAMPLES,
    INPUT,
    check_embedded,
    check_equal,
    oracle,
    prepare,
    private_input,
)
from tests.support.images import build, execute
from tests.support.tools import boards, built_targets
from zeroos_build.target import load_target, target_names


@pytest.fixture(params=EXAMPLES)
def example(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of an example to build in."""
    return prepare(request.param, tmp_path)


@pytest.mark.usefixtures("qemu_user")
@pytest.mark.parametrize(
    ("target", "dispatch"),
    [(name, mode) for name in target_names("libos") for mode in load_target(name).dispatch.modes],
)
def test_embedded_machine_equals_linux(example: Path, target: str, dispatch: str) -> None:
    stdin = private_input(example, target)
    image = build(example, target, **{"build.dispatch": dispatch})
    _, report = check_embedded(image, target, stdin, oracle(example, stdin, target))
    assert report["sites"]


@pytest.mark.usefixtures("qemu_user")
@pytest.mark.parametrize("target", boards())
def test_board_equals_linux(example: Path, target: str) -> None:
    need_executor(target)
    stdin = private_input(example, target)
    run = execute(build(example, target).image, target, stdin=stdin, real=True)
    check_equal(run, oracle(example, stdin, target), target)


@pytest.mark.built_executor
@pytest.mark.usefixtures("qemu_user")
@pytest.mark.parametrize("target", built_targets())
def test_zkvm_equals_linux_and_the_embedded_machine(example: Path, target: str) -> None:
    need_executor(target)
    stdin = private_input(example, target)
    image = build(example, target).image
    run = execute(image, target, stdin=stdin, real=True)
    check_equal(run, oracle(example, stdin, target), target)
    embedded = execute(image, target, stdin=stdin)
    assert embedded.result.instructions == run.result.instructions
    assert embedded.result.output_sha256 == run.result.output_sha256


def test_the_hash_of_a_private_input_is_the_hosts(tmp_path: Path) -> None:
    """The crate's own sources, compiled for the host, say the same."""
    project = prepare("blake3", tmp_path)
    run = execute(build(project, "sp1").image, "sp1", stdin=INPUT)
    host = tmp_path / "host.c"
    host.write_text(
        "#include <blake3.h>\n#include <stdio.h>\nint main(void){static unsigned char b[1<<20];"
        "size_t n=fread(b,1,sizeof b,stdin);blake3_hasher h;blake3_hasher_init(&h);"
        "blake3_hasher_update(&h,b,n);unsigned char d[32];blake3_hasher_finalize(&h,d,32);"
        "fwrite(d,1,32,stdout);return 0;}"
    )
    vendor = project / "vendor/blake3/c"
    names = ["blake3.c", "blake3_dispatch.c", "blake3_portable.c"]
    switches = [f"-DBLAKE3_NO_{x}" for x in ("SSE2", "SSE41", "AVX2", "AVX512")]
    compiler = shutil.which("cc")
    command = [compiler] if compiler else _zig_cc()
    subprocess.run(
        [*command, "-O2", *switches, f"-I{vendor}", "-o", tmp_path / "host", host,
         *(vendor / n for n in names)],
        check=True, timeout=120,
    )  # fmt: skip
    done = subprocess.run([tmp_path / "host"], input=INPUT, capture_output=True, check=True)
    assert run.public == done.stdout


def _zig_cc() -> list[str]:
    from zeroos_build.toolchain.zig import Zig

    return [Zig().program, "cc"]
