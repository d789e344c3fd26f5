# SPDX-License-Identifier: MIT OR Apache-2.0
"""Handlers of a project's own, in C and in Rust, in the place of the libOS's and beside them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.conformance.expectation import HERE as PROGRAMS
from tests.conformance.expectation import expectation, properties
from tests.conformance.running import Linux, Run, check_run, copy_program
from tests.conftest import need_executor
from tests.support.images import build, copy_example, execute, make_project
from tests.support.rust import cargo, need_rust_target
from tests.support.tools import RUST_TARGETS
from zeroos_build import files
from zeroos_build.bare import bare_facts
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.elf.image import Image
from zeroos_build.generate.handlers import stub_files, subject_specs
from zeroos_build.generate.rust import CRATE, crate_files
from zeroos_build.own_handlers import check_linked
from zeroos_build.own_specs import extended
from zeroos_build.spec import load_specs
from zeroos_build.target import load_target
from zeroos_build.verify.finish import verify_image

SOURCE = Path(__file__).parent / "handlers"


def _library(project: Path, specs: Sequence[Path] = (), rust: str = RUST_TARGETS[0]) -> Path:
    """The archive of a project in Rust, with the crate that it needs written beside it."""
    need_rust_target(rust)
    for name, text in crate_files(extended(specs)).items():
        files.write_text(project / CRATE / name, text)
    cargo(project, "build", "--release", "--target", rust, "--target-dir", "target")
    return project / f"target/{rust}/release/libhandlers.a"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """examples/handlers with its part in Rust compiled."""
    project = copy_example("handlers", tmp_path)
    _library(project / "rust", [project / "specs/checksum.toml"])
    return project


@pytest.mark.parametrize(
    ("target", "dispatch"), [("qemu-virt", "call"), ("qemu-virt", "trap"), ("sp1", "call")]
)
def test_example(example: Path, target: str, dispatch: str) -> None:
    built = build(example, target, **{"build.dispatch": dispatch})
    run = execute(built.image, target)
    assert (run.result.exit_code, run.stdout) == (0, b"adler32 11e60398 crc32 adaac02e\n")
    report = json.loads(built.report.read_text())
    assert set(report["handlers"]["own"]) == {"checksum_adler32", "checksum_crc32"}
    verify_image(built.image)


@pytest.mark.built_executor
def test_example_on_sp1(example: Path) -> None:
    need_executor("sp1")
    run = execute(build(example, "sp1").image, "sp1", real=True)
    assert (run.result.exit_code, run.stdout) == (0, b"adler32 11e60398 crc32 adaac02e\n")


# A call of each subsystem.
REWRITTEN = (
    "prlimit64", "madvise", "sched_yield", "tgkill", "writev", "getrandom", "clock_getres",
    "socketpair",
)  # fmt: skip
MACHINES = {"qemu-virt": RUST_TARGETS[0], "qemu-virt32": RUST_TARGETS[1]}


def _programs() -> list[tuple[str, str]]:
    """Each of them with the conformance programs whose own source makes it."""
    found = []
    for name in properties():
        words = set(re.findall(r"\w+", (PROGRAMS / name / "main.c").read_text()))
        found += [(c, name) for c in REWRITTEN if words & {c, f"SYS_{c}", c.removesuffix("64")}]
    return sorted(found)


@pytest.fixture(scope="session")
def rewritten(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """By machine: the archive of handlers in Rust."""

    @cache
    def library(target: str) -> Path:
        project = tmp_path_factory.mktemp("rust") / "handlers"
        shutil.copytree(SOURCE, project)
        return _library(project, rust=MACHINES[target])

    return library


@pytest.mark.usefixtures("qemu_user")
@pytest.mark.parametrize("target", MACHINES)
@pytest.mark.parametrize(("call", "name"), _programs())
def test_a_handler_of_each_subsystem_in_rust(
    call: str, name: str, target: str, rewritten: Callable[[str], Path], tmp_path: Path
) -> None:
    """In the place of the libOS's, they pass the conformance programs that make the call."""
    wanted, machine = expectation(name), load_target(target)
    project = copy_program(name, tmp_path)
    linux = Linux(project, wanted, target)
    shutil.copy(rewritten(target), project / "libhandlers.a")
    with (project / "zeroos.toml").open("a") as manifest:
        rows = "".join(f'{name} = "libhandlers.a"\n' for name in REWRITTEN)
        manifest.write(f"\n[abi.handlers]\n{rows}")
    built = build(project, target)
    made: set[int] = set()
    run = Run(built.image, machine, wanted, project)
    result = run.embedded(lambda event: made.add(event.number))
    linux.check(lambda outcome: check_run(run, result, wanted, outcome, exact=True))
    number = load_specs().by_name[call].number(machine.isa.xlen)
    assert number in made
    report = json.loads(built.report.read_text())
    assert report["handlers"]["own"] == dict.fromkeys(REWRITTEN, "libhandlers.a")


def test_the_linked_handler_is_the_project_s(tmp_path: Path) -> None:
    """An image with the libOS's handler in the place of an own one is found."""
    source = '#include <unistd.h>\nint main(void) { return (int)write(1, "x", 1); }\n'
    built = build(make_project(tmp_path / "p", source), "qemu-virt")
    image, facts = Image.read(built.image), bare_facts("qemu-virt", {})
    assert not list(check_linked(image, facts))
    own = replace(facts, handlers={"write": "libmine.a", "read": "libmine.a"})
    assert [item.code for item in check_linked(image, own)] == ["ZOS446"]


def test_a_function_with_a_handler_s_name(tmp_path: Path) -> None:
    """Unnoticed it would answer the program's system calls."""
    source = (
        "#include <unistd.h>\nlong sys_write(int fd) { return fd - fd; }\n"
        'int main(void) { return (int)write(1, "x", 1); }\n'
    )
    assert _refused(make_project(tmp_path / "p", source)) == ["ZOS447"]
    static = source.replace("long sys_write", "static __attribute__((used)) long sys_write")
    build(make_project(tmp_path / "q", static), "qemu-virt")


def test_every_subsystem_is_rewritten_once() -> None:
    specs = extended([])
    wanted = {name for name, file in specs.files.items() if file.syscall}
    assert {specs.by_name[call].subsystem for call in REWRITTEN} == wanted


def _handler(directory: Path, name: str, text: str) -> None:
    files.write_text(directory / name, "#include <zeroos/syscalls.h>\n" + text)


def test_a_call_that_is_answered_in_place(tmp_path: Path) -> None:
    """getpid is a constant of the libOS's, until a project has a handler for it."""
    source = "#include <unistd.h>\nint main(void) { return getpid() + getppid(); }\n"
    project = make_project(tmp_path / "p", source, '[abi.handlers]\ngetpid = "handlers/own.c"\n')
    _handler(project, "handlers/own.c", "long sys_getpid(void) { return 42; }\n")
    built = build(project, "sp1")
    assert execute(built.image, "sp1").result.exit_code == 42
    verify_image(built.image)


def test_stubs_compile_and_answer_enosys(tmp_path: Path) -> None:
    """One of a subsystem's whole set is called, and the others are not linked."""
    specs, calls = subject_specs("process")
    source = (
        "#include <sys/utsname.h>\n#include <errno.h>\n"
        "int main(void) { struct utsname n; return uname(&n) == -1 && errno == ENOSYS ? 7 : 1; }\n"
    )
    usable = [call for call in calls if call.abi != "noreturn"]
    manifest = "[abi.handlers]\n" + "".join(f'{c.name} = "h/{c.name}.c"\n' for c in usable)
    project = make_project(tmp_path / "p", source, manifest)
    for name, text in stub_files(specs, usable, "c").items():
        files.write_text(project / "h" / name, text)
    built = build(project, "qemu-virt")
    assert execute(built.image, "qemu-virt").result.exit_code == 7
    linked = json.loads(built.report.read_text())["handlers"]["linked"]
    assert "uname" in linked and "sysinfo" not in linked


def _refused(project: Path) -> list[str]:
    with pytest.raises(ZeroosError) as caught:
        build(project, "qemu-virt")
    return [item.code for item in caught.value.diagnostics]


def test_files_without_their_handler(tmp_path: Path) -> None:
    source = "#include <unistd.h>\nint main(void) { return getpid(); }\n"
    project = make_project(tmp_path / "p", source, '[abi.handlers]\ngetpid = "handlers/h.c"\n')
    _handler(project, "handlers/h.c", "long sys_getppid(void) { return 1; }\n")
    assert _refused(project) == ["ZOS446"]
    weak = "__attribute__((weak)) long sys_getpid(void) { return 1; }\n"
    _handler(project, "handlers/h.c", weak)
    assert _refused(project) == ["ZOS446"]
    (project / "handlers/h.c").unlink()
    assert _refused(project) == ["ZOS117"]


def test_specs_and_handlers_go_together(tmp_path: Path) -> None:
    spec = (
        'doc = "Mine."\n[[syscall]]\nname = "mine"\nnr = { rv64 = 1000 }\nsubsystem = "mine"\n'
        'returns = "int"\nargs = []\ndoc = "A call of mine."\n'
    )
    source = "#include <unistd.h>\nint main(void) { return (int)syscall(1000); }\n"
    project = make_project(tmp_path / "p", source, '[abi]\nspecs = ["mine.toml"]\n')
    (project / "mine.toml").write_text(spec)
    assert _refused(project) == ["ZOS122"]
    manifest = project / "zeroos.toml"
    policy = 'policy.mine = { action = "constant", value = 9, reason = "a test" }\n'
    before = manifest.read_text()
    manifest.write_text(before + policy)
    assert execute(build(project, "qemu-virt").image, "qemu-virt").result.exit_code == 9
    manifest.write_text(before + 'handlers.mine = "h/h.c"\nhandlers.other = "h/h.c"\n')
    _handler(project, "h/h.c", "long sys_mine(void) { return 8; }\n")
    assert _refused(project) == ["ZOS118"]
    manifest.write_text(before + 'handlers.mine = "h/h.c"\n')
    assert execute(build(project, "qemu-virt").image, "qemu-virt").result.exit_code == 8
