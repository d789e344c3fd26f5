# SPDX-License-Identifier: MIT OR Apache-2.0
"""The decoder against the manual's examples, against capstone, and against itself."""

from __future__ import annotations

import random
import struct

import capstone
import pytest

from zeroos_build.riscv import encode as e
from zeroos_build.riscv import registers as r
from zeroos_build.riscv.decode import decode
from zeroos_build.riscv.graph import Effect, Entry, Graph
from zeroos_build.riscv.liveness import liveness
from zeroos_build.riscv.table import TABLE, Flow
from zeroos_build.riscv.values import UNKNOWN, Argument, value_before

# capstone's spellings of what the manual calls pseudo-instructions.
ALIASES = {
    "j": "jal", "ret": "jalr", "jr": "jalr", "li": "addi", "mv": "addi", "nop": "addi",
    "beqz": "beq", "bnez": "bne", "bltz": "blt", "bgez": "bge", "blez": "bge", "bgtz": "blt",
    "seqz": "sltiu", "snez": "sltu", "sltz": "slt", "sgtz": "slt", "neg": "sub", "negw": "subw",
    "not": "xori", "sext.w": "addiw", "csrr": "csrrs", "csrw": "csrrw", "csrs": "csrrs",
    "csrc": "csrrc", "csrwi": "csrrwi", "csrsi": "csrrsi", "csrci": "csrrci", "unimp": "csrrw",
    "rdcycle": "csrrs", "rdtime": "csrrs", "rdinstret": "csrrs", "fmv.s": "fsgnj.s",
    "fneg.s": "fsgnjn.s", "fabs.s": "fsgnjx.s", "fmv.d": "fsgnj.d", "fneg.d": "fsgnjn.d",
    "fabs.d": "fsgnjx.d", "frflags": "csrrs", "fsflags": "csrrw", "frrm": "csrrs",
    "fsrm": "csrrw", "frcsr": "csrrs", "fscsr": "csrrw", "fsflagsi": "csrrwi", "fsrmi": "csrrwi",
    "fence.tso": "fence",
}  # fmt: skip


def spelled(text: str) -> str:
    """A capstone mnemonic as the table has it."""
    for order in (".aqrl", ".aq", ".rl"):
        text = text.removesuffix(order)
    return ALIASES.get(text, text)


@pytest.mark.parametrize("xlen", [32, 64])
def test_every_row_decodes_to_itself(xlen: int) -> None:
    for entry in TABLE:
        if entry.xlen in (0, xlen):
            found = decode(entry.match, xlen)
            assert found is not None
            assert (found.mnemonic, found.size) == (entry.mnemonic, 4), entry
        elif entry.mnemonic not in {row.mnemonic for row in TABLE if row.xlen in (0, xlen)}:
            found = decode(entry.match, xlen)
            assert found is None or found.mnemonic != entry.mnemonic


@pytest.mark.parametrize("xlen", [32, 64])
def test_random_words_agree_with_capstone(xlen: int) -> None:
    """Words around every row: what both know has the same name."""
    mode = capstone.CS_MODE_RISCV64 if xlen == 64 else capstone.CS_MODE_RISCV32
    reader = capstone.Cs(capstone.CS_ARCH_RISCV, mode)
    rng = random.Random(xlen)
    rows = [entry for entry in TABLE if entry.xlen in (0, xlen)]
    for entry in rows:
        for _ in range(40):
            word = entry.match | rng.getrandbits(32) & ~entry.mask
            mine = decode(word, xlen)
            theirs = list(reader.disasm_lite(struct.pack("<I", word), 0, 1))
            if mine is None or not theirs:
                continue
            # Rounding modes and reserved fence fields are none of the table's business.
            assert spelled(theirs[0][2]) == mine.mnemonic or mine.mnemonic in ("fence", "pause"), (
                f"{word:08x}: {theirs[0][2:]} and {mine.mnemonic}"
            )


COMPRESSED = {
    "c.unimp": "csrrw",
    "c.nop": "addi", "c.addi4spn": "addi", "c.addi16sp": "addi", "c.li": "addi", "c.mv": "add",
    "c.j": "jal", "c.jal": "jal", "c.jr": "jalr", "c.jalr": "jalr", "c.beqz": "beq",
    "c.bnez": "bne", "c.lwsp": "lw", "c.ldsp": "ld", "c.swsp": "sw", "c.sdsp": "sd",
    "c.fldsp": "fld", "c.fsdsp": "fsd", "c.flwsp": "flw", "c.fswsp": "fsw",
}  # fmt: skip


@pytest.mark.parametrize("xlen", [32, 64])
def test_every_compressed_word_agrees_with_capstone(xlen: int) -> None:
    """All 49152 halfwords: the same operation on the same registers, and the same illegal ones."""
    mode = capstone.CS_MODE_RISCV64 if xlen == 64 else capstone.CS_MODE_RISCV32
    reader = capstone.Cs(capstone.CS_ARCH_RISCV, mode | capstone.CS_MODE_RISCVC)
    reserved = set()
    for half in range(1 << 16):
        if half & 3 == 3:
            continue
        mine = decode(half, xlen)
        theirs = list(reader.disasm_lite(struct.pack("<H", half), 0, 1))
        if mine is None:
            if theirs:
                reserved.add(theirs[0][2])
            continue
        assert mine.size == 2
        if not theirs:
            # Hints (writes to x0) and, without D, the floating-point forms.
            assert mine.writes == 0 or mine.extension in "fd", f"{half:04x}"
            continue
        name, operands = theirs[0][2:]
        assert COMPRESSED.get(name, name.removeprefix("c.")) == mine.mnemonic, f"{half:04x} {name}"
        named = {r.NUMBER[word] for word in operands.replace("(", " ").replace(")", " ")
                 .replace(",", " ").split() if word in r.NUMBER}  # fmt: skip
        touched = set(r.members(mine.reads | mine.writes))
        # sp and ra may be implied by the name; x0 counts for nothing.
        assert touched - {1, 2} <= named | {0}, f"{half:04x} {name} {operands}"
        assert named - {0} <= touched, f"{half:04x} {name} {operands}"
    # What capstone decodes and the manual reserves: c.unimp, shifts by 32 and more on rv32.
    allowed = {"c.unimp"} | ({"c.slli", "c.srli", "c.srai"} if xlen == 32 else set())
    assert reserved <= allowed | {"c.addiw", "c.jr", "c.lui", "c.addi16sp", "c.addi4spn"}


@pytest.mark.parametrize(
    ("half", "xlen", "text"),
    [
        (0x0001, 64, "addi zero, zero, 0"),
        (0x4529, 64, "addi a0, zero, 10"),
        (0x1141, 64, "addi sp, sp, -16"),
        (0x7179, 64, "addi sp, sp, -48"),
        (0xE406, 64, "sd ra, 8(sp)"),
        (0x60A2, 64, "ld ra, 8(sp)"),
        (0x8082, 64, "jalr zero, 0(ra)"),
        (0x9002, 64, "ebreak"),
        (0x852E, 64, "add a0, zero, a1"),
        (0x2501, 64, "addiw a0, a0, 0"),
        (0x2001, 32, "jal ra, 0"),
        (0xDFFD, 64, "beq a5, zero, -2"),
    ],
)
def test_expansions(half: int, xlen: int, text: str) -> None:
    found = decode(half, xlen)
    assert found is not None
    name = text.split()[0]
    assert (found.mnemonic, found.size) == (name, 2)
    for register in r.members(found.reads | found.writes):
        assert r.NAMES[register] in text


def test_illegal_halfwords() -> None:
    unimp = decode(0, 64)  # defined illegal: what `unimp` is in long form
    assert unimp is not None
    assert (unimp.word, unimp.size) == (0xC0001073, 2)
    assert decode(0x8002, 64) is None  # c.jr x0
    assert decode(0x6081, 64) is None  # c.lui with 0


def test_immediates_round_trip() -> None:
    rng = random.Random(5)
    for _ in range(500):
        offset = rng.randrange(-(1 << 20), 1 << 20, 2)
        assert decode(e.jal(1, offset), 64).imm == offset  # type: ignore[union-attr]
        offset = rng.randrange(-4096, 4096, 2)
        assert decode(e.b_type(0x63, 1, 5, 6, offset), 64).imm == offset  # type: ignore[union-attr]
        offset = rng.randrange(-2048, 2048)
        assert decode(e.addi(7, 8, offset), 64).imm == offset  # type: ignore[union-attr]
        assert decode(e.store(7, 8, offset, 64), 64).imm == offset  # type: ignore[union-attr]


def test_immediates_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="12 signed bits"):
        e.addi(1, 1, 2048)
    with pytest.raises(ValueError, match="21 signed bits"):
        e.jal(0, 1 << 20)


def test_reads_and_writes() -> None:
    found = decode(0x00B50533, 64)  # add a0, a0, a1
    assert found is not None
    assert (found.reads, found.writes) == (1 << 10 | 1 << 11, 1 << 10)
    found = decode(0x00000013, 64)  # nop writes x0, which is no register
    assert found is not None
    assert (found.reads, found.writes) == (0, 0)


# -- analyses on small graphs --------------------------------------------------------------


def graph(*words: int) -> Graph:
    """Straight-line code that ends in `ret`, entered from outside."""
    made = Graph()
    for number, word in enumerate(words):
        instruction = decode(word, 64)
        assert instruction is not None
        made.instructions.append(instruction)
        effect = {Flow.ECALL: Effect.SITE, Flow.JALR: Effect.RETURN}.get(
            instruction.flow, Effect.NONE
        )
        made.effects.append(effect)
        made.successors.append(() if effect is Effect.RETURN else (number + 1,))
    made.entries[0] = Entry.VISIBLE
    return made


RET = e.jalr(0, 1)
ECALL = 0x73


def test_only_what_a_caller_may_read_is_live_at_a_return() -> None:
    found = liveness(graph(e.addi(17, 0, 64), ECALL, RET))
    assert found.behind[1] == 1 << r.RA | 1 << r.A0 | 1 << r.A1


def test_a_site_keeps_everything_but_a0() -> None:
    found = liveness(graph(ECALL, e.r_type(0x33, 10, 0, 10, 28, 0), RET))
    assert found.before[0] >> r.T3 & 1
    assert found.behind[0] >> r.T3 & 1


def test_values_follow_copies_and_arithmetic() -> None:
    made = graph(e.u_type(0x37, 5, 0x1000), e.i_type(0x1B, 5, 0, 5, -1), e.mv(17, 5), ECALL, RET)
    assert value_before(made, 3, r.A7).constants == {0xFFF}


def test_values_end_at_arguments() -> None:
    made = graph(e.mv(17, 12), ECALL, RET)
    assert value_before(made, 1, r.A7).arguments == {Argument(0, 2)}


def test_a_system_call_destroys_a0_only() -> None:
    made = graph(e.addi(17, 0, 64), ECALL, ECALL, e.mv(17, 10), ECALL, RET)
    assert value_before(made, 2, r.A7).constants == {64}
    assert value_before(made, 4, r.A7) == UNKNOWN


def test_a_loop_that_counts_is_unknown() -> None:
    made = graph(e.addi(17, 0, 1), e.addi(17, 17, 1), e.b_type(0x63, 1, 17, 5, -4), ECALL, RET)
    made.successors[2] = (3, 1)
    assert value_before(made, 3, r.A7).unknown


def test_an_address_that_is_taken_may_be_entered_with_anything() -> None:
    made = graph(e.addi(17, 0, 64), ECALL, RET)
    made.entries[1] = Entry.TAKEN
    assert value_before(made, 1, r.A7).unknown
