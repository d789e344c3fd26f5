# SPDX-License-Identifier: MIT OR Apache-2.0
"""What each zkVM of 32 bits does with a guest that does one thing, case by case.

The executors of all of them were seen to do what the table says, each case in a guest of its own.
The embedded machine is held to it for every zkVM, the executors that are here as well.
"""

from __future__ import annotations

import hashlib

import pytest

from zeroos_build.target import load_target

from conftest import Assemble, executor_of, outcome  # isort: skip

_WORDS = ", ".join(map(str, hashlib.sha256(b"").digest()))
_EMPTY_JOURNAL = ", ".join(
    map(str, bytes.fromhex("836f175c62c0f353831665427e8b0b34f6d1d21902764daeb406c6b83db575b0"))
)
# How a guest prints `text` and ends its run.
_MACROS = {
    "risc0": f"""
.macro put
  li a3, 1; la a4, text; li a5, 6; li t6, 16; la a2, name; li t0, 2; ecall
.endm
.macro leave code
  li a0, \\code << 8; la a1, digest; li t0, 0; ecall
.endm
.section .rodata
.balign 4
digest: .byte {_EMPTY_JOURNAL}
name: .asciz "risc0_zkvm_platform::syscall::nr::SYS_WRITE"
""",
    "openvm": """
.macro put
  la t0, text; li t1, 6; .insn i 0x0b, 3, t0, t1, 1
.endm
.macro leave code
  .insn i 0x0b, 0, x0, x0, \\code
.endm
""",
    "pico": f"""
.macro put
  li a0, 1; la a1, text; li a2, 6; li t0, 2; ecall
.endm
.macro leave code
  la t1, digest; li a0, 0
1: lw a1, 0(t1); li t0, 0x10; ecall
  addi t1, t1, 4; addi a0, a0, 1; li a1, 8; bne a0, a1, 1b
  li a0, \\code; li t0, 0; ecall
.endm
.section .rodata
.balign 4
digest: .byte {_WORDS}
""",
    "airbender": """
.macro word value
  li t0, \\value; csrrw x0, 0x7c0, t0
.endm
.macro put
  word -1
  word 3
  word 6
  word 0x6c6c6568
  word 0x00000a6f
.endm
.macro leave code
  .if \\code
  .word 0xc0001073
  .else
  j .
  .endif
.endm
""",
    "nexus": """
.macro put
  li a0, 1; la a1, text; li a2, 6; li a7, 0x200; ecall
.endm
.macro leave code
  lw t0, 0x84(zero); li t1, \\code; .insn s 0x5b, 0, t1, 0(t0)
  li a0, \\code; li a7, 0x201; ecall
.endm
""",
}  # fmt: skip
_COLUMNS = ("risc0", "openvm", "pico", "airbender", "nexus")
# The guest's body, and for each of the columns what becomes of it:
#   .  it runs to its end          F  the run fails          L  the image is not loaded
#   f, l  the same for the embedded machine, while the zkVM takes it without a word.
_CASES = {
    "hello": ("", "....."),
    "csr": (".word 0xc0002573", "FLLFF"),
    "csr-unexecuted": ("j 1f\n .word 0xc0002573\n 1:", ".ll.."),
    "amo": ("la a2, data; .word 0x00b6252f", "FLLFF"),
    "amo-unexecuted": ("j 1f\n .word 0x00b6252f\n 1:", ".LL.."),
    "compressed": (".word 0x00010001", "FLLFF"),
    "compressed-unexecuted": ("j 1f\n .word 0x00010001\n 1:", ".LL.."),
    "float": (".word 0x02b57553", "FLLFF"),
    "float-unexecuted": ("j 1f\n .word 0x02b57553\n 1:", ".LL.."),
    "misaligned-lw": ("la a1, data; lw a2, 1(a1)", "FfFFF"),
    "misaligned-lw-by-2": ("la a1, data; lw a2, 2(a1)", "FfFFF"),
    "misaligned-lh-by-1": ("la a1, data; lh a2, 1(a1)", "FFFFF"),
    "misaligned-lh-by-3": ("la a1, data; lhu a2, 3(a1)", "FFFFF"),
    "misaligned-sw": ("la a1, data; sw a2, 2(a1)", "FfFFF"),
    "fence": (".word 0x0ff0000f", "F.FFF"),
    "fence.i": (".word 0x0000100f", "FLLFF"),
    "ebreak": (".word 0x00100073", "FFFFF"),
    "ebreak-unexecuted": ("j 1f\n .word 0x00100073\n 1:", "....."),
    "unimp": (".word 0xc0001073", "FlLFF"),
    "unimp-unexecuted": ("j 1f\n .word 0xc0001073\n 1:", ".ll.."),
    "zero": (".word 0", "FLLFF"),
    "zero-unexecuted": ("j 1f\n .word 0\n 1:", ".LL.."),
    "ones-unexecuted": ("j 1f\n .word -1\n 1:", ".LL.."),
    "data-in-code": ('j 1f\n .ascii "data"\n 1:', ".LL.."),
    "ecall": ("li t0, 0x999; ecall", "FFFFF"),
    "null-load": ("lw a1, 0(zero)", "Fff.F"),
    "null-store": ("sw zero, 0(zero)", "FffFF"),
    "wild-store": ("li a1, 0xF0000000; sw zero, 0(a1)", "FFFFF"),
    "wild-load": ("li a1, 0xF0000000; lw a2, 0(a1)", "FFFFF"),
    "jump-far": ("li a1, 0x1000; jr a1", "FFfFF"),
    "jump-to-data": ("la a1, code; jalr a1", "fFffF"),
    "store-to-code": ("la a1, _start; sw zero, 0(a1)", "fffFF"),
    "bss": ("la a1, empty; lw a2, 0(a1); bnez a2, fail", "....."),
    "div0": ("li a1, 7; div a2, a1, zero; addi a2, a2, 1; bnez a2, fail", "....."),
    "rem0": ("li a1, 7; rem a2, a1, zero; bne a2, a1, fail", "....."),
    "mulhsu": ("li a1, -1; li a2, -1; mulhsu a3, a1, a2; bne a3, a1, fail", "....."),
    "wrong-value": ("j fail", "FFFFF"),
}  # fmt: skip
_DATA = """
.section .rodata
text: .ascii "hello\\n"
.data
.balign 8
data: .word 0, 0
code: jr ra
.bss
.balign 8
empty: .zero 64
"""


def _guest(target: str, body: str) -> str:
    macros = f"{_MACROS[target]}.text\n.globl _start\n_start:\n"
    return f"{macros} put\n{body}\n leave 0\nfail: leave 3\n{_DATA}"


@pytest.mark.parametrize("target", _COLUMNS)
@pytest.mark.parametrize("case", _CASES)
def test_embedded(assemble: Assemble, case: str, target: str) -> None:
    body, wanted = _CASES[case]
    image = assemble(target, _guest(target, body))
    assert outcome(image, target) == wanted[_COLUMNS.index(target)].upper()


@pytest.mark.built_executor
@pytest.mark.parametrize("target", [name for name in _COLUMNS if load_target(name).executor])
@pytest.mark.parametrize("case", _CASES)
def test_executor(assemble: Assemble, case: str, target: str) -> None:
    body, columns = _CASES[case]
    image = assemble(target, _guest(target, body))
    wanted = columns[_COLUMNS.index(target)]
    got = outcome(image, target, executor_of(load_target(target)))
    # A word that ends the run when it is executed is refused by the embedded machine at once.
    assert got == ("." if wanted in "fl" else wanted) or (wanted, got) == ("L", "F")
