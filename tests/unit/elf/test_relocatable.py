# SPDX-License-Identifier: MIT OR Apache-2.0
"""Reading, changing and writing relocatable objects."""

from __future__ import annotations

import io
import struct

import pytest
from elftools.elf.elffile import ELFFile

from tests.support.objects import assemble, compile_c, link
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.elf import constants as c
from zeroos_build.elf.image import Image
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.elf.tables import Relocation

PROGRAM = """
static int counter = 3;
int shared[4];
static int add(int a) { counter += a; return counter; }
int (*table[2])(int) = { add, add };
int entry(int a) { return table[a & 1](a) + shared[a & 3]; }
"""
GROUPED = """
    .section .text.one, "axG", @progbits, one, comdat
    .globl one
one: ecall
    ret
    .text
    .globl two
two: call one
    ret
"""


def facts(data: bytes) -> dict[str, object]:
    """What pyelftools, which shares no code with ours, reads in an object."""
    elf = ELFFile(io.BytesIO(data))
    symbols = elf.get_section_by_name(".symtab")
    found: dict[str, object] = {
        "symbols": sorted(
            (s.name, s["st_value"], s["st_info"]["bind"], str(s["st_shndx"]))
            for s in symbols.iter_symbols()
            if s.name
        )
    }
    for section in elf.iter_sections():
        if section["sh_type"] == "SHT_RELA":
            found[section.name] = [
                (
                    r["r_offset"],
                    r["r_info_type"],
                    symbols.get_symbol(r["r_info_sym"]).name,
                    r["r_addend"],
                )
                for r in section.iter_relocations()
            ]
        elif section["sh_flags"] & c.SHF_ALLOC:
            found[section.name] = section.data()
    return found


@pytest.mark.parametrize("march", ["rv64im", "rv64imac", "rv32im"])
def test_writing_what_was_read_changes_nothing(march: str) -> None:
    data = compile_c(
        PROGRAM, march=march, mabi="lp64" if "64" in march else "ilp32", extra="-O2 -g"
    )
    assert facts(Relocatable.parse(data, "x.o").to_bytes()) == facts(data)


def test_new_locals_move_globals_and_everything_that_names_them() -> None:
    data = compile_c(PROGRAM)
    obj = Relocatable.parse(data, "x.o")
    text = next(s for s in obj.sections if s.executable and s.data)
    label = obj.add_local(".Lnew", text.index, 4)
    obj.relocations(text.index).append(Relocation(0, c.R_RISCV_JAL, label, 0))
    undefined = obj.undefined("elsewhere")
    assert obj.undefined("elsewhere") == undefined
    assert obj.undefined("entry") != undefined
    before, after = facts(data), facts(obj.to_bytes())
    name = f".rela{text.name}"
    assert set(before["symbols"]) < set(after["symbols"])  # type: ignore[arg-type,call-overload]
    added = [row for row in after[name] if row not in before[name]]  # type: ignore[operator,attr-defined]
    assert added == [(0, c.R_RISCV_JAL, ".Lnew", 0)]


def test_a_changed_object_links_and_groups_stay_whole() -> None:
    obj = Relocatable.parse(assemble(GROUPED), "x.o")
    text = next(s for s in obj.sections if s.name == ".text.one")
    obj.add_local(".Lnew", text.index, 0)
    section = obj.add_section(".zeroos.sites", c.SHT_PROGBITS, c.SHF_LINK_ORDER, bytes(8), 8)
    section.link = text.index
    obj.join_group_of(text.index, section)
    label = obj.undefined("one")
    obj.relocations(section.index).append(Relocation(0, c.R_RISCV_64, label, 0))
    data = obj.to_bytes()
    # The same group twice: the linker keeps one and drops the other with all its members.
    image = Image(link([data, data.replace(b"two\0", b"tri\0")]), "linked")
    sites = image.section(".zeroos.sites")
    assert sites is not None
    assert struct.unpack("<Q", image.content(sites)) == (image.addresses["one"],)


def test_address_significance_follows_the_symbols() -> None:
    data = compile_c(PROGRAM, extra="-O2 -faddrsig")
    obj = Relocatable.parse(data, "x.o")
    table = next((s for s in obj.sections if s.type == c.SHT_LLVM_ADDRSIG), None)
    assert table is not None
    assert table.data

    def names(owner: Relocatable) -> list[str]:
        section = next(s for s in owner.sections if s.type == c.SHT_LLVM_ADDRSIG)
        return [owner.symbols[index].name for index in section.data]  # indices below 128

    wanted = names(obj)
    for number in range(5):
        obj.add_local(f".L{number}", 1, 0)
    assert names(Relocatable.parse(obj.to_bytes(), "y.o")) == wanted


def test_objects_without_a_symbol_table_get_one() -> None:
    empty = assemble(".text\n nop")
    obj = Relocatable.parse(empty, "x.o")
    obj.undefined("f")
    assert Relocatable.parse(obj.to_bytes(), "x.o").symbols[-1].name == "f"


def refused(data: bytes) -> str:
    with pytest.raises(ZeroosError) as problem:
        Relocatable.parse(data, "x.o")
    return problem.value.diagnostics[0].code


def test_wrong_machines_are_refused() -> None:
    data = bytearray(compile_c(PROGRAM))
    data[5] = 2
    assert refused(bytes(data)) == "ZOS411"
    data[5] = 1
    struct.pack_into("<H", data, 18, 62)
    assert refused(bytes(data)) == "ZOS411"


def test_every_truncation_is_refused_or_read() -> None:
    data = compile_c(PROGRAM)
    for size in range(0, len(data), 7):
        try:
            Relocatable.parse(data[:size], "x.o").to_bytes()
        except ZeroosError as problem:
            assert problem.diagnostics[0].code in ("ZOS410", "ZOS411", "ZOS416")
        else:
            pytest.fail(f"the first {size} of {len(data)} bytes were taken for an object")


def test_unknown_relocation_forms_are_refused() -> None:
    data = compile_c(PROGRAM)
    obj = Relocatable.parse(data, "x.o")
    next(s for s in obj.sections if s.name == ".comment").type = c.SHT_CREL
    assert refused(obj.to_bytes()) == "ZOS416"


def test_an_address_significance_table_that_is_out_of_date() -> None:
    """GNU strip removes symbols and clears the table's link, but leaves its numbers."""
    obj = Relocatable.parse(compile_c(PROGRAM, extra="-O2 -faddrsig"), "x.o")
    table = next(s for s in obj.sections if s.type == c.SHT_LLVM_ADDRSIG)
    table.link, table.data = 0, bytearray(b"\x7f")
    text = next(s for s in obj.sections if s.executable and s.data)
    obj.add_local("new", text.index, 0)
    again = Relocatable.parse(obj.to_bytes(), "x.o")
    assert next(s for s in again.sections if s.type == c.SHT_LLVM_ADDRSIG).data == b"\x7f"
