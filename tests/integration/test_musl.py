# SPDX-License-Identifier: MIT OR Apache-2.0
"""All of musl: every site is found, every instruction is read as capstone reads it."""

from __future__ import annotations

import struct
from dataclasses import replace
from functools import cache

import capstone
import pytest

from tests.unit.riscv.test_decode import spelled
from zeroos_build.bare import bare_facts
from zeroos_build.elf import constants as c
from zeroos_build.elf.archive import members
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.elf.sites import SYSCALLS, Site, SiteKind, decode
from zeroos_build.facts import Facts
from zeroos_build.lower.batch import lower_objects
from zeroos_build.lower.program import Program
from zeroos_build.riscv.decode import decode as decode_word
from zeroos_build.sysroot import Sysroot, build_sysroot
from zeroos_build.toolchain.base import Abi
from zeroos_build.toolchain.zig import Zig

# ecalls in musl 1.2.5, counted by `objdump -d | grep -c ecall`.
SITES = {64: 495, 32: 491}
CONSTANT = {64: 490, 32: 486}

both = pytest.mark.parametrize("xlen", [64, 32])


@cache
def sysroot(xlen: int) -> Sysroot:
    return build_sysroot(Zig(), Abi(f"rv{xlen}im", "lp64" if xlen == 64 else "ilp32"))


@cache
def facts(xlen: int) -> Facts:
    """SP1's, and those of a machine like it with 32 bits."""
    if xlen == 64:
        return bare_facts("sp1", {})
    return replace(bare_facts("qemu-virt32", {}), march="rv32im", fence="nop", ebreak="abort")


@cache
def objects(xlen: int) -> list[tuple[str, bytes]]:
    data = sysroot(xlen).libc.read_bytes()
    return [(f"libc.a({m.name})", bytes(m.data)) for m in members(data, "libc.a")]


@cache
def sites(xlen: int) -> list[Site]:
    lowered = lower_objects(objects(xlen), facts(xlen).lower_config({}, ()))
    found = []
    for data in lowered.objects:
        obj = Relocatable.parse(data, "object")
        for section in obj.sections:
            if section.name == ".zeroos.sites":
                found += list(decode(bytes(section.data), "object"))
    return found


@both
def test_every_site_is_found(xlen: int) -> None:
    calls = [site for site in sites(xlen) if site.kind in SYSCALLS | {SiteKind.EDGE}]
    assert len(calls) == SITES[xlen]
    constant = [site for site in calls if site.number >= 0]
    print(f"{len(constant)} of {len(calls)} sites have one constant number")
    assert len(constant) >= CONSTANT[xlen]
    unknown = {site.function for site in calls if site.kind is SiteKind.OPEN}
    assert unknown == {"do_setxid"}


@both
def test_forwarders_are_found(xlen: int) -> None:
    uses = {site.entry for site in sites(xlen) if site.kind is SiteKind.FORWARDED}
    assert {"__syscall_cp", "__syscall_cp_c", "__syscall_cp_asm"} <= uses
    assert not [site for site in sites(xlen) if site.kind is SiteKind.FORWARDED_UNKNOWN]


def test_edges_have_the_same_names_on_both_widths() -> None:
    found = []
    for xlen in (64, 32):
        names = {call.number: call.name for call in facts(xlen).calls}
        edges = {(edge.function, edge.number) for edge in facts(xlen).edges}
        seen = edges & {(site.function, site.number) for site in sites(xlen)}
        found.append({(function, names[number]) for function, number in seen})
    assert found[0] == found[1]
    assert ("__lock", "futex") in found[0]


@both
def test_few_registers_are_saved(xlen: int) -> None:
    """Over all sites but those of frame syscalls, which save everything by definition."""
    every = [s for s in sites(xlen) if s.kind in SYSCALLS | {SiteKind.EDGE}]
    counts = [s.saved.bit_count() for s in every if s.kind is not SiteKind.FRAME]
    mean = sum(counts) / len(counts)
    none = counts.count(0)
    print(f"mean of saved registers: {mean:.2f} at {len(counts)} sites; {none} save none")
    # Without a sign to extend more wrappers end in a tail call, and then ra is live.
    assert mean <= (3 if xlen == 64 else 3.4)


@both
def test_no_system_call_is_left(xlen: int) -> None:
    for data in lower_objects(objects(xlen), facts(xlen).lower_config({}, ())).objects:
        obj = Relocatable.parse(data, "object")
        program = Program(obj)
        for section in obj.sections:
            if section.executable:
                names = {i.mnemonic for _, i in program.code(section.index)}
                assert names.isdisjoint({"ecall", "ebreak", "fence", "fence.i"})


@both
def test_the_decoder_agrees_with_capstone_on_all_of_musl(xlen: int) -> None:
    mode = capstone.CS_MODE_RISCV64 if xlen == 64 else capstone.CS_MODE_RISCV32
    reader = capstone.Cs(capstone.CS_ARCH_RISCV, mode)
    checked = 0
    for _, data in objects(xlen):
        obj = Relocatable.parse(data, "object")
        for section in obj.sections:
            if not section.executable:
                continue
            theirs = {
                address: name for address, _, name, _ in reader.disasm_lite(bytes(section.data), 0)
            }
            for offset in range(0, len(section.data), 4):
                (word,) = struct.unpack_from("<I", section.data, offset)
                mine = decode_word(word, xlen)
                assert mine is not None
                assert spelled(theirs[offset]) == mine.mnemonic
                checked += 1
    print(f"{checked} instructions")
    assert checked > 100_000


@both
def test_the_headers_are_the_only_difference_from_stock_musl(xlen: int) -> None:
    """The sources are the wheel's own, byte for byte, and all of them."""
    source = Zig().musl_source()
    names = {name.removeprefix("libc.a(").rstrip(")") for name, _ in objects(xlen)}
    assert "stdio_printf.o" in names
    assert len(names) > 1300
    assert (source / "src/stdio/printf.c").is_file()
    flags = {obj.flags for obj in (Relocatable.parse(d, n) for n, d in objects(xlen))}
    assert not any(flag & c.EF_RISCV_FLOAT_ABI for flag in flags)
