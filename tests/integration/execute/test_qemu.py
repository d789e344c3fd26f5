# SPDX-License-Identifier: MIT OR Apache-2.0
"""QEMU does what target.toml says, and the embedded machine does what QEMU does."""

from __future__ import annotations

import struct

import pytest

from zeroos_build.target import load_target

from conftest import Assemble, executor_of, run  # isort: skip

_VIRT = load_target("qemu-virt")

# The sequence of semihosting has no short form, and the vector skips four bytes.
_SEMIHOSTING = """
.option norvc
.macro host_call number, block
  la a1, \\block
  li a0, \\number
  .balign 16
  slli x0, x0, 0x1f
  ebreak
  srai x0, x0, 7
.endm
"""

_STREAMS = (
    _SEMIHOSTING
    + """
.globl _start
_start:
  host_call 1, open_out
  la t0, write_out; sd a0, 0(t0)
  host_call 1, open_err
  la t0, write_err; sd a0, 0(t0)
  host_call 1, open_in
  la t0, read_in; sd a0, 0(t0)
  host_call 1, open_public
  la t0, write_public; sd a0, 0(t0)
  host_call 1, open_none
  mv s0, a0
  host_call 5, write_out
  mv s1, a0
  host_call 5, write_err
  host_call 6, read_in
  li t1, 16; sub t1, t1, a0
  la t0, write_public; sd t1, 16(t0)
  host_call 5, write_public
  host_call 6, read_in
  li t0, 16; bne a0, t0, bad     # at the end, all bytes are left
  li t0, -1; bne s0, t0, bad     # there is no such file
  bnez s1, bad                   # nothing is left of a write
  host_call 0x18, leave
bad:
  la t0, leave; li t1, 99; sd t1, 8(t0)
  host_call 0x18, leave
.section .rodata
tt: .asciz ":tt"
in: .asciz "zeroos.in"
out: .asciz "zeroos.out"
none: .asciz "nothere"
text: .ascii "out\\xff\\0\\n"
words: .ascii "err"
.data
.balign 8
open_out: .quad tt, 4, 3
open_err: .quad tt, 8, 3
open_in: .quad in, 1, 9
open_public: .quad out, 5, 10
open_none: .quad none, 0, 7
write_out: .quad 0, text, 6
write_err: .quad 0, words, 3
write_public: .quad 0, buffer, 0
read_in: .quad 0, buffer, 16
leave: .quad 0x20026, CODE
buffer: .space 32
"""
)

_TRAPS = (
    _SEMIHOSTING
    + """
.globl _start
_start:
  la t0, vector; csrw mtvec, t0
  la s0, records
  ecall
  ebreak
  li t1, 0
  ld t2, 0(t1)
  sd t2, 16(t1)
  lb t2, 1(t1)
  lr.w t2, (t1)
  la ra, 1f
  li t3, 0x100
  jr t3
1:
  csrw 0x123, t0
  li t1, 8; csrs mstatus, t1
  ecall
  host_call 1, open_public
  la t0, write_public; sd a0, 0(t0)
  la t1, records; sub t1, s0, t1; sd t1, 16(t0)
  host_call 5, write_public
  host_call 0x18, leave
.balign 4
vector:
  csrr a2, mcause; sd a2, 0(s0)
  csrr a3, mepc; sd a3, 8(s0)
  csrr a4, mtval; sd a4, 16(s0)
  csrr a4, mstatus; sd a4, 24(s0)
  addi s0, s0, 32
  addi a3, a3, 4
  li a5, 1
  bne a2, a5, 2f
  mv a3, ra
2:
  csrw mepc, a3
  mret
.section .rodata
out: .asciz "zeroos.out"
.data
.balign 8
open_public: .quad out, 5, 10
write_public: .quad 0, records, 0
leave: .quad 0x20026, 0
records: .space 1024
"""
)


@pytest.mark.parametrize("private", [b"input!", b"", bytes(range(16))])
def test_streams(assemble: Assemble, private: bytes) -> None:
    qemu = executor_of(_VIRT)
    image = assemble("qemu-virt", _STREAMS.replace("CODE", "200"))
    for ran in (run(image, _VIRT, input=private), run(image, _VIRT, qemu, input=private)):
        assert ran.streams == (b"out\xff\0\n", b"err", private)
        assert (ran.result.outcome, ran.result.exit_code) == ("exit", 200)


@pytest.mark.parametrize("code", [0, 1, 127, 128, 254, 255])
def test_exit_codes(assemble: Assemble, code: int) -> None:
    qemu = executor_of(_VIRT)
    image = assemble("qemu-virt", _STREAMS.replace("CODE", str(code)))
    assert run(image, _VIRT).result.exit_code == code
    assert run(image, _VIRT, qemu).result.exit_code == code


@pytest.mark.parametrize("word", [0x5555, 0x73333, 0xFF3333])
def test_finisher(assemble: Assemble, word: int) -> None:
    qemu = executor_of(_VIRT)
    text = f".globl _start\n_start: li t0, 0x100000; li t1, {word}; sw t1, 0(t0)\n1: j 1b\n"
    image = assemble("qemu-virt", text)
    assert run(image, _VIRT).result.exit_code == word >> 16
    assert run(image, _VIRT, qemu).result.exit_code == word >> 16


def test_traps(assemble: Assemble) -> None:
    qemu = executor_of(_VIRT)
    image = assemble("qemu-virt", _TRAPS)
    ours, fast, theirs = run(image, _VIRT), run(image, _VIRT, fast=True), run(image, _VIRT, qemu)
    assert len(theirs.public) == 9 * 32 and ours.public == fast.public

    def records(data: bytearray) -> list[tuple[int, ...]]:
        # QEMU's mstatus also says that supervisor and user mode would be 64 bits wide.
        found = struct.iter_unpack("<QQQQ", data)
        return [(cause, pc, value, status & 0xFFFFFFFF) for cause, pc, value, status in found]

    assert records(ours.public) == records(theirs.public)
    assert [cause for cause, *_ in records(ours.public)] == [11, 3, 5, 7, 5, 5, 1, 2, 11]
