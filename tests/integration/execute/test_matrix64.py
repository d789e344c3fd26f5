# SPDX-License-Identifier: MIT OR Apache-2.0
"""What each zkVM of 64 bits does with a guest that does one thing, as test_matrix.py for 32."""

from __future__ import annotations

import hashlib

import pytest

from zeroos_build.target import load_target

from conftest import Assemble, executor_of, outcome  # isort: skip

_WORDS = ", ".join(map(str, hashlib.sha256(b"").digest()))
# How a guest prints `text` and ends its run.
_MACROS = {
    "jolt": """
.macro put
  li a0, 0x505249; la a1, text; li a2, 6; li a3, 1; .word 0x0000205b
.endm
.macro leave code
  li t0, 0x7fffc000; li t1, 1
  .if \\code == 0
  addi t0, t0, 8
  .endif
  sb t1, 0(t0)
  .word 0x0000006f
.endm
""",
    "zisk": """
.macro put
  la t0, text; addi t1, t0, 6; li t2, 0xA0400200
1: lbu t3, 0(t0); sb t3, 0(t2); addi t0, t0, 1; bne t0, t1, 1b
.endm
.macro leave code
  li a0, \\code; li a7, 93; ecall
.endm
""",
    "sp1": f"""
.macro put
  li a0, 1; la a1, text; li a2, 6; li t0, 2; ecall
.endm
.macro leave code
  la t1, digest; li a0, 0; li t2, 8
1: lwu a1, 0(t1); li t0, 0x10; ecall
  li a1, 0; li t0, 0x1a; ecall
  addi t1, t1, 4; addi a0, a0, 1; bne a0, t2, 1b
  li a0, \\code; li t0, 0; ecall
.endm
.section .rodata
.balign 8
digest: .byte {_WORDS}
""",
}
_COLUMNS = ("jolt", "zisk", "sp1")
# As in test_matrix.py; a blank: nobody looked.
_CASES = {
    "hello": ("", "..."),
    "csr": (".word 0xc0002573", "LlL"),
    "csr-unexecuted": ("j 1f\n .word 0xc0002573\n 1:", "lll"),
    "csr-of-machine-mode": (
        "li a1, 24; .word 0x34059073; .word 0x34002573; bne a0, a1, fail", ". L",
    ),
    "csr-that-clears": ("li a1, 1; .word 0x3405b073", "L L"),
    "csr-immediate": (".word 0x34025073", "L L"),
    "csr-of-interrupts": (".word 0x30459073", "L L"),
    "csr-of-the-hart": (".word 0xf1402573", "LlL"),
    "amo": ("la a1, data; li a2, 5; .word 0x00c5a52f; lw a3, 0(a1); bne a2, a3, fail", "..L"),
    "amo-unexecuted": ("j 1f\n .word 0x00c5a52f\n 1:", "..L"),
    "compressed": (".word 0x00010001", ".LL"),
    "compressed-unexecuted": ("j 1f\n .word 0x00010001\n 1:", ".lL"),
    "float": (".word 0x02b57553", "LLL"),
    "float-unexecuted": ("j 1f\n .word 0x02b57553\n 1:", "LLL"),
    "misaligned-lw": ("la a1, data; lw a2, 1(a1)", "F.F"),
    "misaligned-lh": ("la a1, data; lh a2, 1(a1)", "F.F"),
    "misaligned-ld": ("la a1, data; ld a2, 4(a1)", "F.F"),
    "misaligned-sw": ("la a1, data; sw a2, 2(a1)", "F.F"),
    "fence": (".word 0x0ff0000f", "..F"),
    "fence.i": (".word 0x0000100f", "llL"),
    "ebreak": (".word 0x00100073", "fFF"),
    "ebreak-unexecuted": ("j 1f\n .word 0x00100073\n 1:", "..."),
    "unimp": (".word 0xc0001073", "LLL"),
    "unimp-unexecuted": ("j 1f\n .word 0xc0001073\n 1:", "lll"),
    "zero-unexecuted": ("j 1f\n .word 0\n 1:", ".lL"),
    "ones-unexecuted": ("j 1f\n .word -1\n 1:", "LlL"),
    "data-in-code": ('j 1f\n .ascii "data"\n 1:', ".lL"),
    "ecall": ("li t0, 0x999; li a7, 64; ecall", "FFF"),
    "null-load": ("lw a1, 0(zero)", "fFf"),
    "null-store": ("sw zero, 0(zero)", "FFf"),
    "wild-store": ("li a1, 0x2000000000; sw zero, 0(a1)", "FFf"),
    "wild-load": ("li a1, 0x2000000000; lw a2, 0(a1)", " Ff"),
    "jump-far": ("li a1, 0x1000; jr a1", " FF"),
    "jump-to-data": ("la a1, code; jalr a1", "fFF"),
    "store-to-code": ("la a1, _start; sw zero, 0(a1)", "fFf"),
    "bss": ("la a1, empty; ld a2, 0(a1); bnez a2, fail", "..."),
    "div0": ("li a1, 7; div a2, a1, zero; addi a2, a2, 1; bnez a2, fail", "..."),
    "rem0": ("li a1, 7; rem a2, a1, zero; bne a2, a1, fail", "..."),
    "mulhsu": ("li a1, -1; li a2, -1; mulhsu a3, a1, a2; bne a3, a1, fail", "..."),
    "wrong-value": ("j fail", "FFF"),
}  # fmt: skip
_DATA = """
.section .rodata
text: .ascii "hello\\n"
.data
.balign 8
data: .dword 0, 0
code: .word 0x00008067
.bss
.balign 8
empty: .zero 64
"""


def _guest(target: str, body: str) -> str:
    macros = f"{_MACROS[target]}.text\n.globl _start\n_start:\n"
    return f"{macros} put\n{body}\n leave 0\nfail: leave 3\n{_DATA}"


def _seen(targets: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(c, t) for c in _CASES for t in targets if _CASES[c][1][_COLUMNS.index(t)] != " "]


@pytest.mark.parametrize(("case", "target"), _seen(_COLUMNS))
def test_embedded(assemble: Assemble, case: str, target: str) -> None:
    body, wanted = _CASES[case]
    image = assemble(target, _guest(target, body))
    assert outcome(image, target) == wanted[_COLUMNS.index(target)].upper()


@pytest.mark.built_executor
@pytest.mark.parametrize(
    ("case", "target"), _seen(tuple(name for name in _COLUMNS if load_target(name).executor))
)
def test_executor(assemble: Assemble, case: str, target: str) -> None:
    body, columns = _CASES[case]
    image = assemble(target, _guest(target, body))
    wanted = columns[_COLUMNS.index(target)]
    got = outcome(image, target, executor_of(load_target(target)))
    # A word that ends the run when it is executed is refused by the embedded machine at once.
    assert got == ("." if wanted in "fl" else wanted) or (wanted, got) == ("L", "F")
