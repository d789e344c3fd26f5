# SPDX-License-Identifier: MIT OR Apache-2.0
"""Objects for tests: assembled or compiled by the embedded toolchain."""

from __future__ import annotations

import subprocess
import tempfile
from functools import cache
from pathlib import Path

from zeroos_build.toolchain.base import Abi
from zeroos_build.toolchain.zig import Zig


@cache
def assemble(
    text: str, *, march: str = "rv64im", mabi: str = "lp64", relax: bool = True, extra: str = ""
) -> bytes:
    """An object from assembly."""
    return _compile(text, ".s", march, mabi, relax, extra)


@cache
def compile_c(
    text: str, *, march: str = "rv64im", mabi: str = "lp64", relax: bool = True, extra: str = "-O2"
) -> bytes:
    """An object from C without headers."""
    return _compile(text, ".c", march, mabi, relax, extra)


def _compile(text: str, suffix: str, march: str, mabi: str, relax: bool, extra: str) -> bytes:
    with tempfile.TemporaryDirectory() as directory:
        source, target = Path(directory) / f"source{suffix}", Path(directory) / "object.o"
        source.write_text(text)
        command = Zig().compiler(Abi(march, mabi))
        command.remove("-mrelax")
        command.append("-mrelax" if relax else "-mno-relax")
        run([*command, *extra.split(), "-c", source, "-o", target])
        return target.read_bytes()


def link(objects: list[bytes], *flags: str) -> bytes:
    """An executable with everything that is in the objects; undefined symbols are 0."""
    with tempfile.TemporaryDirectory() as directory:
        names = []
        for number, data in enumerate(objects):
            names.append(Path(directory) / f"{number}.o")
            names[-1].write_bytes(data)
        output = Path(directory) / "linked"
        script = Path(directory) / "script.ld"
        script.write_text(
            "SECTIONS { . = 0x10000; .text : { *(.text .text.*) } . = ALIGN(4096);"
            " .rodata : { *(.rodata .rodata.*) } .data : { *(.data .data.* .sdata .sdata.*) }"
            " .bss : { *(.bss .bss.* .sbss .sbss.*) } __global_pointer$ = .;"
            " .zeroos.sites 0 : { *(.zeroos.sites) }"
            " /DISCARD/ : { *(.zeroos.lowered .comment .eh_frame .riscv.attributes) } }"
        )
        run(
            [Zig().program, "ld.lld", "--unresolved-symbols=ignore-all", "-e", "0", "-T", script,
             *flags, "-o", output, *names]
        )  # fmt: skip
        return output.read_bytes()


def run(command: list[object]) -> None:
    """Run a tool that has to succeed."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[:2000]
