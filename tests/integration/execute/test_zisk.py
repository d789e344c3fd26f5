# SPDX-License-Identifier: MIT OR Apache-2.0
"""ZisK's own machine through our command, against the embedded machine."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from zeroos_build.diagnostics import ZeroosError
from zeroos_build.target import load_target

from conftest import Assemble, Executable, Ran, compare, executor_of, run  # isort: skip

pytestmark = pytest.mark.built_executor

_ZISK = load_target("zisk")

_MACROS = """
.macro put letter
  li s10, 0xA0400200; li s11, \\letter; sb s11, 0(s10)
.endm
.macro leave code
  li a0, \\code; li a7, 93; ecall
.endm
.globl _start
_start:
"""
_FAIL = "\nfail: leave 3\n"


def _both(assemble: Assemble, text: str, private: bytes = b"") -> Ran:
    theirs = compare(assemble("zisk", _MACROS + text), _ZISK, private)
    stats = theirs.result.stats()
    assert stats["cost"]["steps"] >= stats["instructions"]
    return theirs


def test_output_is_exact(assemble: Assemble) -> None:
    text = """
  li s0, 0
1: la s1, bytes; add s1, s1, s0; lbu s2, 0(s1)
  li s3, 0xA0400200; sb s2, 0(s3)
  addi s0, s0, 1; li s4, 8; bne s0, s4, 1b
  la s1, zeroos_uart_stream; li s2, 2; sw s2, 0(s1)
  put 'e'; put 255
  sw zero, 0(s1)
  put '.'
  li s1, 0xA0410000; li s2, 0x12345678; sw s2, 8(s1); sb s2, 255(s1)
  leave 0
.section .rodata
bytes: .ascii "w\\r\\n\\377\\0x\\n\\n"
.data
.balign 8
.word 0
.globl zeroos_uart_stream
zeroos_uart_stream: .word 1
"""
    ran = _both(assemble, text)
    public = bytes(8) + b"\x78\x56\x34\x12" + bytes(243) + b"\x78"
    assert ran.streams == (b"w\r\n\xff\0x\n\n.", b"e\xff", public)


def test_input(assemble: Assemble) -> None:
    text = """
  li s0, 0x10000008
  ld s1, 0(s0)
  addi s2, s0, 8
  add s1, s1, s2
  li s3, 0xA0400200
1: beq s2, s1, 2f
  lbu s4, 0(s2); sb s4, 0(s3)
  addi s2, s2, 1
  j 1b
2: leave 0
"""
    for private in (b"", b"x", b"12345678", bytes(range(256)) * 50):
        assert _both(assemble, text, private).streams[0] == private


@pytest.mark.parametrize("code", [0, 1, 3, 93, 255, 256])
def test_exit_codes(assemble: Assemble, code: int) -> None:
    _both(assemble, f"put 'x'\n leave {code}\n")


def test_a_failed_run_publishes_nothing(assemble: Assemble) -> None:
    ran = _both(assemble, "li s1, 0xA0410000; li s2, 5; sd s2, 0(s1)\n leave 7\n")
    assert ran.streams[2] == b""


def test_returning_from_the_entry_is_success_there(assemble: Assemble) -> None:
    # The embedded machine has no boot ROM to return to.
    image = assemble("zisk", _MACROS + "put 'r'\n ret\n")
    assert run(image, _ZISK, executor_of(_ZISK)).result.stats()["outcome"] == "exit"
    assert run(image, _ZISK).result.outcome == "fault"


def test_far_jumps_count_as_two(assemble: Assemble) -> None:
    # The transpiler makes one instruction of them.
    text = """
1: auipc ra, %pcrel_hi(there); jalr ra, %pcrel_lo(1b)(ra)
2: auipc t1, %pcrel_hi(there); jalr zero, %pcrel_lo(2b)(t1)
there: addi s0, s0, 1; li t0, 2; beq s0, t0, out
  jr ra
3: auipc ra, %pcrel_hi(there); jalr t2, %pcrel_lo(3b)(ra)
out: leave 0
"""
    _both(assemble, text)


# What the guest does: as executed on ZisK 1.4.0-alpha, its build without C and F.
_WORKS = {
    "amo": "la a1, word; li a2, 5; amoadd.w a0, a2, (a1); lw a3, 0(a1); bne a2, a3, fail",
    "amo-same-register": "la a1, word; li a2, 5; amoswap.d a2, a2, (a1); bnez a2, fail",
    "lr-sc": "la a1, word; lr.d a0, (a1); sc.d a0, a1, (a1); bnez a0, fail",
    "misaligned-lw": "la a1, text; lw a2, 1(a1); li a3, 0x6f6c6c65; bne a2, a3, fail",
    "misaligned-lh": "la a1, text; lh a2, 3(a1); lbu a3, 3(a1); andi a2, a2, 255; bne a2, a3, fail",
    "misaligned-sw": "la a1, word; li a2, 0x1234567; sw a2, 3(a1); lw a3, 3(a1); bne a2, a3, fail",
    "misaligned-ld": "la a1, word; li a2, 77; sd a2, 5(a1); ld a3, 5(a1); bne a2, a3, fail",
    "fence": "fence",
    "ebreak-unexecuted": "j 1f\n ebreak\n 1:",
    "bss": "la a1, empty; ld a2, 0(a1); bnez a2, fail",
    "div0": "li a1, 7; div a2, a1, zero; addi a2, a2, 1; bnez a2, fail",
    "rem0": "li a1, 7; rem a2, a1, zero; bne a2, a1, fail",
    "mulhsu": "li a1, -1; li a2, -1; mulhsu a3, a1, a2; bne a3, a1, fail",
}  # fmt: skip

# The state of nothing, and a block that is the padding of nothing; lanes that are all 0.
_SHA256_NOTHING = hashlib.sha256(b"").digest()


def test_accelerators(assemble: Assemble) -> None:
    text = (
        """
  la s0, state; la s1, block
  csrs 0x805, s0
  add x0, s1, x0
  la s2, lanes
  csrs 0x800, s2
  la s3, wanted; li s4, 5
1: ld s5, 0(s3); ld s6, 0(s0); bne s5, s6, fail
  addi s3, s3, 8; addi s0, s0, 8; addi s4, s4, -1
  li s5, 1; bne s4, s5, 1b
  ld s5, 0(s3); ld s6, 0(s2); bne s5, s6, fail
  put 'k'
  leave 0
"""
        + _FAIL
        + f"""
.section .rodata
.balign 8
wanted: .byte {_by_words(_SHA256_NOTHING)}
.dword 0xf1258f7940e1dde7
block: .byte 0x80
.zero 63
.data
.balign 8
state: .word 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a
.word 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
lanes: .zero 200
"""
    )
    assert _both(assemble, text).streams[0] == b"k"


def _by_words(digest: bytes) -> str:
    """The digest as words of 32 bits lie in memory."""
    return ", ".join(
        str(b) for at in range(0, len(digest), 4) for b in reversed(digest[at : at + 4])
    )


# As above, but the embedded machine refuses it: no image of ours holds it.
_WORKS_THERE = {
    "csr": ".word 0xf1202573",
    "fence.i": ".word 0x0000100f",
    "unimp-unexecuted": "j 1f\n .word 0xc0001073\n 1:",
    "zero-unexecuted": "j 1f\n .word 0\n 1:",
    "ones-unexecuted": "j 1f\n .word -1\n 1:",
    "compressed-unexecuted": "j 1f\n .word 0x00010001\n 1:",
    "data-in-code": "j 1f\n .ascii \"data\"\n 1:",
    "input-behind-its-end": "li a1, 0x20000000; ld a2, 0(a1)",
}  # fmt: skip

_FAILS = {
    "ebreak": "ebreak",
    "unimp": ".word 0xc0001073",
    "zero": ".word 0",
    "compressed": ".word 0x00010001",
    "ecall": "li a7, 64; ecall",
    "null-load": "lw a1, 0(zero)",
    "null-store": "sw zero, 0(zero)",
    "wild-store": "li a1, 0x98000000; sw zero, 0(a1)",
    "store-below-the-stack": "li a1, 0x9ffffff8; sd zero, 0(a1)",
    "store-to-code": "la a1, _start; sw zero, 0(a1)",
    "store-to-constants": "la a1, text; sw zero, 0(a1)",
    "store-to-input": "li a1, 0x10000008; sd zero, 0(a1)",
    "sha256-misaligned": "la a1, word; addi a2, a1, 4; csrs 0x805, a2; add x0, a1, x0",
    "keccak-misaligned": "la a1, word; addi a1, a1, 4; csrs 0x800, a1",
    "load-from-code": "la a1, _start; lw a2, 0(a1)",
    "wide-store-to-the-uart": "li a1, 0xA0400200; sw zero, 0(a1)",
    "jump-to-null": "jr zero",
    "jump-to-the-boot-rom": "li a1, 0x1000; jr a1",
    "jump-to-data": "la a1, word; jr a1",
    "jump-behind-the-code": "li a1, 0x90100000; jr a1",
    "odd-jump": "la a1, _start; addi a1, a1, 2; jr a1",
}


def _guest(body: str) -> str:
    data = """
.section .rodata
.balign 8
text: .ascii "hello, world...."
.data
.balign 8
word: .dword 0, 0
.bss
.balign 8
empty: .zero 64
"""
    return _MACROS + "put '+'\n" + body + "\n leave 0\n" + _FAIL + data


@pytest.mark.parametrize("name", _WORKS)
def test_what_works(assemble: Assemble, name: str) -> None:
    image = assemble("zisk", _guest(_WORKS[name]))
    for ran in (run(image, _ZISK), run(image, _ZISK, executor_of(_ZISK))):
        assert ran.result.message is None
        assert (ran.result.exit_code, ran.streams[0]) == (0, b"+")


@pytest.mark.parametrize("name", _WORKS_THERE)
def test_what_works_there(assemble: Assemble, name: str) -> None:
    image = assemble("zisk", _guest(_WORKS_THERE[name]))
    theirs = run(image, _ZISK, executor_of(_ZISK))
    assert (theirs.result.exit_code, theirs.streams[0]) == (0, b"+"), theirs.result.message
    try:
        assert run(image, _ZISK).result.outcome == "fault"
    except ZeroosError as problem:
        assert "not instructions of rv64ima" in str(problem.diagnostics[0].message)


@pytest.mark.parametrize("name", _FAILS)
def test_what_fails(assemble: Assemble, name: str) -> None:
    image = assemble("zisk", _guest(_FAILS[name]))
    theirs = run(image, _ZISK, executor_of(_ZISK))
    assert (theirs.result.outcome, theirs.result.exit_status) == ("fault", 1)
    # What it wrote before it failed is there; nothing of the executor's is.
    assert theirs.streams == (b"+", b"", b"")
    assert "(_start+" in (theirs.result.message or "") or "jump" in name
    try:
        ours = run(image, _ZISK)
    except ZeroosError as problem:
        assert "not instructions of rv64ima" in str(problem.diagnostics[0].message)
    else:
        assert (ours.result.outcome, ours.result.exit_status) == ("fault", 1)
        assert ours.streams == (b"+", b"", b"")


@pytest.mark.parametrize("word", ["0x02b57553", "0x00053507"])
def test_floating_point_anywhere_is_not_loaded(assemble: Assemble, word: str) -> None:
    image = assemble("zisk", _guest(f"j 1f\n .word {word}\n 1:"))
    with pytest.raises(ZeroosError, match="found invalid riscv_instruction"):
        run(image, _ZISK, executor_of(_ZISK))
    with pytest.raises(ZeroosError, match="not instructions of rv64ima"):
        run(image, _ZISK)


def test_why_it_failed(assemble: Assemble) -> None:
    for reason, outcome in ((0, "exit"), (2, "deadlock"), (6, "trap")):
        data = ".data\n.balign 8\n.word 0\n.globl zeroos_failure\nzeroos_failure: .word "
        ran = _both(assemble, f" leave 1\n{data}{reason}\n")
        assert ran.result.outcome == outcome


def test_the_command_alone(assemble: Assemble, tmp_path: Path) -> None:
    call = Executable(_ZISK)
    image = str(assemble("zisk", _MACROS + "put 'o'\n put 10\n leave 7\n"))
    plain = call(image)
    assert (plain.returncode, plain.stdout, plain.stderr) == (7, b"o\n", b"")
    stats = tmp_path / "stats.json"
    call(image, "--stats", str(stats), "--input", "-", given=b"123")
    assert json.loads(stats.read_text())["exit_code"] == 7
    good = str(assemble("zisk", _MACROS + "put 'o'\n leave 0\n"))
    assert call(good, "--output", "-").stdout == b"o" + bytes(256)
    call.check_usage(image)
    call.check_fault(str(assemble("zisk", _MACROS + "ebreak\n")))
