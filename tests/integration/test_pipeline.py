# SPDX-License-Identifier: MIT OR Apache-2.0
"""Builds as a whole: reproducible, interruptible, and right after whatever went wrong before."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.images import build, copy_example, execute, make_project
from zeroos_build import cache
from zeroos_build.build import Options, plan_build
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.elf.image import Image
from zeroos_build.manifest import load
from zeroos_build.target import target_names
from zeroos_build.verify import verify_image

HELLO = '#include <stdio.h>\nint main(void) { puts("hello"); return 3; }\n'


def command(
    *arguments: str | Path, cwd: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zeroos_build", *map(str, arguments)], cwd=cwd, text=True,
        capture_output=True, check=False, timeout=300, env={**os.environ, **environment},
    )  # fmt: skip


@pytest.mark.parametrize("target", target_names())
def test_two_paths_give_the_same_bytes(target: str, tmp_path: Path) -> None:
    first = copy_example("hello", tmp_path / "a")
    second = copy_example("hello", tmp_path / "another/and/longer")
    images = [build(project, target) for project in (first, second)]
    assert images[0].image.read_bytes() == images[1].image.read_bytes()
    assert images[0].report.read_bytes() == images[1].report.read_bytes()
    assert str(tmp_path).encode() not in images[0].image.read_bytes()


def test_a_rebuild_gives_the_same_bytes(tmp_path: Path) -> None:
    project = copy_example("hello", tmp_path)
    before = build(project, "sp1").image.read_bytes()
    shutil.rmtree(project / "build")
    assert build(project, "sp1").image.read_bytes() == before


def test_an_interrupted_build_leaves_the_next_one_right(tmp_path: Path) -> None:
    project = copy_example("hello", tmp_path)
    wanted = build(copy_example("hello", tmp_path / "whole"), "sp1").image.read_bytes()
    for moment in (0.05, 0.3, 0.5, 0.7, 0.9, 1.1):
        shutil.rmtree(project / "build", ignore_errors=True)
        child = subprocess.Popen(
            [sys.executable, "-m", "zeroos_build", "build", "-t", "sp1"], cwd=project, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        time.sleep(moment)
        os.killpg(child.pid, signal.SIGINT)
        _, words = child.communicate(timeout=60)
        # On a busy machine the interpreter itself may still be starting.
        if "zeroos_build" in words or "Traceback" not in words:
            assert child.returncode in (0, 130, -signal.SIGINT), words
            assert "Traceback" not in words or child.returncode == -signal.SIGINT
        assert build(project, "sp1").image.read_bytes() == wanted


def test_an_interrupted_sysroot_is_never_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZEROOS_CACHE_DIR", str(tmp_path))

    def half(staging: Path) -> None:
        (staging / "libc.a").write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.entry("sysroot", "digest", half)
    assert not (tmp_path / "sysroot" / "digest").exists()

    def whole(staging: Path) -> None:
        assert list(staging.iterdir()) == []
        (staging / "libc.a").write_text("whole")

    entry = cache.entry("sysroot", "digest", whole)
    assert (entry / "libc.a").read_text() == "whole"


def test_a_damaged_cache_entry_is_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZEROOS_CACHE_DIR", str(tmp_path))
    made = []

    def build_it(staging: Path) -> None:
        made.append(staging)
        (staging / "libc.a").write_text("content")

    entry = cache.entry("sysroot", "digest", build_it)
    assert cache.entry("sysroot", "digest", build_it) == entry
    assert len(made) == 1
    (entry / "libc.a").write_text("cut")
    cache.entry("sysroot", "digest", build_it)
    (entry / "libc.a").unlink()
    cache.entry("sysroot", "digest", build_it)
    assert len(made) == 3


@pytest.mark.parametrize("product", ["probe.elf", "linked.elf"])
def test_a_damaged_product_is_named_once_and_made_again(product: str, tmp_path: Path) -> None:
    project = copy_example("args", tmp_path)
    result = build(project, "sp1")
    wanted = result.image.read_bytes()
    os.truncate(result.image.parent / product, 100)
    with pytest.raises(ZeroosError, match="ZOS511"):
        build(project, "sp1")
    assert build(project, "sp1").image.read_bytes() == wanted


def test_two_builds_at_once_share_the_cache(tmp_path: Path) -> None:
    projects = [copy_example("hello", tmp_path / str(n)) for n in range(2)]
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "zeroos_build", "-q", "build", "-t", "sp1"], cwd=project,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
        for project in projects
    ]  # fmt: skip
    for child in children:
        _, words = child.communicate(timeout=300)
        assert child.returncode == 0, words


def test_changes_of_a_header_reach_the_image(tmp_path: Path) -> None:
    project = make_project(tmp_path, '#include "code.h"\nint main(void) { return CODE; }\n')
    for code in (3, 4):
        (project / "code.h").write_text(f"#define CODE {code}\n")
        done = command("build", "-t", "sp1", cwd=project)
        assert done.returncode == 0, done.stderr
        image = project / "build/zeroos/sp1/program.elf"
        assert execute(image, "sp1").result.exit_code == code


def test_a_new_source_is_seen_by_a_warm_build(tmp_path: Path) -> None:
    project = make_project(tmp_path, "int f(void);\nint main(void) { return f(); }\n")
    (project / "f.c").write_text("int f(void) { return 1; }\n")
    assert command("build", cwd=project).returncode == 0
    (project / "f.c").unlink()
    (project / "g.c").write_text("int f(void) { return 2; }\n")
    done = command("build", cwd=project)
    assert done.returncode == 0, done.stderr
    image = project / "build/zeroos/qemu-virt/program.elf"
    assert execute(image, "qemu-virt").result.exit_code == 2


def test_a_changed_manifest_is_seen_by_a_warm_build(tmp_path: Path) -> None:
    project = make_project(tmp_path, "int main(int c, char **v) { return c; }\n")
    image = project / "build/zeroos/qemu-virt/program.elf"
    assert command("build", cwd=project).returncode == 0
    assert execute(image, "qemu-virt").result.exit_code == 1
    (project / "zeroos.toml").write_text('[image]\nname = "program"\nargs = ["a", "b"]\n')
    assert command("build", cwd=project).returncode == 0
    assert execute(image, "qemu-virt").result.exit_code == 3


def test_a_build_with_nothing_to_do_is_quick(tmp_path: Path) -> None:
    """Not gated by time here; the short way must be taken at all."""
    project = make_project(tmp_path, HELLO)
    assert command("build", cwd=project).returncode == 0
    code = (
        "import sys; sys.argv = ['zeroos-build', 'build']\n"
        "from zeroos_build.__main__ import main; code = main()\n"
        "assert 'pydantic' not in sys.modules and 'typer' not in sys.modules\nsys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=project, check=False, timeout=60)
    assert done.returncode == 0


def test_the_plan_is_what_is_done(tmp_path: Path) -> None:
    project = make_project(tmp_path, HELLO)
    plan = plan_build(load(project, env={}).resolve("sp1"), Options())
    assert not (project / "build").exists()
    made = {name for step in plan.steps for name in step.outputs} | set(plan.files)
    for step in plan.steps:
        for name in (*step.inputs, *step.implicit):
            assert (
                name in made or (plan.directory / name).resolve().exists() or name.startswith("/")
            )
    result = build(project, "sp1")
    for name in {name for step in plan.steps for name in step.outputs}:
        assert (result.image.parent / name).is_file()
    done = command("--json", "build", "--dry-run", "-t", "sp1", cwd=project)
    assert [s["name"] for s in json.loads(done.stdout)["plans"][0]["steps"]] == [
        step.name for step in plan.steps
    ]


def test_editors_learn_how_sources_are_compiled(tmp_path: Path) -> None:
    project = make_project(tmp_path, HELLO)
    (project / "part.cc").write_text('extern "C" int part() { return 7; }\n')
    directory = build(project, "sp1").image.parent
    rows = json.loads((directory / "compile_commands.json").read_text())
    assert {row["file"] for row in rows} == {str(project / n) for n in ("main.c", "part.cc")}
    for row in rows:
        (directory / row["output"]).unlink()
        done = subprocess.run(row["arguments"], cwd=row["directory"], check=False, timeout=60)
        assert done.returncode == 0
        assert (directory / row["output"]).is_file()


def test_lower_and_link_by_hand(tmp_path: Path) -> None:
    project = make_project(tmp_path, HELLO)
    first = build(project, "sp1")
    plain = first.image.parent / "obj/main.c.o"
    done = command("lower", plain, "-t", "sp1", "-o", "lowered.o", cwd=project)
    assert done.returncode == 0, done.stderr
    for source in (plain, project / "lowered.o"):
        done = command("link", source, "-t", "sp1", "-o", "program.elf", cwd=project)
        assert done.returncode == 0, done.stderr
        run = execute(project / "program.elf", "sp1")
        assert (run.result.exit_code, run.stdout) == (3, b"hello\n")
        verify_image(project / "program.elf")
        loaded = json.loads((project / "program.report.json").read_text())["digests"]["loaded"]
        assert loaded == json.loads(first.report.read_text())["digests"]["loaded"]


def test_policies_replace_handlers(tmp_path: Path) -> None:
    source = (
        "#include <errno.h>\n#include <stdio.h>\n#include <sys/resource.h>\n#include <unistd.h>\n"
        "int main(void) { struct rlimit l; int r = getrlimit(RLIMIT_NOFILE, &l);\n"
        'printf("%d %d %d\\n", r, r ? errno == ENOSYS : 0, getpid()); return 0; }\n'
    )
    policy = (
        '[abi.policy]\nprlimit64 = { action = "enosys", reason = "not needed" }\n'
        'getpid = { action = "constant", value = 77, reason = "a test" }\n'
        'setrlimit = { action = "enosys", reason = "not needed" }\n'
        'getrlimit = { action = "enosys", reason = "not needed" }\n'
    )
    result = build(make_project(tmp_path, source, policy), "sp1")
    run = execute(result.image, "sp1")
    assert run.stdout == b"-1 1 77\n"
    report = json.loads(result.report.read_text())
    assert report["syscalls"]["policy"]["getpid"]["reason"] == "a test"
    assert "prlimit64" not in report["handlers"]["linked"]
    verify_image(result.image)


def test_a_halt_ends_the_run_by_name(tmp_path: Path) -> None:
    source = "#include <unistd.h>\nint main(void) { return dup(1) > 0; }\n"
    policy = '[abi.policy]\ndup = { action = "halt", reason = "never" }\n'
    run = execute(build(make_project(tmp_path, source, policy), "sp1").image, "sp1")
    assert run.result.exit_code != 0
    assert b"dup" in run.stderr


@pytest.mark.parametrize("dispatch", ["call", "trap"])
def test_waits_with_a_deadline_do_not_read_the_time_of_day(dispatch: str, tmp_path: Path) -> None:
    """Every program with threads links such a wait; with the time denied it still builds."""
    source = (
        "#include <pthread.h>\n#include <stdio.h>\n"
        "static void *run(void *argument) { return argument; }\n"
        "int main(void) { pthread_t t; pthread_create(&t, 0, run, 0); pthread_join(t, 0);"
        ' puts("joined"); return 0; }\n'
    )
    project = make_project(tmp_path, source, '\n[abi.time]\nsource = "deny"\n')
    image = build(project, "qemu-virt", **{"build.dispatch": dispatch}).image
    assert execute(image, "qemu-virt").stdout == b"joined\n"


def test_images_say_what_they_are(tmp_path: Path) -> None:
    result = build(make_project(tmp_path, HELLO), "sp1")
    note = Image.read(result.image).note
    assert note is not None
    assert (note["target"], note["name"], note["schema"]) == ("sp1", "program", 1)
    assert verify_image(result.image).target == "sp1"


def test_arguments_environment_and_program_headers(tmp_path: Path) -> None:
    source = (
        "#include <link.h>\n#include <stdio.h>\n#include <stdlib.h>\n"
        "static _Thread_local int t = 5; static _Thread_local char big[1000];\n"
        "static int see(struct dl_phdr_info *i, size_t n, void *d) {\n"
        "  for (int k = 0; k < i->dlpi_phnum; k++) {\n"
        "    const ElfW(Phdr) *p = &i->dlpi_phdr[k];\n"
        "    if (p->p_type == PT_LOAD && (char *)see >= (char *)p->p_vaddr &&\n"
        "        (char *)see < (char *)p->p_vaddr + p->p_memsz) ++*(int *)d; }\n"
        "  return 0; }\n"
        "int main(int c, char **v) { int found = 0; dl_iterate_phdr(see, &found); big[c] = 1;\n"
        '  printf("%d %s %s %d %d\\n", c, v[1], getenv("A"), found, t + big[2]); return 0; }\n'
    )
    manifest = 'args = ["one"]\nenv = { A = "b c" }\n'
    for target in target_names("libos"):
        run = execute(build(make_project(tmp_path, source, manifest), target).image, target)
        assert run.stdout == b"2 one b c 1 6\n", run.result.message
