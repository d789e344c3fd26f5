# SPDX-License-Identifier: MIT OR Apache-2.0
"""SP1's own executor through our command, against the embedded machine."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from zeroos_build.target import load_target

from conftest import Assemble, Executable, compare, executor_of, run  # isort: skip

pytestmark = pytest.mark.built_executor

_SP1 = load_target("sp1")

_MACROS = """
.macro host_call number, a=0, b=0, c=0
  li a0, \\a; li a1, \\b; li a2, \\c
  li t0, \\number
  ecall
.endm
.macro write fd, at, size
  la a1, \\at
  li a0, \\fd; li a2, \\size
  li t0, 2
  ecall
.endm
.globl _start
_start:
"""


def _commit(output: bytes) -> str:
    digest = hashlib.sha256(output).digest()
    words = ", ".join(f"{byte:#x}" for byte in digest)
    return f"""
  la s0, digest; li s1, 0
1: mv a0, s1; lwu a1, 0(s0); li t0, 0x10; ecall
  addi s0, s0, 4; addi s1, s1, 1
  li t1, 8; bne s1, t1, 1b
.section .rodata
.balign 4
digest: .byte {words}
.text
"""


def _guest(body: str, output: bytes = b"", code: int = 0) -> str:
    return f"{_MACROS}{body}{_commit(output)}  host_call 0, {code}\n"


def _both(assemble: Assemble, text: str, private: bytes = b"") -> None:
    theirs = compare(assemble("sp1", text), _SP1, private)
    assert theirs.result.stats()["cost"]["gas"] > 0


_BYTES = r"""
  write 1, one, 7
  write 1, two, 9
  write 1, three, 0
  write 2, two, 8
  write 13, two, 3
  write 1, three, 1
  write 13, one, 2
  .section .rodata
  one: .ascii "hello, "
  two: .ascii "w\r\n\377\0x\n\n."
  three: .ascii "!"
  .text
"""


def test_output_is_exact(assemble: Assemble) -> None:
    output = b"w\r\nhe"
    _both(assemble, _guest(_BYTES, output, 7))
    ran = run(assemble("sp1", _guest(_BYTES, output, 7)), _SP1, executor_of(_SP1))
    assert ran.streams == (b"hello, w\r\n\xff\0x\n\n.!", b"w\r\n\xff\0x\n\n", output)
    assert ran.result.exit_code == 7


def test_registers_survive_the_recording(assemble: Assemble) -> None:
    # Every register that the recording's stubs use, around writes to each stream; the sum is
    # the exit code.
    body = "li s2, 0\n"
    for fd in (1, 2, 13):
        body += f"""
  la a1, data; li a0, {fd}; li a2, 4; li t0, 2; li t1, 77
  ecall
  add s2, s2, t0; add s2, s2, t1; add s2, s2, a0; add s2, s2, a2
  la t2, data; sub t2, a1, t2; add s2, s2, t2
"""
    body += '.section .rodata\ndata: .ascii "abc\\n"\n.text\n'
    expected = 3 * (2 + 77 + 4) + 1 + 2 + 13
    text = _guest(body, b"abc\n").replace("host_call 0, 0", "mv a0, s2\n li t0, 0\n ecall")
    ran = run(assemble("sp1", text), _SP1, executor_of(_SP1))
    assert ran.result.exit_code == expected
    assert ran.streams == (b"abc\n",) * 3
    _both(assemble, text)


def test_input(assemble: Assemble) -> None:
    body = """
  host_call 0xf0
  mv s2, t0
  li a0, 0x79000000; mv a1, s2; li t0, 0xf1
  ecall
  li a0, 1; li a1, 0x79000000; mv a2, s2; li t0, 2
  ecall
  host_call 0xf0
  li t1, -1
  bne t0, t1, 2f
"""
    tail = "2: host_call 0, 9\n"
    for private in (b"x", b"12345678", bytes(range(256)) * 50):
        _both(assemble, _guest(body) + tail, private)


def test_no_input_is_no_item(assemble: Assemble) -> None:
    _both(
        assemble, _guest("host_call 0xf0\n addi t0, t0, 1\n bnez t0, 2f\n") + "2: host_call 0, 9\n"
    )


@pytest.mark.parametrize("code", [0, 1, 3, 255])
def test_exit_codes(assemble: Assemble, code: int) -> None:
    _both(assemble, _guest("", code=code))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            "ebreak",
            "died of SIGILL (4): the machine does not implement the instruction at 0x78000018",
        ),
        (
            "fence",
            "died of SIGILL (4): the machine does not implement the instruction at 0x78000018",
        ),
        ("la a1, text; lw a2, 1(a1)", "misaligned lw of address 0x78001001 at 0x78000020 (_start"),
        ("la a1, text; ld a2, 4(a1)", "misaligned ld of address 0x78001004"),
        ("li a1, 0x78f00000; jr a1", "died of SIGSEGV (11): most likely a jump out of the text"),
        ("jr zero", "died of SIGSEGV (11): most likely a jump out of the text"),
        ("host_call 0x999", "died of SIGABRT (6): invalid syscall number: 2457"),
        ("host_call 0xf1, 0x79000000", "died of SIGABRT (6): hint input stream exhausted"),
        ("write 13, text, 3", "the committed digest is not the SHA-256 of the public output"),
    ],
)
def test_bad_guests(assemble: Assemble, body: str, words: str) -> None:
    sp1 = executor_of(_SP1)
    start = "write 1, text, 3\n"
    data = '\n.section .rodata\ntext: .ascii "hi\\n"\n.balign 64\n.text\n'
    image = assemble("sp1", _guest(start + body + data))
    ours, theirs = run(image, _SP1), run(image, _SP1, sp1)
    for ran in (ours, theirs):
        # What it wrote before it failed is there; nothing of the executor's is.
        assert ran.streams[:2] == (b"hi\n", b"")
        assert (ran.result.outcome, ran.result.exit_status) == ("fault", 1)
    assert theirs.result.message is not None and words in theirs.result.message


def test_why_it_failed(assemble: Assemble) -> None:
    for reason, outcome in ((0, "exit"), (2, "deadlock"), (6, "trap")):
        body = ".data\n.balign 8\n.word 0\n.globl zeroos_failure\nzeroos_failure: .word "
        body += f"{reason}\n.text\n"
        _both(assemble, _guest(body, code=1))
        ran = run(assemble("sp1", _guest(body, code=1)), _SP1, executor_of(_SP1))
        assert ran.result.outcome == outcome


def test_the_command_alone(assemble: Assemble, tmp_path: Path) -> None:
    call = Executable(_SP1)
    image = str(assemble("sp1", _guest(_BYTES, b"w\r\nhe", 7)))
    plain = call(image)
    assert (plain.returncode, plain.stderr) == (7, b"w\r\n\xff\0x\n\n")
    assert call(image, "--output", "-").stdout == plain.stdout + b"w\r\nhe"
    stats = tmp_path / "stats.json"
    call(image, "--stats", str(stats), "--input", "-")
    assert json.loads(stats.read_text())["exit_code"] == 7
    call.check_usage(image)
    broken = str(assemble("sp1", _guest(".word 0\n")))
    refused = call(broken)
    assert refused.returncode == 125 and b"Cannot decode instruction" in refused.stderr
    call.check_fault(str(assemble("sp1", _guest("ebreak"))))
