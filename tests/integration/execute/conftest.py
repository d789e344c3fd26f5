# SPDX-License-Identifier: MIT OR Apache-2.0
"""Guests in assembly, made with the wheel's tools, and one way to run them anywhere."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import need_executor
from zeroos_build import process
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.execute import (
    FoundExecutor,
    RunRequest,
    RunResult,
    find_executor,
    run_embedded,
    run_real,
)  # fmt: skip
from zeroos_build.target import Target, load_target
from zeroos_build.toolchain.zig import Zig

Assemble = Callable[[str, str], Path]

_LINK = """
PHDRS {{ text PT_LOAD FLAGS({flags}); rodata PT_LOAD FLAGS(4); data PT_LOAD FLAGS(6); }}
SECTIONS {{
  . = {start:#x};
  .text : {{ *(.text*) }} :text
  . = ALIGN({align});
  .rodata : {{ *(.rodata*) }} :rodata
  . = {data};
  .data : {{ *(.data*) *(.bss*) . = ALIGN(8); }} :data
}}
ENTRY(_start)
"""


@pytest.fixture
def assemble(tmp_path: Path) -> Assemble:
    """`assemble(target, text)`: an image of the target."""

    def make(name: str, text: str) -> Path:
        target, zig = load_target(name), Zig().program
        source, unit, image = (tmp_path / f"guest.{x}" for x in ("S", "o", "elf"))
        script = tmp_path / "link.ld"
        source.write_text(text)
        text, data = target.memory.holding("text"), target.memory.holding("data")
        align = 8 if "segments-adjacent" in target.image.rules else 4096
        script.write_text(
            _LINK.format(
                start=text.start,
                data=f"ALIGN({align})" if data is text else hex(data.start),
                align=align,
                flags=1 if target.image.flags["text"] == "x" else 5,
            )
        )
        isa = target.isa
        for command in (
            [zig, "clang", f"--target=riscv{isa.xlen}-linux-musl", f"-march={isa.march}",
             f"-mabi={isa.abi}", "-fno-pic", "-mno-relax", "-c", source, "-o", unit],
            [zig, "ld.lld", "-T", script, unit, "-o", image],
        ):  # fmt: skip
            result = process.run(command, timeout=60)
            assert result.code == 0, result.stderr.decode()
        return image

    return make


@dataclass
class Ran:
    """A result and the bytes of the streams."""

    result: RunResult
    stdout: bytearray = field(default_factory=bytearray)
    stderr: bytearray = field(default_factory=bytearray)
    public: bytearray = field(default_factory=bytearray)

    @property
    def streams(self) -> tuple[bytes, bytes, bytes]:
        return bytes(self.stdout), bytes(self.stderr), bytes(self.public)


def run(image: Path, target: Target, executor: FoundExecutor | None = None, **options: Any) -> Ran:
    """On the embedded machine, or on the executor."""
    ran = Ran(None)  # type: ignore[arg-type]
    request = RunRequest(
        image=image, target=target, stdout=ran.stdout.extend, stderr=ran.stderr.extend,
        output=ran.public.extend, **options,
    )  # fmt: skip
    ran.result = run_real(request, executor) if executor else run_embedded(request)
    return ran


def outcome(image: Path, name: str, executor: FoundExecutor | None = None) -> str:
    """What becomes of a guest that prints "hello": `.` its end, F a failure, L no load at all."""
    try:
        ran = run(image, load_target(name), executor)
    except ZeroosError as problem:
        codes = {diagnostic.code for diagnostic in problem.diagnostics}
        assert codes <= {"ZOS602", "ZOS605"}, problem
        return "L"
    assert ran.streams[0] == b"hello\n"
    return "F" if ran.result.exit_status else "."


def compare(image: Path, target: Target, private: bytes = b"") -> Ran:
    """Run on both: the same streams and figures. Returns the executor's run."""
    ours = run(image, target, input=private)
    theirs = run(image, target, executor_of(target), input=private)
    assert ours.streams == theirs.streams
    left, right = ours.result.stats(), theirs.result.stats()
    for name in ("instructions", "exit_code", "outcome", "output_sha256"):
        assert left[name] == right[name], (name, left, right)
    return theirs


class Executable:
    """A zkVM's executor as its users call it."""

    def __init__(self, target: Target) -> None:
        found = executor_of(target)
        self.name, self.version = found.executor.name, found.executor.version
        self._program = str(found.program)

    def __call__(self, *args: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [self._program, *args]
        return subprocess.run(command, input=given, capture_output=True, timeout=60, check=False)

    def check_usage(self, image: str) -> None:
        """What every one of them says of itself, and of a call that is none."""
        assert self("--version").stdout.decode() == f"{self.name} {self.version}\n"
        assert self("--help").returncode == 0
        calls = ([], [image, "--bogus"], [image, "--input"], ["/none"], ["/bin/sh"], [image] * 2)
        for wrong in calls:
            failed = self(*wrong)
            assert failed.returncode == 125
            assert failed.stderr.startswith(self.name.encode() + b": ")

    def check_fault(self, image: str) -> None:
        """A guest that goes wrong is named."""
        fault = self(image)
        assert fault.returncode == 1
        assert fault.stderr.startswith(self.name.encode() + b": fault: ")


def executor_of(target: Target) -> FoundExecutor:
    """The target's real executor, waited for; skipped or required where it is missing."""
    need_executor(target.name)
    found = find_executor(target)
    assert isinstance(found, FoundExecutor), found
    return found
