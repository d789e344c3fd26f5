# SPDX-License-Identifier: MIT OR Apache-2.0
"""No instruction that the target cannot execute, in any executable segment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from zeroos_build.diagnostics import Diagnostic
from zeroos_build.elf.image import Image
from zeroos_build.elf.sites import SYSCALLS, SiteKind
from zeroos_build.facts import Facts
from zeroos_build.riscv.names import extension_in_words

# Mnemonics as capstone writes them, aliases included, by extension. Written down from the
# manual and not from zeroos_build.riscv.table, so that one mistake does not hide another.
_I = """
lui auipc jal j jalr jr ret beq bne blt bge bltu bgeu beqz bnez bltz bgez blez bgtz
lb lh lw lbu lhu sb sh sw addi slti sltiu xori ori andi slli srli srai
add sub sll slt sltu xor srl sra or and nop mv li not neg seqz snez sltz sgtz ecall ebreak
""".split()
_I64 = "ld lwu sd addiw slliw srliw sraiw addw subw sllw srlw sraw sext.w negw".split()
_M = "mul mulh mulhsu mulhu div divu rem remu".split()
_M64 = "mulw divw divuw remw remuw".split()
_CSR = """
csrrw csrrs csrrc csrrwi csrrsi csrrci csrr csrw csrs csrc csrwi csrsi csrci
rdcycle rdtime rdinstret rdcycleh rdtimeh rdinstreth
""".split()
_AMO = "swap add xor and or min max minu maxu".split()
_A = [
    base + width + order
    for width in (".w", ".d")
    for base in ("lr", "sc", *("amo" + name for name in _AMO))
    for order in ("", ".aq", ".rl", ".aqrl")
]
_FENCE = ["fence", "fence.tso", "pause"]
_MACHINE = ["mret", "wfi"]
# Short forms that have no long form of the same name; all others are named as theirs.
_C = "addi4spn addi16sp lwsp swsp".split()
_C64 = "ldsp sdsp".split()


_FLOAT = "floating-point instructions (F or D)"


@dataclass(frozen=True, slots=True)
class Allowed:
    """Mnemonics that may stand anywhere, and those that only the bootloader may use."""

    everywhere: frozenset[str]
    bootloader: frozenset[str]


def allowed(facts: Facts) -> Allowed:
    """From the target's ISA and what lowering promised to remove."""
    has = set(facts.extensions)
    everywhere = set(_I) - {"ecall"}
    own = {"ecall", *_MACHINE}
    if facts.xlen == 64:
        everywhere |= set(_I64)
    if "m" in has:
        everywhere |= set(_M) | (set(_M64) if facts.xlen == 64 else set())
    if "a" in has:
        everywhere |= set(_A)
    if "c" in has:
        everywhere |= {f"c.{name}" for name in (*_C, *(_C64 if facts.xlen == 64 else ()))}
    if facts.fence == "keep":
        everywhere |= set(_FENCE) - {"pause"}
        if "zifencei" in has:
            everywhere.add("fence.i")
    if "zicsr" in has:
        (everywhere if facts.counters == "keep" else own).update(_CSR)
    if facts.ebreak == "abort":
        everywhere.discard("ebreak")
    if facts.unimp == "keep" and "zicsr" in has:
        everywhere.add("unimp")
    return Allowed(frozenset(everywhere), frozenset(everywhere | own))


@cache
def disassembler(xlen: int, compressed: bool) -> Any:
    """Capstone for one register width."""
    import capstone

    mode = capstone.CS_MODE_RISCV64 if xlen == 64 else capstone.CS_MODE_RISCV32
    if compressed:
        mode |= capstone.CS_MODE_RISCVC
    return capstone.Cs(capstone.CS_ARCH_RISCV, mode)


def check_isa(image: Image, facts: Facts) -> Iterator[Diagnostic]:
    """One diagnostic per kind of instruction that the target cannot execute."""
    reader = disassembler(facts.xlen, facts.compressed)
    rules, compressed = allowed(facts), facts.compressed
    low, high = (image.addresses.get(f"zeroos_host_{end}", 0) for end in ("start", "end"))
    entry = image.section(".entry")
    left = {s.site for s in image.sites if s.kind is SiteKind.HOST_CALL}
    if facts.dispatch == "trap":
        left |= {s.site for s in image.sites if s.kind in (*SYSCALLS, SiteKind.EDGE)}
    seen: dict[str, int] = {}
    first: dict[str, int] = {}
    for start, data in image.code():
        position = start
        for address, size, mnemonic, _ in _instructions(reader, data, start, facts):
            position = address + size
            if mnemonic in rules.everywhere:
                continue
            name = mnemonic.removeprefix("c.")
            if compressed and name in rules.everywhere:
                continue
            inside = low <= address < high or (
                entry is not None and entry.address <= address < entry.address + entry.size
            )
            if inside and name in rules.bootloader:
                continue
            if mnemonic == "ecall" and address in left:
                continue
            # All floating-point instructions are one mistake: how the object was compiled.
            kind = _FLOAT if name.startswith("f") and not name.startswith("fence") else mnemonic
            seen[kind] = seen.get(kind, 0) + 1
            first.setdefault(kind, address)
        if position != start + len(data):
            word = data[position - start :][:4]
            known = extension_in_words(int.from_bytes(word, "little"))
            where = f"{word[::-1].hex()} at {image.describe(position)}"
            yield Diagnostic(
                "ZOS501",
                f"{facts.target} cannot execute {known}: {where}"
                if known
                else f"the word {where} is no instruction of {facts.march}",
                notes=(f"{facts.target} would fail on it when it loads or executes it",),
                help="compile the object that holds it for the target's ISA",
            )
    for mnemonic, count in seen.items():
        yield _cannot_execute(image, facts, mnemonic, count, first[mnemonic])


def _instructions(
    reader: Any, data: bytes, start: int, facts: Facts
) -> Iterator[tuple[int, int, str, str]]:
    """What capstone reads, up to what it cannot; the target's own instructions are passed over."""
    position, end = start, start + len(data)

    def own(address: int) -> bool:
        word = int.from_bytes(data[address - start :][:4], "little")
        return any(word & mask == value for mask, value in facts.host_words)

    while position < end:
        for found in reader.disasm_lite(data[position - start :], position):
            address, size = found[:2]
            # Capstone may know an instruction of some vendor by the same word.
            mine = size == 4 and bool(facts.host_words) and own(address)
            yield (address, size, "nop", "") if mine else found
            position = address + size
        if position == end or not own(position):
            return
        yield position, 4, "nop", ""
        position += 4


def _cannot_execute(
    image: Image, facts: Facts, mnemonic: str, count: int, address: int
) -> Diagnostic:
    times = "" if count == 1 else f" and at {count - 1} more places"
    if mnemonic == "ecall":
        what = "a system call was left in the image"
    elif mnemonic == _FLOAT:
        what = f"{facts.target} cannot execute {_FLOAT}"
    else:
        what = f"{facts.target} cannot execute `{mnemonic}`"
    return Diagnostic(
        "ZOS501",
        f"{what}: at {image.describe(address)}{times}",
        notes=(f"the target executes {facts.march}",),
        help="compile the object that holds it for the target's ISA",
    )
