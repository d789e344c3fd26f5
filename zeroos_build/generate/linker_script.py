# SPDX-License-Identifier: MIT OR Apache-2.0
"""Where the parts of an image lie."""

from __future__ import annotations

from zeroos_build.facts import Facts
from zeroos_build.generate.text import header, render

_PF = {"x": 1, "w": 2, "r": 4}
# Some targets decode padding: `nop`, or `c.nop` twice, in the byte order of linker scripts.
_NOP, _SHORT_NOPS = "0x13000000", "0x01000100"


def link_script(facts: Facts, aliases: dict[str, str], *, tls: bool, unwinds: bool = False) -> str:
    """The linker script of an image; `aliases` define symbols by other symbols.

    Unwind tables are kept where the program `unwinds`.
    """
    roles = [role for region in facts.regions for role in region.holds]
    segments = []
    if "entry" in roles:
        segments.append({"name": "entry", "type": "PT_LOAD", "flags": _flags(facts.flags["text"])})
    segments += [
        {"name": part, "type": "PT_LOAD", "flags": _flags(facts.flags[part])}
        for part in ("text", "rodata", "data")
    ]
    if tls:
        segments.append({"name": "tls", "type": "PT_TLS", "flags": 4})
    heap = next(region for region in facts.regions if "heap" in region.holds)
    heap_end = (
        hex(heap.end & ~0xFFF) if facts.heap is None else f"zeroos_heap_start + {hex(facts.heap)}"
    )
    filled = "segments-filled" in facts.rules
    regions = []
    for index, region in enumerate(facts.regions):
        alone = region.holds == ("stack",)
        regions.append(
            {
                "name": region.name,
                "start": region.start,
                "end": region.end,
                "holds": region.holds,
                "first": index == 0,
                "alone": alone,
                "check": _last_symbol(region.holds, copied=facts.copied),
                "guard": region.guard,
            }
        )
    return render(
        "link.ld.j2",
        header=header(
            f"Where {facts.name} lies on {facts.target}.", ["target.toml", "the manifest"]
        ),
        segments=segments,
        regions=regions,
        stack=-(-facts.stack // 16) * 16,
        align=facts.align,
        fill=_SHORT_NOPS if facts.compressed else _NOP,
        has_entry="entry" in roles,
        copied=facts.copied,
        filled=filled,
        # Loaders that want all in the file go by names as well: this one is data to them.
        tdata=".data.tls" if filled else ".tdata",
        tls=tls,
        unwinds=unwinds,
        heap_end=heap_end,
        memory_end=_memory_end(facts),
        aliases=sorted(aliases.items()),
    )


def link_options(*, unwinds: bool) -> str:
    """The options of the image's link that hang on what is in it, as a response file.

    The table of unwind entries is for programs that unwind; others would carry it for nothing.
    """
    return "--eh-frame-hdr\n" if unwinds else ""


def _memory_end(facts: Facts) -> str:
    """What pointers of the program can point below."""
    last = [r.holds for r in facts.regions if {"heap", "stack"} & set(r.holds)][-1]
    return "zeroos_heap_end" if "heap" in last else "zeroos_stack_high"


def _last_symbol(holds: tuple[str, ...], *, copied: bool) -> str | None:
    if "heap" in holds:
        return "zeroos_heap_end"
    if "data" in holds:
        return "_end"
    if "rodata" in holds and copied:
        return "zeroos_data_load + zeroos_data_file_size"
    if "rodata" in holds:
        return "zeroos_rodata_start + zeroos_rodata_size"
    return None


def _flags(letters: str) -> int:
    return sum(_PF[letter] for letter in letters)
