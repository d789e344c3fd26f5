# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-cc` and its kin as drop-in compilers: what build systems ask of one."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support.images import execute
from tests.support.oracle import run_linux
from tests.support.wrappers import as_linux, call, done
from zeroos_build.target import load_target
from zeroos_build.toolchain.base import Abi
from zeroos_build.toolchain.zig import Zig
from zeroos_build.wrap.prepare import system_flags

MAIN = """
#include <stdio.h>
#include <stdlib.h>
#include "part.h"
int main(int argc, char **argv)
{
    char line[64];
    while (fgets(line, sizeof line, stdin))
        printf("%s: %d %s", argv[0], part(atoi(line)), line);
    return argc + EXTRA;
}
"""
PART = '#include "part.h"\nint part(int x) { return x * FACTOR; }\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "main.c").write_text(MAIN)
    (tmp_path / "part.c").write_text(PART)
    (tmp_path / "include").mkdir()
    (tmp_path / "include" / "part.h").write_text("int part(int);\n")
    return tmp_path


def report(image: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(image.with_suffix(".report.json").read_text())
    return found


FLAGS = "-O2 -Wall -Werror -Iinclude -DEXTRA=5 -DFACTOR=3".split()


@pytest.mark.parametrize("target", ["qemu-virt", "sp1", "zisk", "qemu-virt32"])
def test_objects_archives_and_images(project: Path, target: str, qemu_user: None) -> None:
    setting = {"ZEROOS_TARGET": target}
    for name in ("main", "part"):
        done("zeroos-cc", *FLAGS, "-MMD", "-c", f"{name}.c", cwd=project, env=setting)
    assert "include/part.h" in (project / "main.d").read_text()
    done("zeroos-ar", "rcsT", "libpart.a", "part.o", cwd=project, env=setting)
    assert (project / "libpart.a").read_bytes().startswith(b"!<arch>\n")
    done("zeroos-cc", "main.o", "-L.", "-lpart", "-lm", "-static", "-o", "program",
         cwd=project, env=setting)  # fmt: skip
    linux = as_linux([project / "main.o", project / "part.o"], "program", target, project)
    wanted = run_linux(linux, stdin=b"4\n-7\n")
    run = execute(project / "program", target, stdin=b"4\n-7\n")
    assert (run.stdout, run.result.exit_code) == (wanted.stdout, wanted.code) != (b"", 0)
    assert report(project / "program")["target"] == target


def test_objects_are_the_compilers_own(project: Path) -> None:
    """Nothing is lowered before the link: the site of a system call is still there."""
    (project / "raw.c").write_text('void f(void) { __asm__ volatile("li a7, 93\\n ecall"); }\n')
    done("zeroos-cc", "-O2", "-c", "raw.c", cwd=project)
    assert (0x73).to_bytes(4, "little") in (project / "raw.o").read_bytes()


def test_one_command_compiles_and_links(project: Path) -> None:
    (project / "args").write_text("-O2 -Iinclude\n-DEXTRA=5 '-DFACTOR=3'\n")
    done("zeroos-cc", "@args", "-MD", "main.c", "part.c", "-o", "program", cwd=project)
    assert execute(project / "program", "qemu-virt", stdin=b"1\n").stdout == b"program: 3 1\n"
    assert {p.name for p in project.glob("*.o")} == set()


def test_stdin_languages_and_stages(project: Path) -> None:
    text = done("zeroos-cc", "-E", "-x", "c", "-DX=42", "-", cwd=project, data=b"int y = X;\n")
    assert b"int y = 42;" in text
    done("zeroos-cc", "-x", "c", "-", "-o", "p", cwd=project, data=b"int main(void){return 9;}\n")
    assert execute(project / "p", "qemu-virt").result.exit_code == 9
    done("zeroos-cc", "-O1", "-S", *FLAGS, "part.c", cwd=project)
    done("zeroos-cc", "-c", "part.s", "-o", "part.o", cwd=project)
    listed = done("zeroos-cc", "-M", *FLAGS, "part.c", cwd=project)
    assert listed.startswith(b"part.o: part.c")
    done("zeroos-cc", *FLAGS, "-c", "main.c", "part.c", cwd=project)
    assert (project / "main.o").is_file()


def test_what_configure_scripts_ask(project: Path) -> None:
    assert b"clang version 19" in done("zeroos-cc", "--version", cwd=project)
    assert done("zeroos-cc", "-dumpmachine", cwd=project) == b"riscv64-linux-musl\n"
    narrow = {"ZEROOS_TARGET": "qemu-virt32"}
    assert done("zeroos-cc", "-dumpmachine", cwd=project, env=narrow) == b"riscv32-linux-musl\n"
    assert b"LLD 19" in done("zeroos-cc", "-Wl,--version", cwd=project)
    assert b"LLD 19" in done("zeroos-ld", "-v", cwd=project)
    linker = done("zeroos-cc", "-print-prog-name=ld", cwd=project).decode().strip()
    assert Path(linker).name == "zeroos-ld"
    assert Path(linker).is_file()
    # What libtool takes for a promise of shared libraries.
    assert b"supported targets" not in done("zeroos-ld", "--help", cwd=project)


def test_link_probes_tell_what_there_is(project: Path) -> None:
    def links(function: str) -> bool:
        probe = f"char {function}(void); int main(void) {{ return {function}(); }}\n"
        result = call("zeroos-cc", "-x", "c", "-", "-o", "conftest", cwd=project,
                      data=probe.encode())  # fmt: skip
        return result.returncode == 0

    assert links("getpid")
    assert links("strlcpy")
    assert not links("pthread_create_with_a_name_that_is_nowhere")
    # musl has it, and no handler serves the system call behind it.
    assert not links("ptrace")


def test_the_linker_by_itself(project: Path) -> None:
    done("zeroos-cc", *FLAGS, "-c", "main.c", "part.c", cwd=project)
    done("zeroos-ld", "-r", "-o", "all.o", "main.o", "part.o", cwd=project)
    done("zeroos-ld", "-o", "program", "all.o", "-lc", "-Map", "map.txt", cwd=project)
    assert execute(project / "program", "qemu-virt", stdin=b"2\n").stdout == b"program: 6 2\n"
    assert "part" in (project / "map.txt").read_text()


def test_whole_archives_and_wrapped_functions(project: Path) -> None:
    (project / "late.c").write_text(
        '#include <stdio.h>\n__attribute__((constructor)) static void f(void) { puts("late"); }\n'
    )
    (project / "wrap.c").write_text(
        "int __real_part(int);\nint __wrap_part(int x) { return __real_part(x) + 1000; }\n"
    )
    done("zeroos-cc", *FLAGS, "-c", "main.c", "part.c", "late.c", "wrap.c", cwd=project)
    done("zeroos-ar", "rcs", "liblate.a", "late.o", cwd=project)
    done("zeroos-cc", "main.o", "part.o", "wrap.o", "-Wl,--wrap=part", "-Wl,--whole-archive",
         "-L.", "-llate", "-Wl,--no-whole-archive", "-o", "program", cwd=project)  # fmt: skip
    run = execute(project / "program", "qemu-virt", stdin=b"1\n")
    assert run.stdout == b"late\nprogram: 1003 1\n"


def test_settings_come_from_flags_the_environment_and_the_nearest_manifest(project: Path) -> None:
    def target(*words: str, **env: str) -> str:
        done("zeroos-cc", "-x", "c", "-", "-o", "p", *words, cwd=project / "sub" / "deep", env=env,
             data=b"int main(void){return 0;}\n")  # fmt: skip
        return str(report(project / "sub" / "deep" / "p")["target"])

    (project / "sub" / "deep").mkdir(parents=True)
    assert target() == "qemu-virt"
    (project / "zeroos.toml").write_text('[build]\ntarget = "zisk"\n[image]\nargs = ["given"]\n')
    assert target() == "zisk"
    assert target(ZEROOS_TARGET="sp1") == "sp1"
    assert target("--zeroos-target", "qemu-virt", ZEROOS_TARGET="sp1") == "qemu-virt"
    probe = b'#include <stdio.h>\nint main(int c, char **v) { puts(c > 1 ? v[1] : ""); }\n'
    for words, wanted in (((), b"given\n"), (("-z", 'image.args=["flag"]'), b"flag\n")):
        done("zeroos-cc", "-x", "c", "-", "-o", "p", *words, cwd=project, data=probe)
        assert execute(project / "p", "zisk").stdout == wanted


def test_host_calls_of_the_target(project: Path) -> None:
    (project / "raw.c").write_text(
        "#include <zeroos/target.h>\nint main(void)\n{\n"
        '    host_write(1, "by a host call\\n", 15);\n    return 4;\n}\n'
    )
    done("zeroos-cc", "-O2", "raw.c", "-o", "raw", cwd=project, env={"ZEROOS_TARGET": "sp1"})
    run = execute(project / "raw", "sp1")
    assert (run.stdout, run.result.exit_code) == (b"by a host call\n", 4)


def test_equal_inputs_make_equal_images(project: Path) -> None:
    images = []
    for name in ("one", "two"):
        directory = project / name
        directory.mkdir()
        done("zeroos-cc", *FLAGS, "-c", "../main.c", "../part.c", "-I../include", cwd=directory)
        done("zeroos-cc", "main.o", "part.o", "-o", "program", cwd=directory)
        images.append((directory / "program").read_bytes())
    assert images[0] == images[1]


# Seconds. A busy machine must not make a red test, so the test allows twice as much.
COMPILE_LIMIT, LINK_LIMIT = 0.060, 0.8


def _best(rounds: int, *words: str, cwd: Path, **env: str) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        done(*words, cwd=cwd, env=env)
        times.append(time.perf_counter() - start)
    return min(times)


def test_the_wrapper_costs_little(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "t.c").write_text("int main(void) { return 0; }\n")
    done("zeroos-cc", "t.c", "-o", "t", cwd=project)
    abi = Abi.of(load_target("qemu-virt").isa)
    compiler = [*system_flags(Zig(), abi, cxx=False), "-c", "t.c", "-o", "t.o"]
    bare = _best(7, *compiler, cwd=project)
    ours = _best(7, "zeroos-cc", "-c", "t.c", "-o", "t.o", cwd=project)
    link = _best(5, "zeroos-cc", "t.c", "-o", "t", cwd=project)
    with capsys.disabled():
        print(f"\n-c: {1e3 * (ours - bare):.0f} ms over the compiler ({ours / bare:.1f} x);"
              f" link probe: {link:.2f} s")  # fmt: skip
    assert ours - bare <= 2 * COMPILE_LIMIT
    assert link <= 2 * LINK_LIMIT
