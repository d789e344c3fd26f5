# SPDX-License-Identifier: MIT OR Apache-2.0
"""The oracle hands over the streams of a Linux process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.images import ROOT
from tests.support.objects import assemble, link

# Writes 5 bytes to descriptor 3 and ends with what write() said.
PROGRAM = """
    .globl _start
_start:
    li a0, 3
    lla a1, text
    li a2, 5
    li a7, 64
    ecall
    li a7, 93
    ecall
    .data
text: .ascii "words"
"""
CALL = """
import sys
from pathlib import Path
from tests.support.oracle import run_linux
for number in range(int(sys.argv[2])):
    keep = [open("/dev/null") for _ in range(number)]
    done = run_linux(Path(sys.argv[1]))
    print(done.code, done.public.decode())
"""


@pytest.mark.usefixtures("qemu_user")
def test_the_public_output_whatever_descriptors_are_free(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_bytes(link([assemble(PROGRAM)], "-e", "_start"))
    done = subprocess.run(
        [sys.executable, "-c", CALL, program, "3"], cwd=ROOT, capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["5 words"] * 3, done.stderr
