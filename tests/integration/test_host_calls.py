# SPDX-License-Identifier: MIT OR Apache-2.0
"""Programs that make host calls of their target, in C, C++ and Rust, and the header's promises."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import need_executor
from tests.support.images import build, execute, make_project
from tests.support.rust import cargo, need_rust_target
from tests.support.tools import RUST_TARGETS
from zeroos_build import files
from zeroos_build.build import BuildResult
from zeroos_build.generate.target_crate import CRATE, target_crate_files
from zeroos_build.target import load_target, target_names

SOURCE = Path(__file__).parent / "host_calls"
_TARGETS = ("sp1", "zisk")
# FIPS 202's permutation of lanes that are all 0: the first one.
_LANE = "f1258f7940e1dde7"
_KECCAK_EMPTY = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"

_C = """
#include <stdio.h>
#include <zeroos/target.h>

int main(void)
{
    static uint64_t lanes[25];
#if ZEROOS_TARGET_SP1
    host_keccak_permute(lanes, 0);
#elif ZEROOS_HAS_keccak_permute
    host_keccak_permute(lanes);
#endif
    printf("%s %016llx\\n", ZEROOS_TARGET, (unsigned long long)lanes[0]);
    fflush(stdout);
#if ZEROOS_HAS_exit
    host_exit(7);
#endif
    return 7;
}
"""


def _check(built: BuildResult, target: str, wanted: str, calls: set[str], *, real: bool) -> None:
    for on_executor in (False, True) if real else (False,):
        run = execute(built.image, target, stdin=b"input", real=on_executor)
        assert (run.result.exit_code, run.stdout.decode()) == (7, wanted)
    report = json.loads(built.report.read_text())
    assert {call["name"] for call in report["host_calls"]} == calls


def _c(tmp_path: Path, target: str, *, real: bool) -> None:
    built = build(make_project(tmp_path / "p", _C), target)
    calls = {"keccak_permute", "exit"} if target == "zisk" else {"keccak_permute"}
    _check(built, target, f"{target} {_LANE}\n", calls, real=real)


@pytest.mark.parametrize("target", _TARGETS)
def test_c(target: str, tmp_path: Path) -> None:
    _c(tmp_path, target, real=False)


@pytest.mark.built_executor
@pytest.mark.parametrize("target", _TARGETS)
def test_c_on_the_executor(target: str, tmp_path: Path) -> None:
    need_executor(target)
    _c(tmp_path, target, real=True)


def _rust(tmp_path: Path, target: str, *, real: bool) -> None:
    need_rust_target(RUST_TARGETS[0])
    project = tmp_path / "p"
    shutil.copytree(SOURCE, project)
    for name, text in target_crate_files(load_target(target)).items():
        files.write_text(project / CRATE / name, text)
    cargo(
        project, "build", "--release", "--target", RUST_TARGETS[0], "--target-dir", "target",
        "--features", target,
    )  # fmt: skip
    archive = f"target/{RUST_TARGETS[0]}/release/libapp.a"
    files.write_text(project / "zeroos.toml", f'[image]\nsources = []\nobjects = ["{archive}"]\n')
    wanted = f"{target}\n{_LANE}\n{hashlib.sha256(b'input').hexdigest()}\n{_KECCAK_EMPTY}\n"
    calls = {"keccak_permute", "exit"} if target == "zisk" else {"keccak_permute"}
    _check(build(project, target), target, wanted, calls, real=real)


@pytest.mark.parametrize("target", _TARGETS)
def test_rust(target: str, tmp_path: Path) -> None:
    _rust(tmp_path, target, real=False)


@pytest.mark.built_executor
@pytest.mark.parametrize("target", _TARGETS)
def test_rust_on_the_executor(target: str, tmp_path: Path) -> None:
    need_executor(target)
    _rust(tmp_path, target, real=True)


def test_by_the_wrapper(tmp_path: Path) -> None:
    """zeroos-cc finds the header of the target that it is given, and what the header declares."""
    (tmp_path / "main.c").write_text(_C)
    cc = Path(sys.executable).with_name("zeroos-cc")
    for target in _TARGETS:
        image = tmp_path / target
        subprocess.run(
            [cc, "--zeroos-target", target, "main.c", "-o", image], cwd=tmp_path, check=True
        )
        assert execute(image, target).stdout.decode() == f"{target} {_LANE}\n"


def test_an_operand_in_the_instruction(tmp_path: Path) -> None:
    """OpenVM's end takes the code in the instruction: in C a macro, which needs no function."""
    source = "#include <zeroos/target.h>\nint main(void) { host_terminate(9); return 1; }\n"
    run = execute(build(make_project(tmp_path / "p", source), "openvm").image, "openvm")
    assert run.result.exit_code == 9


def test_a_function_of_the_same_name(tmp_path: Path) -> None:
    """Host calls have names of their own in the image: a program may have a host_write."""
    source = "int host_write(int a);\nint host_write(int a) { return a; }\n"
    source += "int main(void) { return host_write(3); }\n"
    assert (
        execute(build(make_project(tmp_path / "p", source), "sp1").image, "sp1").result.exit_code
        == 3
    )


def test_what_is_not_called_is_not_linked(tmp_path: Path) -> None:
    built = build(make_project(tmp_path / "p", "int main(void) { return 0; }\n"), "sp1")
    assert b"zeroos_host_call_" not in built.image.read_bytes()


@pytest.mark.parametrize("target", target_names())
def test_headers_and_crates_compile(target: str, tmp_path: Path) -> None:
    """As C11 and as C++20, by the host's compilers; the crate where its width has Rust."""
    text = "#include <zeroos/target.h>\n#include <zeroos/target.h>\nint size = sizeof(size_t);\n"
    done = subprocess.run(
        [sys.executable, "-m", "zeroos_build", "-C", tmp_path, "generate", "target", target],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for compiler, language in ((["cc", "-std=c11"], "c"), (["c++", "-std=c++20"], "c++")):
        command = [*compiler, "-x", language, "-Wall", "-Wextra", "-pedantic", "-Werror",
                   "-fsyntax-only", "-isystem", str(tmp_path / "include"), "-"]  # fmt: skip
        result = subprocess.run(command, input=text, text=True, capture_output=True, check=False)
        assert result.returncode == 0, result.stderr
    made = target_crate_files(load_target(target))
    for call in load_target(target).host_call:
        assert call.doc in made["src/lib.rs"]
