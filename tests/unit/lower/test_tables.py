# SPDX-License-Identifier: MIT OR Apache-2.0
"""Tables of landing pads are tied to their function."""

from __future__ import annotations

import pytest

from tests.support.objects import assemble
from tests.unit.lower.test_lower import config
from zeroos_build.elf import constants as c
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.elf.tables import Section
from zeroos_build.lower.batch import lower_objects

CODE = """
.section .text.one,"ax",@progbits
one: ret
.section .text.other,"ax",@progbits
other: ret
"""


def table(directive: str, name: str = ".gcc_except_table.one", rest: str = '"a"') -> list[Section]:
    """The lowered object's sections, the table being the last of its name."""
    text = f"{CODE}\n.section {name},{rest},@progbits\n{directive}\n"
    done = lower_objects([("a.o", assemble(text, march="rv64im"))], config())
    return Relocatable.parse(done.objects[0], "a.o").sections


def find(sections: list[Section], name: str) -> Section:
    return next(section for section in sections if section.name == name)


def test_table_of_one_function() -> None:
    sections = table(".word 7\n.dword one\n.dword one + 2")
    found = find(sections, ".gcc_except_table.one")
    assert found.flags & c.SHF_LINK_ORDER
    assert sections[found.link].name == ".text.one"


@pytest.mark.parametrize(
    ("directive", "name"),
    [
        (".dword one, other", ".gcc_except_table.one"),
        (".word 7", ".gcc_except_table.one"),
        (".dword one", ".gcc_except_table"),
        (".dword one", ".rodata.one"),
    ],
    ids=["split", "points-nowhere", "of-all", "no-table"],
)
def test_left_alone(directive: str, name: str) -> None:
    found = find(table(directive, name), name)
    assert not found.flags & c.SHF_LINK_ORDER
    assert found.link == 0
