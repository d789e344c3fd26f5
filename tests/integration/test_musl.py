# SPDX-License-Identifier: MIT OR Apache-2.0
"""All of musl, by each toolchain: every site is found, every instruction read as capstone does."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from functools import cache

import capstone
import pytest

from tests.support.toolchains import choose
from tests.unit.riscv.test_decode import spelled
from zeroos_build.bare import bare_facts
from zeroos_build.elf import constants as c
from zeroos_build.elf.archive import members
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.elf.sites import SYSCALLS, Site, SiteKind, decode, source_name
from zeroos_build.facts import Facts
from zeroos_build.lower.batch import lower_objects
from zeroos_build.lower.program import Program
from zeroos_build.riscv.decode import decode as decode_word
from zeroos_build.sysroot import build_sysroot
from zeroos_build.toolchain.base import Abi, Toolchain
from zeroos_build.toolchain.zig import Zig


# What each compiler makes of musl 1.2.5 for a width: its ecalls, those with one constant number,
# and the most registers that a site saves on average. Compilers merge and copy equal code, so
# the numbers differ; another decoder counts the ecalls as well.
@dataclass(frozen=True)
class Expected:
    sites: int
    constant: int
    saved: float


EXPECTED = {
    ("zig", 64): Expected(495, 490, 3),
    ("gcc", 64): Expected(491, 486, 3.5),
    ("gcc-elf", 64): Expected(491, 486, 3.5),
    ("clang", 64): Expected(495, 490, 3),
    # Without a sign to extend more wrappers end in a tail call, and then ra is live.
    ("zig", 32): Expected(491, 486, 3.4),
}
MODES = {64: capstone.CS_MODE_RISCV64, 32: capstone.CS_MODE_RISCV32}


@dataclass(frozen=True)
class Musl:
    """One toolchain's musl, before and after lowering."""

    xlen: int
    expected: Expected
    facts: Facts
    objects: list[tuple[str, bytes]]
    lowered: list[bytes]
    sites: list[Site]


@cache
def facts_of(xlen: int) -> Facts:
    """SP1's, and those of a machine like it with 32 bits."""
    if xlen == 64:
        return bare_facts("sp1", {})
    return replace(bare_facts("qemu-virt32", {}), march="rv32im", fence="nop", ebreak="abort")


@cache
def lowered_musl(name: str, xlen: int) -> Musl:
    abi = Abi(f"rv{xlen}im", "lp64" if xlen == 64 else "ilp32")
    data = build_sysroot(found_toolchain(name), abi).libc.read_bytes()
    objects = [(f"libc.a({m.name})", bytes(m.data)) for m in members(data, "libc.a")]
    facts = facts_of(xlen)
    lowered = lower_objects(objects, facts.lower_config({}, ()))
    found = []
    for content in lowered.objects:
        obj = Relocatable.parse(content, "object")
        for section in obj.sections:
            if section.name == ".zeroos.sites":
                found += list(decode(bytes(section.data), "object"))
    return Musl(xlen, EXPECTED[name, xlen], facts, objects, lowered.objects, found)


@cache
def found_toolchain(name: str) -> Toolchain:
    with pytest.MonkeyPatch.context() as patch:
        return choose(name, patch)


@pytest.fixture(params=list(EXPECTED), ids=lambda key: f"{key[0]}-rv{key[1]}")
def musl(request: pytest.FixtureRequest) -> Musl:
    return lowered_musl(*request.param)


def ecalls(musl: Musl) -> int:
    """Counted by capstone, in every executable section."""
    reader = capstone.Cs(capstone.CS_ARCH_RISCV, MODES[musl.xlen])
    return sum(
        name == "ecall"
        for _, data in musl.objects
        for section in Relocatable.parse(data, "object").sections
        if section.executable
        for _, _, name, _ in reader.disasm_lite(bytes(section.data), 0)
    )


def test_every_site_is_found(musl: Musl) -> None:
    expected = musl.expected
    calls = [site for site in musl.sites if site.kind in SYSCALLS | {SiteKind.EDGE}]
    assert len(calls) == expected.sites == ecalls(musl)
    constant = [site for site in calls if site.number >= 0]
    print(f"{len(constant)} of {len(calls)} sites have one constant number")
    assert len(constant) == expected.constant
    unknown = {site.function for site in calls if site.kind is SiteKind.OPEN}
    assert unknown == {"do_setxid"}


def test_forwarders_are_found(musl: Musl) -> None:
    uses = {site.entry for site in musl.sites if site.kind is SiteKind.FORWARDED}
    assert {"__syscall_cp", "__syscall_cp_c", "__syscall_cp_asm"} <= uses
    assert not [site for site in musl.sites if site.kind is SiteKind.FORWARDED_UNKNOWN]


def test_every_edge_is_found(musl: Musl) -> None:
    """The names in edges.toml are those of the source; a compiler may inline or split."""
    there = {(source_name(s.function), s.number) for s in musl.sites if s.kind is SiteKind.EDGE}
    wanted = {(e.function, e.number) for e in musl.facts.edges if e.entry}
    # Two names of one function.
    aliases = {("__init_tls", 222), ("static_init_tls", 222)}
    assert wanted - aliases <= there
    assert aliases & there


def test_few_registers_are_saved(musl: Musl) -> None:
    """Over all sites but those of frame syscalls, which save everything by definition."""
    every = [s for s in musl.sites if s.kind in SYSCALLS | {SiteKind.EDGE}]
    counts = [s.saved.bit_count() for s in every if s.kind is not SiteKind.FRAME]
    mean = sum(counts) / len(counts)
    none = counts.count(0)
    print(f"mean of saved registers: {mean:.2f} at {len(counts)} sites; {none} save none")
    assert mean <= musl.expected.saved


def test_no_system_call_is_left(musl: Musl) -> None:
    for data in musl.lowered:
        obj = Relocatable.parse(data, "object")
        program = Program(obj)
        for section in obj.sections:
            if section.executable:
                names = {i.mnemonic for _, i in program.code(section.index)}
                assert names.isdisjoint({"ecall", "ebreak", "fence", "fence.i"})


def test_the_decoder_agrees_with_capstone_on_all_of_musl(musl: Musl) -> None:
    reader = capstone.Cs(capstone.CS_ARCH_RISCV, MODES[musl.xlen])
    checked = 0
    for _, data in musl.objects:
        obj = Relocatable.parse(data, "object")
        for section in obj.sections:
            if not section.executable:
                continue
            theirs = {
                address: name for address, _, name, _ in reader.disasm_lite(bytes(section.data), 0)
            }
            for offset in range(0, len(section.data), 4):
                (word,) = struct.unpack_from("<I", section.data, offset)
                mine = decode_word(word, musl.xlen)
                assert mine is not None
                assert spelled(theirs[offset]) == mine.mnemonic
                checked += 1
    print(f"{checked} instructions")
    assert checked > 100_000


def test_the_headers_are_the_only_difference_from_stock_musl(musl: Musl) -> None:
    """The sources are the wheel's own, byte for byte, and all of them."""
    source = Zig().musl_source()
    names = {name.removeprefix("libc.a(").rstrip(")") for name, _ in musl.objects}
    assert "stdio_printf.o" in names
    assert len(names) > 1300
    assert (source / "src/stdio/printf.c").is_file()
    flags = {obj.flags for obj in (Relocatable.parse(d, n) for n, d in musl.objects)}
    assert not any(flag & c.EF_RISCV_FLOAT_ABI for flag in flags)
