# SPDX-License-Identifier: MIT OR Apache-2.0
"""The linter is quick enough to run at each save and in each commit.

Processor time is measured, since a busy machine makes everything else wait. A manifest may cost as
much as forty starts of Python, which is 0.4 s where one takes 10 ms; other processes slow both.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

from tests.support.images import build

TOOL = Path(sys.executable).with_name("zeroos-build")
MANIFEST = '[abi]\nsubsystems = ["process", "vfs"]\n[budget]\nloaded = "64KiB"\n'
MAIN = (
    "#include <stdio.h>\nlong big(long);\n\n"
    'int main(int argc, char **argv)\n{\n    printf("%ld %s\\n", big(argc), argv[0]);\n}\n'
)
# 1 MiB of instructions, in functions of 4 KiB.
BIG = """\
    .macro function number
    .section .text.f\\number, "ax", @progbits
    .type f\\number, @function
f\\number:
    .rept 1023
    addi a0, a0, 1
    .endr
    ret
    .size f\\number, . - f\\number
    .endm
    .altmacro
    .set number, 0
    .rept 256
    function %number
    .set number, number + 1
    .endr
    .text
    .globl big
    .type big, @function
big:
    addi sp, sp, -16
    sd ra, 8(sp)
    .macro invoke number
    call f\\number
    .endm
    .set number, 0
    .rept 256
    invoke %number
    .set number, number + 1
    .endr
    ld ra, 8(sp)
    addi sp, sp, 16
    ret
    .size big, . - big
"""


def cost(command: list[object], directory: Path, code: int = 0, times: int = 3) -> float:
    """Seconds of processor time, the least of some runs."""
    # As installed: with bytecode.
    kept = {key: os.environ[key] for key in os.environ if key != "PYTHONDONTWRITEBYTECODE"}
    best = float("inf")
    for _ in range(times):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [str(word) for word in command], cwd=directory, env=kept, capture_output=True,
            check=False,
        )  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert done.returncode == code, done.stderr.decode()
        spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        best = min(best, spent)
    return best


def test_a_manifest(tmp_path: Path) -> None:
    (tmp_path / "main.c").write_text(MAIN)
    policy = '[abi.policy]\nprlimit64 = { action = "enosys", reason = "musl falls back" }\n'
    (tmp_path / "zeroos.toml").write_text(MANIFEST + policy)
    start = cost([sys.executable, "-c", "pass"], tmp_path, times=5)
    assert cost([TOOL, "check"], tmp_path) <= 40 * start


def test_an_image_of_1_mib(tmp_path: Path) -> None:
    (tmp_path / "main.c").write_text(MAIN)
    (tmp_path / "big.S").write_text(BIG)
    (tmp_path / "zeroos.toml").write_text(MANIFEST)
    result = build(tmp_path, "sp1")
    assert result.image.stat().st_size > 1 << 20
    # It exceeds its budget, so the findings with their contributors are part of it.
    assert cost([TOOL, "check", result.image], tmp_path, code=5, times=2) <= 3.0
