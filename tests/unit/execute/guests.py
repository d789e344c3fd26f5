# SPDX-License-Identifier: MIT OR Apache-2.0
"""Small guests made without a toolchain: words of code and an ELF file around them."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from zeroos_build.execute import RunRequest, RunResult, run_embedded
from zeroos_build.riscv.encode import addi, b_type, i_type, j_type, r_type, s_type, u_type
from zeroos_build.target import Target, load_target

ZERO, RA, SP, GP, TP, T0, T1, T2, S0, S1, A0, A1, A2, A3, A4, A5, A6, A7 = range(18)
ECALL, EBREAK, NOP = 0x00000073, 0x00100073, 0x00000013
# The stack, heap and data of a guest for SP1.
TEXT, DATA = 0x78000000, 0x78100000

SP1 = load_target("sp1")
VIRT = load_target("qemu-virt")
ZISK = load_target("zisk")


def lui(rd: int, value: int) -> int:
    return u_type(0x37, rd, value)


def li(rd: int, value: int) -> list[int]:
    """Two words that set a register to any 32-bit value."""
    low = (value & 0xFFF) - (value & 0x800) * 2
    high = (value - low) & 0xFFFFFFFF
    return [lui(rd, high - (high >> 31 << 32)), i_type(0x1B, rd, 0, rd, low)]


def ld(rd: int, base: int, offset: int = 0) -> int:
    return i_type(0x03, rd, 3, base, offset)


def lw(rd: int, base: int, offset: int = 0) -> int:
    return i_type(0x03, rd, 2, base, offset)


def sd(value: int, base: int, offset: int = 0) -> int:
    return s_type(0x23, 3, base, value, offset)


def sb(value: int, base: int, offset: int = 0) -> int:
    return s_type(0x23, 0, base, value, offset)


def sw(value: int, base: int, offset: int = 0) -> int:
    return s_type(0x23, 2, base, value, offset)


def add(rd: int, a: int, b: int) -> int:
    return r_type(0x33, rd, 0, a, b, 0)


def mul(rd: int, a: int, b: int) -> int:
    return r_type(0x33, rd, 0, a, b, 1)


def beq(a: int, b: int, offset: int) -> int:
    return b_type(0x63, 0, a, b, offset)


def bne(a: int, b: int, offset: int) -> int:
    return b_type(0x63, 1, a, b, offset)


def jal(rd: int, offset: int) -> int:
    return j_type(0x6F, rd, offset)


def jalr(rd: int, base: int, offset: int = 0) -> int:
    return i_type(0x67, rd, 0, base, offset)


def host_call(number: int, *args: int) -> list[int]:
    """An SP1 host call with arguments of at most 32 bits."""
    code = li(T0, number)
    for register, value in zip((A0, A1, A2), args, strict=False):
        code += li(register, value)
    return [*code, ECALL]


def halt(code: int = 0) -> list[int]:
    return host_call(0, code)


def elf(
    code: Sequence[int],
    *,
    text: int = TEXT,
    data: bytes = b"",
    data_at: int = DATA,
    data_size: int = 0,
    symbols: Mapping[str, int] | None = None,
    sections: Mapping[str, bytes] | None = None,
    text_flags: int = 5,
    data_flags: int = 6,
) -> bytes:
    """An ELF64 executable with a text segment, a data segment and the symbols."""
    words = struct.pack(f"<{len(code)}I", *code)
    segments = [(text_flags, text, words, len(words))]
    size = max(data_size, len(data))
    if size:
        segments.append((data_flags, data_at, data, size))
    body, headers = b"", b""
    offset = 64 + 56 * len(segments)
    for flags, address, content, memory in segments:
        place = offset + len(body)
        headers += struct.pack(
            "<IIQQQQQQ", 1, flags, place, address, address, len(content), memory, 8
        )
        body += content + bytes(-len(content) % 8)
    named: list[tuple[str, int, bytes, int]] = []
    strings = b"\0"
    table = bytes(24)
    for name, value in (symbols or {}).items():
        info = 0x10 if name.startswith("zeroos_") else 0x12
        table += struct.pack("<IBBHQQ", len(strings), info, 0, 1, value, 0)
        strings += name.encode() + b"\0"
    named.append((".symtab", 2, table, 2))
    named.append((".strtab", 3, strings, 0))
    named += [(name, 1, content, 0) for name, content in (sections or {}).items()]
    names = b"\0" + b"".join(name.encode() + b"\0" for name, *_ in named) + b".shstrtab\0"
    named.append((".shstrtab", 3, names, 0))
    section_headers = bytes(64)
    for name, kind, content, link in named:
        place = offset + len(body)
        section_headers += struct.pack(
            "<IIQQQQIIQQ", names.index(name.encode() + b"\0"), kind, 0, 0, place, len(content),
            link, 0, 8, 0,
        )  # fmt: skip
        body += content + bytes(-len(content) % 8)
    header = struct.pack(
        "<16sHHIQQQIHHHHHH", b"\x7fELF\x02\x01\x01", 2, 243, 1, text, 64, offset + len(body), 0,
        64, 56, len(segments), 64, len(named) + 1, len(named),
    )  # fmt: skip
    return header + headers + body + section_headers


class Guest:
    """An image in a file, and what its runs wrote."""

    def __init__(self, path: Path, content: bytes, target: Target = SP1) -> None:
        self.path, self.target = path, target
        path.write_bytes(content)
        self.stdout, self.stderr, self.public = bytearray(), bytearray(), bytearray()

    def run(self, **options: object) -> RunResult:
        for stream in (self.stdout, self.stderr, self.public):
            stream.clear()
        request = RunRequest(
            image=self.path,
            target=self.target,
            stdout=self.stdout.extend,
            stderr=self.stderr.extend,
            output=self.public.extend,
            **options,  # type: ignore[arg-type]
        )
        return run_embedded(request)


def counts_down(turns: int) -> list[int]:
    """A loop of 3 instructions a turn, after 2."""
    return [*li(S0, turns), addi(S1, S1, 3), addi(S0, S0, -1), bne(S0, ZERO, -8)]
