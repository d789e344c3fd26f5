# SPDX-License-Identifier: MIT OR Apache-2.0
"""What only machines of 32 bits have: ISAs without C and A, names of calls, masks of actions."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.build import build_project
from tests.support.images import ROOT, build, copy_example, execute, make_project
from tests.support.oracle import build_linux, run_linux
from zeroos_build.execute import RunRequest, run_embedded
from zeroos_build.target import load_target


@pytest.fixture
def narrow(tmp_path: Path) -> str:
    """A target like the zkVMs of rv32: the board without compressed instructions and atomics."""
    for name in ("qemu-virt", "qemu-virt32"):
        shutil.copytree(ROOT / "targets" / name, tmp_path / "targets" / name)
    directory = tmp_path / "targets" / "qemu-virt32"
    text = (directory / "target.toml").read_text()
    text = text.replace('"rv32imac_zicsr_zifencei"', '"rv32im_zicsr"')
    text = text.replace('fence      = "keep"', 'fence      = "nop"')
    (directory / "target.toml").write_text(text)
    return str(directory)


@pytest.mark.usefixtures("qemu_user")
@pytest.mark.parametrize("name", ["threads", "hello"])
def test_rv32im_equals_linux(name: str, narrow: str, tmp_path: Path) -> None:
    project = copy_example(name, tmp_path)
    (result,) = build_project(project, narrow)
    out = bytearray()
    target = load_target(narrow)
    run = run_embedded(RunRequest(image=result.image, target=target, stdout=out.extend))
    wanted = run_linux(build_linux(project, project / name, "qemu-virt32"))
    assert (run.exit_code, bytes(out)) == (wanted.code, wanted.stdout), run.message


FUTEX = """
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void)
{
    int word = 1;
    long long timeout[2] = {0, 0x1234567800000000 | 500000000}, now[2] = {-1, -1};
    long result = syscall(SYS_futex_time64, &word, 0, 1, timeout);
    syscall(SYS_clock_gettime64, 1, now);
    printf("%ld %lld %lld\\n", result, now[0], now[1] / 1000000);
    return 0;
}
"""


def test_only_the_low_half_of_nanoseconds_counts(tmp_path: Path) -> None:
    """And both halves are written."""
    image = build(make_project(tmp_path, FUTEX), "qemu-virt32").image
    assert execute(image, "qemu-virt32").stdout == b"-1 0 500\n"


@pytest.mark.parametrize("name", ["futex", "futex_time64"])
def test_a_policy_goes_by_either_name(name: str, tmp_path: Path) -> None:
    policy = f'[abi.policy]\n{name} = {{ action = "constant", value = 7, reason = "a test" }}\n'
    image = build(make_project(tmp_path, FUTEX, policy), "qemu-virt32").image
    assert execute(image, "qemu-virt32").stdout == b"7 0 0\n"


ACTION = """
#include <signal.h>
#include <stdio.h>
#include <string.h>
static void handler(int signal)
{
    sigset_t now;
    sigprocmask(SIG_BLOCK, 0, &now);
    for (int n = 1; n < 65; n++)
        if (sigismember(&now, n) == 1)
            printf("%d ", n);
    printf("in %d\\n", signal);
}
int main(void)
{
    struct sigaction action = {.sa_handler = handler}, old;
    sigaddset(&action.sa_mask, SIGHUP);
    sigaddset(&action.sa_mask, 40);
    sigaction(SIGUSR1, &action, 0);
    raise(SIGUSR1);
    sigaction(SIGUSR1, 0, &old);
    for (int n = 1; n < 65; n++)
        if (sigismember(&old.sa_mask, n) == 1)
            printf("%d ", n);
    printf("%d\\n", old.sa_handler == handler);
    return 0;
}
"""


@pytest.mark.parametrize("target", ["qemu-virt", "qemu-virt32"])
def test_the_mask_of_an_action_is_where_musl_puts_it(target: str, tmp_path: Path) -> None:
    """The kernel of riscv32 has no SA_RESTORER, but musl's header does."""
    image = build(make_project(tmp_path, ACTION), target).image
    assert execute(image, target).stdout == b"1 10 40 in 10\n1 40 1\n"
