# SPDX-License-Identifier: MIT OR Apache-2.0
"""What each policy makes of a system call, seen in a run and in the report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.images import build, execute, make_project
from zeroos_build.verify.finish import verify_image

# Each call is made by a number that is known at build time and by one that is not.
SOURCE = """
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

static void show(const char *what, long result)
{
    printf("%s %ld %s\\n", what, result, result < 0 ? strerror(errno) : "");
}

int main(int argc, char **argv)
{
    struct utsname name;
    show("provide", uname(&name));
    printf("%s\\n", name.sysname);
    show("enosys", syscall(SYS_sysinfo, &name));
    show("enosys", syscall(SYS_sysinfo + argc - 1, &name));
    show("no handler", syscall(SYS_inotify_init1, 0));
    show("constant", getpid());
    show("constant", syscall(SYS_getpid + argc - 1));
    show("error", syscall(SYS_sched_yield));
    show("error", syscall(SYS_sched_yield + argc - 1));
    fflush(stdout);
    if (argc > 1)
        syscall(SYS_umask, 0);
    return (int)syscall(SYS_umask + argc - 1, 0);
}
"""
POLICIES = {
    "uname": ("provide", None, "the program prints it"),
    "sysinfo": ("enosys", None, "nobody may know how large the machine is"),
    "inotify_init1": ("enosys", None, "no file changes"),
    "getpid": ("constant", 4242, "the log of another system has this one"),
    "sched_yield": ("constant", -11, "as where there is nobody else"),
    "umask": ("halt", None, "permissions have to stay as they are"),
}
WANTED = """provide 0
Linux
enosys -1 Function not implemented
enosys -1 Function not implemented
no handler -1 Function not implemented
constant 4242
constant 4242
error -1 Resource temporarily unavailable
error -1 Resource temporarily unavailable
"""


def _row(name: str) -> str:
    action, value, reason = POLICIES[name]
    given = "" if value is None else f"value = {value}, "
    return f'{name} = {{ action = "{action}", {given}reason = "{reason}" }}\n'


MACHINES = [
    ("qemu-virt", "call", True),
    ("qemu-virt", "call", False),
    ("qemu-virt", "trap", True),
    ("qemu-virt32", "call", False),
    ("sp1", "call", True),
]


@pytest.mark.parametrize(("target", "dispatch", "known"), MACHINES)
def test_policies(target: str, dispatch: str, known: bool, tmp_path: Path) -> None:
    """`known`: whether the number of the call that halts is known when the image is built."""
    args = 'args = ["more"]\n' if known else ""
    source = SOURCE if known else SOURCE.replace("syscall(SYS_umask, 0);", "return 9;")
    source = source.replace("argc - 1", "argc - 2") if known else source
    rows = "".join(map(_row, POLICIES))
    project = make_project(tmp_path / "p", source, f"{args}[abi.policy]\n{rows}")
    built = build(project, target, **{"build.dispatch": dispatch})
    run = execute(built.image, target)
    printed = "".join(f"{line.rstrip()}\n" for line in run.stdout.decode().splitlines())
    assert printed == WANTED
    assert run.result.outcome == "halt"
    words = run.stderr.decode() + (run.result.message or "")
    assert "umask was called, and the manifest's policy is halt" in words
    verify_image(built.image)
    report = json.loads(built.report.read_text())["syscalls"]["policy"]
    assert report == {
        name: {"action": action, "value": value, "reason": reason}
        for name, (action, value, reason) in POLICIES.items()
    }
