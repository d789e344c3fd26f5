# SPDX-License-Identifier: MIT OR Apache-2.0
"""CMake, Meson and Make build for a target by what `env` and `generate` write for them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.support.images import execute
from tests.support.wrappers import BIN, call, done

MAIN = """
#include <stdio.h>
#include "part.h"
int main(void)
{
    printf("%d\\n", part(20));
    return 3;
}
"""
TARGET = "sp1"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "main.c").write_text(MAIN)
    (tmp_path / "part.c").write_text('#include "part.h"\nint part(int x) { return x + ADDED; }\n')
    (tmp_path / "part.h").write_text("int part(int);\n#define ADDED 22\n")
    return tmp_path


def check(image: Path) -> None:
    run = execute(image, TARGET)
    assert (run.stdout, run.result.exit_code) == (b"42\n", 3)


def touched(project: Path) -> None:
    """A header changes: what includes it must be built again."""
    (project / "part.h").write_text("int part(int);\n#define ADDED 80\n")


def test_shells_and_configure_scripts(project: Path) -> None:
    script = (
        f'eval "$({BIN}/zeroos-build env -t {TARGET})"\n'
        "$CC -O2 -c main.c part.c && $AR rc libpart.a part.o && $RANLIB libpart.a\n"
        '$CC main.o -L. -lpart -o program && echo "$ZEROOS_HOST"\n'
    )
    assert done("sh", "-ec", script, cwd=project) == b"riscv64-linux-musl\n"
    check(project / "program")


def test_make_with_our_makefile(project: Path) -> None:
    done("zeroos-build", "-q", "generate", "make", "-t", TARGET, cwd=project)
    (project / "Makefile").write_text(
        "include zeroos.mk\nprogram.elf: main.o part.o\n-include main.d part.d\n"
    )
    done("make", "-s", "program.elf", cwd=project)
    check(project / "program.elf")
    assert b"up to date" in done("make", "program.elf", cwd=project)
    touched(project)
    done("make", "-s", "program.elf", cwd=project)
    assert execute(project / "program.elf", TARGET).stdout == b"100\n"
    ran = call("make", "-s", "program.run", cwd=project)
    assert ran.stdout == b"100\n"


def test_make_with_its_own_rules(project: Path) -> None:
    """A makefile that knows nothing of us, with the variables that every makefile knows."""
    settings = done("zeroos-build", "env", "-t", TARGET, "--format", "make", cwd=project)
    (project / "settings.mk").write_bytes(settings)
    (project / "Makefile").write_text("include settings.mk\nmain: main.o part.o\n")
    done("make", "-s", "main", cwd=project)
    check(project / "main")


def test_cmake_toolchain_file(project: Path) -> None:
    need_program("cmake")
    (project / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.16)\nproject(p C)\nenable_testing()\n"
        "include(CheckFunctionExists)\ncheck_function_exists(strlcpy HAVE_STRLCPY)\n"
        "check_function_exists(strlcpy_s HAVE_STRLCPY_S)\n"
        "if(NOT HAVE_STRLCPY OR HAVE_STRLCPY_S)\n  message(FATAL_ERROR wrong)\nendif()\n"
        "include(CheckCSourceRuns)\n"
        'check_c_source_runs("int main(void) { return sizeof(long) != 8; }" RUNS)\n'
        "if(NOT RUNS)\n  message(FATAL_ERROR emulator)\nendif()\n"
        "add_library(part SHARED part.c)\nadd_executable(program main.c)\n"
        "target_link_libraries(program part m)\n"
        "add_test(NAME runs COMMAND program)\n"
        "set_tests_properties(runs PROPERTIES PASS_REGULAR_EXPRESSION 42)\n"
    )
    done("zeroos-build", "-q", "generate", "cmake", "-t", TARGET, cwd=project)
    out = project / "out"
    done("cmake", "-S", project, "-B", out, f"-DCMAKE_TOOLCHAIN_FILE={project}/cmake/zeroos.cmake",
         cwd=project)  # fmt: skip
    done("cmake", "--build", out, cwd=project)
    check(out / "program")
    done("ctest", "--output-on-failure", cwd=out)
    commands = json.loads((out / "compile_commands.json").read_text())
    assert {Path(row["file"]).name for row in commands} == {"main.c", "part.c"}
    assert all("zeroos-cc" in row["command"] for row in commands)


def test_cmake_unikernel_beside_programs_of_this_machine(project: Path) -> None:
    need_program("cmake")
    (project / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.21)\nproject(p C)\n"
        "find_package(ZeroOS REQUIRED)\nadd_executable(here main.c part.c)\n"
        f"zeroos_add_unikernel(there SOURCES main.c part.c TARGET {TARGET}\n"
        "    SETTINGS abi.memory.heap=1MiB OPTIONS -g)\n"
    )
    done("zeroos-build", "-q", "generate", "cmake", cwd=project)
    out = project / "out"
    done("cmake", "-G", "Ninja", "-S", project, "-B", out, f"-DZeroOS_DIR={project}/cmake",
         cwd=project)  # fmt: skip
    done("cmake", "--build", out, cwd=project)
    check(out / "there.elf")
    assert call(out / "here", cwd=out).stdout == b"42\n"
    assert b"no work" in done("cmake", "--build", out, cwd=project)
    touched(project)
    done("cmake", "--build", out, cwd=project)
    assert execute(out / "there.elf", TARGET).stdout == b"100\n"


def test_meson_cross_file(project: Path) -> None:
    (project / "meson.build").write_text(
        "project('p', 'c')\ncc = meson.get_compiler('c')\n"
        "assert(cc.has_function('strlcpy'))\nassert(not cc.has_function('strlcpy_s'))\n"
        "assert(cc.sizeof('long') == 8)\n"
        "part = library('part', 'part.c')\n"
        "m = cc.find_library('m', required: true)\n"
        "program = executable('program', 'main.c', link_with: part, dependencies: m)\n"
        "test('runs', program, should_fail: true)\n"
    )
    cross = done("zeroos-build", "env", "-t", TARGET, "--format", "meson", cwd=project)
    (project / "cross.ini").write_bytes(cross)
    meson = [sys.executable, "-m", "mesonbuild.mesonmain"]
    done(*meson, "setup", "--cross-file", "cross.ini", "out", cwd=project)
    done(*meson, "compile", "-C", "out", cwd=project)
    check(project / "out" / "program")
    done(*meson, "test", "-C", "out", cwd=project)
    commands = json.loads((project / "out" / "compile_commands.json").read_text())
    assert len(commands) == 2
