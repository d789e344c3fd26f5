# SPDX-License-Identifier: MIT OR Apache-2.0
"""Capstone's view of the ISA against our own decoder's, which lowering and verify use."""

from __future__ import annotations

import os
import random

import pytest

from zeroos_build.execute.isa import undecodable, unexecutable
from zeroos_build.riscv.decode import decode
from zeroos_build.target import Isa

from .guests import SP1, VIRT

_OPCODES = (0x03, 0x0F, 0x13, 0x17, 0x1B, 0x23, 0x2F, 0x33, 0x37, 0x3B, 0x63, 0x67, 0x6F, 0x73)
_FENCE = 0x0FF0000F


def _isa(march: str) -> Isa:
    abi = "lp64" if march.startswith("rv64") else "ilp32"
    return VIRT.isa.model_copy(update={"march": march, "abi": abi})


def _random_words(rng: random.Random, count: int) -> list[int]:
    words = []
    for _ in range(count):
        word = rng.getrandbits(32) & ~0x7F | rng.choice(_OPCODES)
        if rng.random() < 0.5:
            word = word & 0x01FFFFFF | rng.choice((0, 0x20, 1)) << 25
        words.append(word)
    return words


@pytest.mark.parametrize(
    "march", ["rv64im", "rv64ima", "rv64ima_zicsr_zifencei", "rv32im", "rv32ima"]
)
def test_agrees_with_our_decoder(march: str) -> None:
    seed = int(os.environ.get("ZEROOS_TEST_SEED") or "1")
    print(f"seed {seed}")
    words = _random_words(random.Random(seed), 20_000)
    isa = _isa(march)
    bad = undecodable(words, isa)
    for word in words:
        if word & 0x7F in (0x0F, 0x73):
            continue
        ours = decode(word, isa.xlen)
        known = ours is not None and ours.extension in isa.extensions
        assert known == (word not in bad), (seed, hex(word), ours)


@pytest.mark.parametrize(
    ("word", "sp1", "virt"),
    [
        (0x00000073, True, True),  # ecall
        (0x00100073, True, True),  # ebreak
        (_FENCE, True, True),
        (0x8330000F, True, True),  # fence.tso
        (0x0100000F, True, True),  # pause
        (0x0000100F, False, True),  # fence.i
        (0x30529073, False, True),  # csrw mtvec, t0
        (0x30200073, False, True),  # mret
        (0x10500073, False, True),  # wfi
        (0x10200073, False, False),  # sret
        (0xC00022F3, False, False),  # rdcycle t0
        (0xC0001073, False, False),  # unimp
        (0x0000202F, False, True),  # amoadd.w
        (0x00000053, False, False),  # fadd.s
        (0x00000007, False, False),  # flw's neighbourhood
        (0x00000000, False, False),
        (0xFFFFFFFF, False, False),
        (0x00010001, False, False),  # two compressed nops
    ],
)
def test_words(word: int, sp1: bool, virt: bool) -> None:
    assert (word not in undecodable([word], SP1.isa)) is sp1
    assert (word not in undecodable([word], VIRT.isa)) is virt


def test_a_fence_may_be_there_and_not_run() -> None:
    assert list(unexecutable([_FENCE, 0x13], SP1.isa)) == [_FENCE]
    assert list(unexecutable([_FENCE, 0x13], VIRT.isa)) == []
