# SPDX-License-Identifier: MIT OR Apache-2.0
"""What small programs can reach, and which handlers their images hold: exactly that."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.support.images import build, execute, make_project
from zeroos_build.elf.image import Image
from zeroos_build.target import load_target, target_names

GOLDEN = Path(__file__).parent / "reachable"
PROGRAMS = {
    "return-0": "int main(void) { return 0; }",
    "puts": '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }',
    "write": '#include <unistd.h>\nint main(void) { return write(1, "hello\\n", 6) != 6; }',
    "malloc": (
        "#include <stdlib.h>\nvoid *volatile p;\n"
        "int main(void) { p = malloc(100); free(p); return !p; }"
    ),
    "pthreads": (
        "#include <pthread.h>\nstatic void *run(void *a) { return a; }\n"
        "int main(void) { pthread_t t;\n"
        " return pthread_create(&t, 0, run, 0) || pthread_join(t, 0); }"
    ),
    "syscall-getpid": (
        "#include <sys/syscall.h>\n#include <unistd.h>\n"
        "int main(void) { return syscall(SYS_getpid) != 1; }"
    ),
}


@pytest.mark.parametrize("target", target_names("libos"))
@pytest.mark.parametrize("name", PROGRAMS)
def test_exactly_what_the_program_needs(name: str, target: str, tmp_path: Path) -> None:
    result = build(make_project(tmp_path, PROGRAMS[name]), target)
    report = json.loads(result.report.read_text())
    found = {
        "reachable": report["syscalls"]["reachable"],
        "linked": report["handlers"]["linked"],
    }
    golden = GOLDEN / f"rv{load_target(target).isa.xlen}" / f"{name}.json"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(json.dumps(found, indent=1) + "\n")
    assert found == json.loads(golden.read_text())
    run = execute(result.image, target, trace=True)
    assert run.result.exit_code == 0, run.result.message
    from zeroos_build.spec import load_specs

    names = {
        load_specs().by_number(load_target(target).isa.xlen)[n].name
        for n in run.result.observed or ()
    }
    assert names <= set(found["reachable"])


@pytest.mark.parametrize("target", target_names("libos"))
def test_the_write_image_holds_no_other_handlers(target: str, tmp_path: Path) -> None:
    """Looked up in its symbols and in its code."""
    image = Image.read(build(make_project(tmp_path, PROGRAMS["write"]), target).image)
    names = set(image.addresses)
    handlers = {name for name in names if name.startswith("sys_")}
    assert handlers == {"sys_write", "sys_exit_group", "sys_set_tid_address"}
    for call in ("openat", "futex", "mmap"):
        assert f"zeroos_enter_{call}" not in names
    # The numbers of those calls are loaded nowhere but at edges that end the run.
    from zeroos_build.elf.sites import SYSCALLS

    reached = {site.number for site in image.sites if site.kind in SYSCALLS}
    assert reached.isdisjoint({56, 98, 222, 422})
