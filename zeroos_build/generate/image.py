# SPDX-License-Identifier: MIT OR Apache-2.0
"""The C source with everything that only one image has."""

from __future__ import annotations

import hashlib
from typing import Any

from zeroos_build.facts import Facts
from zeroos_build.generate.text import c_string, header, render


def image_source(
    facts: Facts,
    entries: list[str],
    dispatchers: list[dict[str, Any]],
    *,
    leaving: list[str],
    tls: bool,
    program_headers: bool,
    unwinds: bool = False,
) -> str:
    """The C file with everything that only this image has.

    `leaving` are functions that a dispatcher jumps to and that do not return. `tls`: the program
    has thread-local storage. `program_headers`: it asks for all headers (dl_iterate_phdr), not only
    for what the C library needs to start.
    """
    strings = [facts.name, *facts.args, *(f"{key}={value}" for key, value in facts.env.items())]
    argc = 1 + len(facts.args)
    rows, symbols = _headers(facts, tls=tls, everything=program_headers, unwinds=unwinds)
    initial = [str(argc)]
    initial += [f"(unsigned long)string_{i}" for i in range(argc)] + ["0"]
    initial += [f"(unsigned long)string_{i}" for i in range(argc, len(strings))] + ["0"]
    if rows:
        initial += ["3, (unsigned long)headers", "4, sizeof headers[0]", f"5, {len(rows)}"]
    initial += ["6, 4096", "25, (unsigned long)at_random", "0, 0"]
    # The C library starts with sp at them, and sp is always a multiple of 16.
    words, round_up = sum(word.count(",") + 1 for word in initial), 128 // facts.xlen
    initial += ["0"] * (-words % round_up)
    random_bytes = hashlib.sha256(b"AT_RANDOM " + facts.name.encode()).digest()[:16]
    seed = bytes.fromhex(facts.seed) if facts.seed else b""
    return render(
        "image.c.j2",
        header=header(f"What only this image of `{facts.name}` has.", ["the manifest", "the link"]),
        name=c_string(facts.name),
        strings=[c_string(text) for text in strings],
        random_bytes=", ".join(map(str, random_bytes)),
        headers=rows,
        header_symbols=symbols,
        header_type=f"struct zeroos_phdr{facts.xlen}",
        argc=argc,
        initial=initial,
        epoch=facts.epoch,
        seed=", ".join(map(str, seed)) or "0",
        entries=entries,
        dispatchers=dispatchers,
        leaving=leaving,
        bundle=_bundle(facts),
        note=note_lines(facts),
    )


def _bundle(facts: Facts) -> dict[str, Any] | None:
    """What the image takes of a bundle; None where its input is none."""
    if facts.bundle is None:
        return None
    names = [f"ZEROOS_BUNDLE_{part.upper()}" for part in facts.bundle]
    adder = "zeroos_bundle_add_file" if "files" in facts.bundle else "NULL"
    return {"allowed": " | ".join(names) or "0", "adder": adder}


def _headers(
    facts: Facts, *, tls: bool, everything: bool, unwinds: bool
) -> tuple[list[str], list[str]]:
    """Rows of the synthetic program header table and the linker symbols in them."""
    rows, symbols = [], []

    def add(kind: int, flags: int, start: str, file_size: str, size: str, align: str) -> None:
        names = [n for n in (start, file_size, size, align) if n.startswith("zeroos")]
        symbols.extend(names)
        words = [
            f"(uintptr_t){n}" if n.startswith("zeroos") else n
            for n in (start, file_size, size, align)
        ]
        first, second, third, last = words
        if facts.xlen == 64:
            rows.append(f"{kind}, {flags}, 0, {first}, {first}, {second}, {third}, {last}")
        else:
            rows.append(f"{kind}, 0, {first}, {first}, {second}, {third}, {flags}, {last}")

    if everything:
        for part, flags in (("text", 5), ("rodata", 4), ("data", 6)):
            base = f"zeroos_{part}"
            add(1, flags, f"{base}_start", f"{base}_file_size", f"{base}_size", "4096")
    if unwinds:
        base = "zeroos_eh_frame_hdr"
        add(0x6474E550, 4, f"{base}_start", f"{base}_size", f"{base}_size", "4")
    if tls:
        add(7, 4, "zeroos_tls_start", "zeroos_tls_file_size", "zeroos_tls_size", "zeroos_tls_align")
    return rows, sorted(set(symbols))


def _own_handlers(facts: Facts) -> dict[str, Any]:
    """What a reader of the image alone could not know: which calls have handlers of their own."""
    rows = {c.name: [c.number, c.abi] for c in facts.calls if c.name in facts.handlers}
    return {"handlers": rows} if rows else {}


def note_lines(facts: Facts) -> list[str]:
    """The ELF note as assembler lines: who made the image, for which target.

    A Linux process is told its arguments and environment when it starts, so they stand here.
    """
    import json

    if facts.kernel == "linux":
        said: dict[str, Any] = {"args": list(facts.args), "env": facts.env}
        reads = {"mode": "stream", "allow": []}
    else:
        said, reads = {}, {"mode": facts.input_mode, "allow": list(facts.bundle or ())}
    text = json.dumps(
        {**said, "schema": 1, "target": facts.target, "dispatch": facts.dispatch,
         "name": facts.name, "tool": facts.tool, "input": reads,
         "policy": {name: [p.action, p.value] for name, p in facts.policy.items()},
         **_own_handlers(facts)},
        sort_keys=True,
    )  # fmt: skip
    data = text.encode()
    padded = data + bytes(-len(data) % 4)
    words = ",".join(str(byte) for byte in padded)
    return [
        '.section .note.zeroos, "", @note',
        ".balign 4",
        f".4byte 7, {len(data)}, 1",
        '.asciz "zeroos"',
        ".byte 0",
        f".byte {words}",
        ".text",
    ]
