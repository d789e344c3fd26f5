# SPDX-License-Identifier: MIT OR Apache-2.0
"""Tables of landing pads live and die with their function.

LLVM marks the table of a function outside of a group with SHF_LINK_ORDER only when it is told that
the linker is newer than GNU ld 2.36, which rustc does not tell. Without the mark a linker keeps
every table that unwind entries of a linked object name, with it every function that a table points
into, and so all that Rust's std can call.
"""

from __future__ import annotations

from zeroos_build.elf import constants as c
from zeroos_build.elf.relocatable import Relocatable

_PREFIX = ".gcc_except_table."


def tie_tables(obj: Relocatable) -> None:
    """Mark each table of one function as part of the section that holds the function.

    GCC's table of a function that it has split points into two sections; such a one stays as it is.
    """
    for section in obj.sections:
        if not section.name.startswith(_PREFIX) or section.type != c.SHT_PROGBITS:
            continue
        if section.flags & (c.SHF_LINK_ORDER | c.SHF_GROUP):
            continue
        pointed = {obj.symbols[r.symbol].section for r in obj.relocations(section.index)}
        code = [n for n in pointed if 0 < n < len(obj.sections) and obj.sections[n].executable]
        if len(code) == 1:
            section.flags |= c.SHF_LINK_ORDER
            section.link = code[0]
            obj.changed = True
