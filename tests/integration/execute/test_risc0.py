# SPDX-License-Identifier: MIT OR Apache-2.0
"""RISC Zero's own executor and kernel through our command, against the embedded machine."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.support.build import build_project
from tests.support.images import make_project
from zeroos_build import container
from zeroos_build.target import load_target

from conftest import Assemble, Executable, Ran, compare, executor_of, run  # isort: skip

pytestmark = pytest.mark.built_executor

_RISC0 = load_target("risc0")

_MACROS = """
.macro write fd, at, size
  li a3, \\fd; la a4, \\at; li a5, \\size
  li t6, 16; la a2, write_name; li t0, 2; ecall
.endm
.macro leave code, digest=digest
  li a0, \\code << 8; la a1, \\digest; li t0, 0; ecall
.endm
.section .rodata
write_name: .asciz "risc0_zkvm_platform::syscall::nr::SYS_WRITE"
read_name: .asciz "risc0_zkvm_platform::syscall::nr::SYS_READ"
text: .ascii "w\\r\\n\\377\\0x\\n\\n."
.text
.globl _start
_start:
"""


def _digest(output: bytes) -> str:
    tag = hashlib.sha256(b"risc0.Output").digest()
    journal = hashlib.sha256(output).digest()
    digest = hashlib.sha256(tag + journal + bytes(32) + b"\2\0").digest()
    return f".section .rodata\n.balign 4\ndigest: .byte {', '.join(map(str, digest))}\n"


def _both(assemble: Assemble, body: str, output: bytes = b"", private: bytes = b"") -> Ran:
    theirs = compare(assemble("risc0", _MACROS + body + _digest(output)), _RISC0, private)
    cost = theirs.result.stats()["cost"]
    assert cost["total_cycles"] > cost["user_cycles"] > (theirs.result.instructions or 0)
    return theirs


def test_output_is_exact(assemble: Assemble) -> None:
    body = """
  write 1, text, 9
  write 2, text, 4
  write 1, text, 0
  write 3, text, 5
  write 3, text, 2
  leave 7
"""
    ran = _both(assemble, body, b"w\r\n\xff\0w\r")
    assert ran.streams == (b"w\r\n\xff\0x\n\n.", b"w\r\n\xff", b"w\r\n\xff\0w\r")


@pytest.mark.parametrize("step", [1, 3, 4, 1023, 1024, 1025, 5000])
def test_input(assemble: Assemble, step: int) -> None:
    body = f"""
1: li a0, 0x300001; li a1, {step}; li a3, 0; li a4, {step}
  li t6, 12; la a2, read_name; li t0, 2; ecall
  beqz a0, 2f
  mv a5, a0
  li a3, 1; li a4, 0x300001; li t6, 16; la a2, write_name; li t0, 2; ecall
  j 1b
2: leave 0
"""
    for private in (b"", b"x", b"12345678", bytes(range(256)) * 5 + b"end"):
        assert _both(assemble, body, private=private).streams[0] == private


@pytest.mark.parametrize("code", [0, 1, 7, 255])
def test_exit_codes(assemble: Assemble, code: int) -> None:
    assert _both(assemble, f"write 1, text, 3\n leave {code}\n").result.exit_code == code


def test_the_accelerator(assemble: Assemble) -> None:
    body = """
  la a0, state; la a1, state; la a2, blocks; la a3, blocks + 32; li a4, 2; li t0, 3; ecall
  la a0, state; la a1, state; la a2, blocks + 64; la a3, blocks; li a4, 1; li t0, 3; ecall
  write 1, state, 32
  leave 0
.data
.balign 4
state: .zero 32
blocks: .rept 32
.ascii "abcd"
.endr
"""
    assert len(_both(assemble, body).streams[0]) == 32


def test_a_wrong_digest_is_found(assemble: Assemble) -> None:
    image = assemble("risc0", _MACROS + "write 3, text, 3\n leave 0\n" + _digest(b"w\r"))
    for ran in (run(image, _RISC0), run(image, _RISC0, executor_of(_RISC0))):
        assert ran.result.outcome == "fault"
        assert "no proof" in (ran.result.message or "")


@pytest.mark.parametrize(
    ("body", "theirs", "ours"),
    [
        ("li a2, 0x200002; lw a1, (a2)", "LoadAddressMisaligned", "misaligned"),
        ("lw a1, (zero)", "raises LoadAccessFault", "where no memory is"),
        ("li t6, 99; la a2, write_name; li t0, 2; ecall", "made the kernel say", "none of"),
        ("li t6, 11; la a2, write_name; li t0, 2; ecall", "", "none of"),
        ("li t6, 16; la a2, read_name; li t0, 2; ecall", "", "under another name"),
        ("write 9, text, 1", "writes to descriptor 9", "there is no stream 9"),
        ("li t0, 5; ecall", "IllegalInstruction", "none of"),
    ],
)
def test_why_it_failed(assemble: Assemble, body: str, theirs: str, ours: str) -> None:
    image = assemble("risc0", _MACROS + body + "\n leave 0\n" + _digest(b""))
    there, here = run(image, _RISC0, executor_of(_RISC0)), run(image, _RISC0)
    assert theirs in (there.result.message or "") and ours in (here.result.message or "")
    assert here.result.outcome == "fault"


def test_the_command_alone(assemble: Assemble, tmp_path: Path) -> None:
    call = Executable(_RISC0)
    guest = _MACROS + "write 1, text, 3\n write 3, text, 1\n leave 7\n" + _digest(b"w")
    image = str(assemble("risc0", guest))
    plain = call(image)
    assert (plain.returncode, plain.stdout, plain.stderr) == (7, b"w\r\n", b"")
    stats, package = tmp_path / "stats.json", tmp_path / "guest.bin"
    assert call(image, "--container", str(package)).returncode == 0
    assert package.read_bytes()[:4] == b"R0BF"
    boxed = call(str(package), "--stats", str(stats), "--output", "-", "--input", "-")
    assert boxed.stdout == b"w\r\nw"
    assert json.loads(stats.read_text())["exit_code"] == 7
    call.check_usage(image)
    call.check_fault(str(assemble("risc0", _MACROS + "ebreak\n" + _digest(b""))))


def test_a_build_writes_the_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What RISC Zero's own tools take lies beside the image, as new as the image."""
    call = Executable(_RISC0)
    directory = tmp_path / "boxed"
    for code in (3, 4):
        project = make_project(directory, f"int main(void) {{ return {code}; }}\n", name="boxed")
        [built] = build_project(project, "risc0")
        package = built.image.with_suffix(".bin")
        assert package.read_bytes()[:4] == b"R0BF"
        assert built.image.read_bytes() in package.read_bytes()
        assert call(str(package)).returncode == code
        assert call(str(built.image), "--container", str(tmp_path / "other")).returncode == 0
        assert (tmp_path / "other").read_bytes() == package.read_bytes()
    assert [place.name for place in container.writers(_RISC0)] == [call.name]
    monkeypatch.setattr("zeroos_build.execute.real.find_executor", lambda target: "not here")
    build_project(project, "risc0")
    assert built.image.is_file() and not package.exists()
