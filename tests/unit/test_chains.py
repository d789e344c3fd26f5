# SPDX-License-Identifier: MIT OR Apache-2.0
"""Call chains read from an image: which function leads where."""

from __future__ import annotations

from tests.support.objects import assemble, link
from zeroos_build.chains import Chains
from zeroos_build.elf.image import Image

# `table` is a named object; behind it lies the jump table of `worker`, which has no name.
CODE = """
    .globl _start, main, worker, root, far
    .type main, @function
    .type worker, @function
    .type root, @function
    .type far, @function
_start:
    call main
main:
    call root
    call worker
    ret
root:
    lla a0, table
    lbu a0, (a0)
    ret
worker:
    lla a0, 1f
    lw a0, (a0)
2:  ret
far:
    ret
    .section .rodata
    .type table, @object
    .size table, 8
table:
    .zero 8
1:  .word far - 1b
    .word 2b - 1b
"""


def test_a_table_without_a_name_belongs_to_who_uses_it() -> None:
    image = Image(link([assemble(CODE, march="rv64im")], "--emit-relocs", "--no-relax"), "t")
    chain = Chains(image).to(image.addresses["far"])
    assert chain == ["main", "worker", "far"]
