# SPDX-License-Identifier: MIT OR Apache-2.0
"""Parts of the libOS as programs of this machine, under the address and undefined sanitizers."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.conftest import need_program
from tests.support.headers import write_headers

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
COMPILERS = ("gcc", "clang-19")
_FLAGS = (
    "-std=c11", "-g", "-O1", "-Wall", "-Wextra", "-Wshadow", "-Wpointer-arith", "-Wcast-qual",
    "-Wsign-compare", "-Werror", "-fsanitize=address,undefined", "-fno-sanitize-recover=all",
    "-fno-omit-frame-pointer", "-D__riscv_xlen=64",  # this machine has 64 bits too
)  # fmt: skip


def compile_host(
    compiler: str,
    output: Path,
    driver: str,
    parts: list[str],
    flags: tuple[str, ...] = (),
    also: tuple[str, ...] = (),
) -> Path:
    """A program from tests/host/`driver` and files of libos/; warnings are errors.

    `also` are files of tests/host/ that use this machine's headers and none of the libOS's.
    """
    need_program(compiler)
    include = output.parent / "include"
    write_headers(include)
    sources = [HERE / name for name in also] + [ROOT / "libos" / part for part in parts]
    command = [
        compiler, *_FLAGS, *flags, f"-I{ROOT / 'libos/include'}", f"-I{include}",
        HERE / driver, *sources, "-o", output,
    ]  # fmt: skip
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return output


def run_host(program: Path, given: bytes = b"", *arguments: str, timeout: int = 300) -> str:
    """What the program writes; a finding of a sanitizer fails the test."""
    done = subprocess.run(
        [str(program), *arguments], input=given, capture_output=True, check=False, timeout=timeout,
        env={
            # Coroutines have stacks that the sanitizer does not know as such.
            "ASAN_OPTIONS": "detect_leaks=0:detect_stack_use_after_return=0",
            "UBSAN_OPTIONS": "print_stacktrace=1",
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-4000:]
    return done.stdout.decode("utf-8", "replace")
