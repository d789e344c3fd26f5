# SPDX-License-Identifier: MIT OR Apache-2.0
"""Objects without mapping symbols: data in code is left alone, or the object is refused."""

from __future__ import annotations

import pytest

from tests.support.objects import assemble
from tests.unit.lower.test_lower import config, function, sites
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.elf.sites import SiteKind
from zeroos_build.lower.batch import lower_objects


def unmarked(text: str, march: str = "rv64im") -> bytes:
    """An object as old assemblers made it."""
    obj = Relocatable.parse(assemble(text, march=march), "x.o")
    for symbol in obj.symbols:
        if symbol.name.startswith("$"):
            symbol.name = f".L{symbol.name[1]}"
    return obj.to_bytes()


def lowered(text: str, march: str = "rv64im", **changes: object) -> Relocatable:
    data = lower_objects([("x.o", unmarked(text, march))], config(**changes)).objects[0]
    return Relocatable.parse(data, "x.o")


def refused(text: str, march: str = "rv64im", **changes: object) -> str:
    """The message; the code is always the same."""
    with pytest.raises(ZeroosError) as problem:
        lowered(text, march, **changes)
    (found,) = problem.value.diagnostics
    assert found.code == "ZOS420"
    return found.message


def code_of(obj: Relocatable) -> bytes:
    return next(bytes(s.data) for s in obj.sections if s.executable and s.data)


READS = "lla a1, 1f\n lw a0, 4(a1)\n li a7, 64\n ecall\n ret\n1: "


@pytest.mark.parametrize("values", ["0x12345037, 0x13, 0x6f", "0x00b50533"])
@pytest.mark.parametrize("march", ["rv64im", "rv64imac"])
def test_data_stays_as_it_is(values: str, march: str) -> None:
    text = function(READS + f".word {values}") + function("li a7, 64\n ecall", "g")
    obj = lowered(text, march)
    assert [site.kind for site in sites(obj)] == [SiteKind.CALL, SiteKind.CALL]
    words = b"".join(int(x, 0).to_bytes(4, "little") for x in values.split(","))
    assert words in code_of(obj)


@pytest.mark.parametrize(
    ("word", "name"),
    [("0xf", "fence"), ("0x73", "ecall"), ("0x100073", "ebreak"), ("0x0010_0513", "")],
)
def test_data_that_would_be_replaced(word: str, name: str) -> None:
    text = function(READS + f".word 0x13, {word.replace('_', '')}")
    if not name:
        assert len(sites(lowered(text))) == 1
        return
    message = refused(text)
    assert f"whether `{name}` or data stands in `.text`+0x1c (function `f`)" in message


def test_the_same_where_it_is_executed() -> None:
    """Reached by a branch, by a table in data and by the function that another object calls."""
    table = "\n .section .rodata\n .dword 1b\n"
    text = function("beqz a0, 2f\n jr a1\n1: fence\n ret\n2: fence.i\n ebreak") + table
    kinds = [site.kind for site in sites(lowered(text))]
    assert kinds == [SiteKind.FENCE, SiteKind.FENCE, SiteKind.TRAP]


def test_an_instruction_that_data_swallows() -> None:
    """Two bytes of data look like the first half of an instruction, whose second one is real."""
    c = {"march": "rv64imac", "extensions": ("i", "m", "c")}
    jump = function("j 1f\n .half 0x13\n1: li a7, 64\n ecall")
    assert "whether an instruction that something jumps to or data" in refused(jump, **c)  # type: ignore[arg-type]
    lone = function("call exit\n .half 0x13\n ecall\n .word 0x00b50533")
    assert "cannot decode" in refused(lone, **c)  # type: ignore[arg-type]
    behind = function("call exit\n ret\n .half 0x13").replace("0x13\n ret", "0x13")
    behind += function("li a7, 64\n ecall", "g")
    assert "whether an instruction that something jumps to or data" in refused(behind, **c)  # type: ignore[arg-type]


def test_compressed_code_grows_and_data_does_not() -> None:
    """For a target without C; these data read as `c.nop`."""
    data = "0x0001, 0x0001, 0x0505, 0x0001"
    text = function(f"c.li a7, 1\n lla a1, 1f\n ld a0, 0(a1)\n ret\n .balign 8\n1: .half {data}")
    obj = lowered(text, "rv64imac")
    assert bytes.fromhex("0100010005050100") in code_of(obj)
    assert b"\x93\x08\x10\0" in code_of(obj)  # li a7, 1
