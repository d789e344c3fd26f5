# SPDX-License-Identifier: MIT OR Apache-2.0
"""The verifier finds what is wrong with linked code, instruction by instruction."""

from __future__ import annotations

import struct
from dataclasses import replace
from functools import cache

import pytest

from tests.support.objects import assemble, link
from zeroos_build.bare import bare_facts
from zeroos_build.elf.image import Image
from zeroos_build.elf.sites import SiteKind
from zeroos_build.facts import Facts
from zeroos_build.lower import placing
from zeroos_build.lower.batch import lower_objects
from zeroos_build.riscv import encode as e
from zeroos_build.riscv.decode import decode
from zeroos_build.verify.isa import check_isa
from zeroos_build.verify.rules import check_rules
from zeroos_build.verify.thunks import check_thunks

PROGRAM = """
    .globl f
    .type f, @function
f:  addi sp, sp, -16
    sd ra, 8(sp)
    li a7, 64
    ecall
    li a7, 172
    ecall
    li a7, 178
    ecall
    li a7, 220
    ecall
    beqz a0, 1f
    li a7, 94
    ecall
1:  li a7, 64
    ecall
    li a1, 0
    ld ra, 8(sp)
    addi sp, sp, 16
    ret
"""
SUPPORT = """
    .globl zeroos_enter_write, zeroos_enter_exit_group, zeroos_enter_clone
zeroos_enter_write: ret
zeroos_enter_exit_group: j zeroos_enter_exit_group
zeroos_enter_clone: ret
    .data
    .globl zeroos_tid
zeroos_tid: .word 1
"""


@cache
def facts() -> Facts:
    return bare_facts("sp1", {})


def image(*flags: str) -> Image:
    """The program, lowered for SP1 and linked with handlers."""
    config = facts().lower_config({}, ())
    data = lower_objects([("program.o", assemble(PROGRAM))], config).objects[0]
    return Image(link([data, assemble(SUPPORT)], *flags), "image")


def patched(original: Image, address: int, word: int) -> Image:
    """A copy with one instruction replaced."""
    data = bytearray(original.data)
    for segment in original.loads:
        if segment.address <= address < segment.address + segment.file_size:
            struct.pack_into("<I", data, segment.offset + address - segment.address, word)
    return Image(bytes(data), "image")


def word_at(owner: Image, address: int) -> int:
    data = owner.read_memory(address, 4)
    assert data is not None
    return int(struct.unpack("<I", data)[0])


def complaints(owner: Image) -> list[str]:
    return [d.message for d in check_thunks(owner, facts())]


@pytest.mark.parametrize("flags", [(), ("--no-relax",), ("--relax-gp",)])
def test_what_lowering_made_is_accepted(flags: tuple[str, ...]) -> None:
    made = image(*flags)
    kinds = [site.kind for site in made.sites]
    assert kinds == [
        SiteKind.CALL, SiteKind.CONSTANT, SiteKind.LOAD, SiteKind.FRAME, SiteKind.NORETURN,
        SiteKind.CALL,
    ]  # fmt: skip
    assert complaints(made) == []


def test_every_changed_instruction_of_a_thunk_is_found() -> None:
    """Each instruction between a thunk's start and its jump back, replaced by others."""
    made = image()
    checked = 0
    for site in made.sites:
        if site.kind not in (SiteKind.CALL, SiteKind.LOAD, SiteKind.FRAME) or not site.resume:
            continue
        position = site.thunk
        while True:
            original = word_at(made, position)
            instruction = decode(original, 64)
            assert instruction is not None
            for other in (e.NOP, original ^ 1 << 7, original ^ 1 << 20, original ^ 1 << 25):
                if other != original and complaints(patched(made, position, other)) == []:
                    # A nop may only replace what does nothing.
                    pytest.fail(f"{made.describe(position)}: {original:08x} became {other:08x}")
                checked += 1
            if instruction.mnemonic == "jal" and instruction.rd == 0:
                break
            position += 4
    assert checked > 250


def test_sites_that_were_not_replaced_are_found() -> None:
    made = image()
    for site in made.sites:
        assert complaints(patched(made, site.site, 0x73)), site


def test_a_wrong_constant_is_found() -> None:
    made = image()
    site = next(s for s in made.sites if s.kind is SiteKind.CONSTANT)
    assert complaints(patched(made, site.site, e.addi(10, 0, 2)))


# -- detours -------------------------------------------------------------------------------


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> Image:
    """The program, as if a jump reached nowhere."""
    monkeypatch.setattr(placing, "REACH", -1)
    return image()


def test_detours_are_accepted(far: Image) -> None:
    assert [site.kind for site in far.sites if site.detour] == [
        SiteKind.CALL, SiteKind.LOAD, SiteKind.FRAME, SiteKind.NORETURN, SiteKind.CALL,
    ]  # fmt: skip
    assert complaints(far) == []


def test_every_changed_instruction_of_a_detour_is_found(far: Image) -> None:
    checked = 0
    for site in far.sites:
        if not site.detour or not site.resume:
            continue
        places = [site.start, site.start + 4]
        places += range(site.thunk, site.resume + 4 * len(site.after) + 8, 4)
        for position in places:
            original = word_at(far, position)
            for other in (e.NOP, original ^ 1 << 7, original ^ 1 << 20, original ^ 1 << 25):
                if other != original and complaints(patched(far, position, other)) == []:
                    pytest.fail(f"{far.describe(position)}: {original:08x} became {other:08x}")
                checked += 1
    assert checked > 250


# -- instructions and layout ---------------------------------------------------------------


def isa(text: str, march: str = "rv64imac_zicsr_zifencei_zihintpause") -> list[str]:
    """What is wrong with the instructions of a program on SP1."""
    made = Image(link([assemble(text, march=march)]), "image")
    return [d.message for d in check_isa(made, facts())]


@pytest.mark.parametrize(
    "line", ["ecall", "ebreak", "fence", "fence.i", "amoadd.w a0, a1, (a2)", "lr.d a0, (a1)",
             "csrr a0, cycle", "csrw 0x300, a0", "rdtime a0", "mret", "wfi", "pause", "unimp"],
)  # fmt: skip
def test_each_instruction_that_sp1_lacks_is_found(line: str) -> None:
    assert len(isa(f".option norvc\n nop\n {line}\n ret")) >= 1


def test_compressed_code_and_data_in_code_are_found() -> None:
    assert isa(".option rvc\n c.li a0, 1\n c.nop\n ret", "rv64imac")
    assert isa("nop\n .word 0\n nop")
    assert isa("nop\n .word 0xffffffff\n nop")


def test_plain_code_is_accepted() -> None:
    assert isa(".option norvc\n add a0, a1, a2\n mulhsu a0, a1, a2\n divuw a0, a1, a2\n ret") == []


def test_host_calls_may_stand_in_the_bootloader_only() -> None:
    text = (
        ".globl zeroos_host_start, zeroos_host_end\nzeroos_host_start: ecall\nzeroos_host_end: ret"
    )
    assert isa(text, "rv64im") == []
    assert isa(text.replace("zeroos_host_end: ret", "zeroos_host_end: ecall"), "rv64im") != []


def codes(made: Image, owner: Facts | None = None) -> set[str]:
    return {d.code for d in check_rules(made, owner or facts())}


def test_segments_outside_of_memory_are_found() -> None:
    assert "ZOS505" in codes(image())  # linked at 0x10000, where SP1 has its stack


@pytest.mark.parametrize("room", [4, 8])
def test_what_does_not_fit_is_one_finding(room: int) -> None:
    """Also where the next segment begins behind the memory."""
    made = image()
    first, second = made.loads[:2]
    assert first.address + first.size > first.address + room <= second.address
    regions = tuple(
        replace(r, start=first.address, end=first.address + room) if "text" in r.holds else r
        for r in facts().regions
    )
    small = replace(facts(), regions=regions)
    found = [d for d in check_rules(made, small) if "memory of sp1" in d.message]
    assert [d.message.partition(" 0x")[0] for d in found] == ["the program reaches to"]


def test_other_widths_are_found() -> None:
    assert codes(image(), replace(facts(), xlen=32)) == {"ZOS502"}


def test_writable_code_is_found() -> None:
    assert "ZOS504" in codes(image("-N"))


def test_too_much_code_is_found() -> None:
    made = image()
    assert "ZOS505" in codes(made, replace(facts(), text_limit=16))
