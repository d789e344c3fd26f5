# SPDX-License-Identifier: MIT OR Apache-2.0
"""A mutation fuzzer over the loaders of manifests, objects, archives and images.

    python -m tests.fuzz --seconds 60 [--seed N] [--only object,archive]

Whatever the bytes are: a result or a ZeroosError, within 5 s, within 512 MiB.
"""

from __future__ import annotations

import argparse
import random
import resource
import struct
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from tests.support.objects import assemble, compile_c, link
from zeroos_build.bare import bare_facts
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.elf import constants as c
from zeroos_build.elf.archive import members, write
from zeroos_build.elf.image import Image
from zeroos_build.lower.batch import lower_objects
from zeroos_build.manifest import load
from zeroos_build.scan import check, scan
from zeroos_build.verify.finish import verify

SLOWEST = 5.0
MEMORY = 512 << 20
MANIFEST = b"""
schema = 1
[image]
name = "hello"
sources = ["main.c", "src/*.c"]
defines = { A = "1", B = true }
args = ["a", "b"]
env = { HOME = "/" }
[build]
target = "sp1"
optimize = "2"
[abi]
subsystems = ["process", "vfs"]
[abi.memory]
heap = "16MiB"
stack = "64KiB"
[abi.random]
source = "seed"
seed = "00ff"
[abi.policy]
prlimit64 = { action = "enosys", reason = "none" }
[target.sp1]
abi.memory.heap = "128MiB"
[lint]
ZOS150 = "warning"
"""
CODE = """
    .globl f
    .type f, @function
f:  li a7, 64
    ecall
    beqz a0, 1f
    li a7, 63
    ecall
    call g
1:  lr.w a0, (a1)
    sc.w a2, a0, (a1)
    fence
    ret
    .section .rodata
    .dword f, 1b
"""
# What has to follow when code moves: padding, branches and distances, resolved or not.
MOVING = """
    .globl f
    .type f, @function
f:  li a7, 64
    .balign 8
    beqz a0, 2f
1:  lla a1, table
    lla a2, 2f
    jal t0, g
    bltu a0, a1, 1b
    .option norelax
    lla a3, 1b
    jalr t0, a3
    tail f
2:  ecall
    unimp
    ebreak
    j 1b
    .section .text.other, "axG", @progbits, f, comdat
g:  jr t0
    bnez a0, f
    .section .rodata
table:
    .word 2b - 1b, f - table
    .uleb128 2b - f
"""


@cache
def numbers_of(data: bytes) -> tuple[tuple[tuple[int, int], ...], ...]:
    """(offset, size) of the numbers in an object's tables, table by table, and of its code."""
    if data[:4] != b"\x7fELF":
        return ()
    wide = data[4] == 2
    word = 8 if wide else 4
    row = (4, 4, word, word, word, word, 4, 4, word, word)
    symbol = (4, 1, 1, 2, 8, 8) if wide else (4, 4, 4, 1, 1, 2)
    relocation = (8, 4, 4, 8) if wide else (4, 1, 3, 4)
    places = {c.SHT_SYMTAB: symbol, c.SHT_RELA: relocation, c.SHT_GROUP: (4,)}
    (start,) = struct.unpack_from("<Q" if wide else "<I", data, 40 if wide else 32)
    (count,) = struct.unpack_from("<H", data, 60 if wide else 48)
    found = [_table(start, count * sum(row), row)]
    for n in range(count):
        header = start + n * sum(row)
        (kind,) = struct.unpack_from("<I", data, header + 4)
        flags, _, offset, size = struct.unpack_from("<4Q" if wide else "<4I", data, header + 8)
        code = kind == c.SHT_PROGBITS and flags & c.SHF_EXECINSTR
        found.append(_table(offset, size, (2,) if code else places.get(kind, ())))
    return tuple(table for table in found if table)


def _table(start: int, size: int, fields: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    return tuple(
        (offset + sum(fields[:n]), width)
        for offset in (range(start, start + size, sum(fields)) if fields else ())
        for n, width in enumerate(fields)
    )


def mutate_numbers(data: bytes, rng: random.Random) -> bytes:
    """Numbers of an object's tables replaced by small, large, neighbouring and foreign ones."""
    out = bytearray(data)
    for _ in range(rng.choice([1, 1, 1, 2, 3, 8])):
        fields = rng.choice(numbers_of(data))
        place, size = rng.choice(fields)
        old = int.from_bytes(out[place : place + size], "little")
        other = rng.choice([field for field in fields if field[1] == size])
        value = rng.choice(
            [
                rng.randrange(66), old + rng.choice([-4, -2, -1, 1, 2, 4, 8]),
                old ^ 1 << rng.randrange(8 * size),
                int.from_bytes(out[other[0] : other[0] + size], "little"), -rng.randrange(66),
                rng.getrandbits(8 * size), 1 << rng.randrange(8 * size), len(data),
            ]
        )  # fmt: skip
        out[place : place + size] = (value % (1 << 8 * size)).to_bytes(size, "little")
    return bytes(out)


def mutate(data: bytes, rng: random.Random, tokens: list[bytes]) -> bytes:
    """Bits, bytes, numbers, blocks and tokens changed, moved and cut off."""
    if numbers_of(data) and rng.random() < 0.6:
        return mutate_numbers(data, rng)
    out = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 4, 16])):
        if not out:
            break
        place = rng.randrange(len(out))
        kind = rng.randrange(8)
        if kind == 0:
            out[place] ^= 1 << rng.randrange(8)
        elif kind == 1:
            out[place] = rng.choice([0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)])
        elif kind == 2:
            value = rng.choice(
                [0, 1, 0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, len(data), rng.getrandbits(32)]
            )
            out[place : place + 4] = value.to_bytes(4, "little")
        elif kind == 3:
            value = rng.choice([0, (1 << 64) - 1, 1 << 63, len(data), rng.getrandbits(64)])
            out[place : place + 8] = value.to_bytes(8, "little")
        elif kind == 4:
            del out[place : place + rng.choice([1, 4, 64, len(out)])]
        elif kind == 5:
            start = rng.randrange(len(out))
            out[place:place] = out[start : start + rng.choice([1, 8, 64])]
        elif kind == 6:
            out[place:place] = rng.choice(tokens)
        else:
            out[place : place + 8] = bytes(8)
    return bytes(out)


TOKENS = [
    *(b"[", b"]", b"{", b"}", b"=", b"'''", b'"', b"\\u0000", b"\xff\xfe", b"9" * 400, b"-1"),
    *(b"1e999", b"[abi.policy]\n", b"[target.x]\n", b"a.b.c.d = 1\n", b"../..", b"nan", b"0x"),
    *(b"!<arch>\n", b"/0 ", b"`\n", b"\x7fELF", b"#1/99999"),
]

SWITCH = (
    "int t[3]; int f(int a) { switch (a) { case 1: return t[0]; case 2: return t[1]; "
    "case 3: return f(t[2]); case 4: return 9; } return a; }"
)


def targets(work: Path) -> dict[str, tuple[list[bytes], Callable[[bytes], object]]]:
    """Name to (seeds, what is done with the bytes)."""
    facts = bare_facts("sp1", {})
    config = facts.lower_config({"g": (0,)}, ())
    narrow = bare_facts("qemu-virt32", {}).lower_config({"g": (0,)}, ())
    # Targets without C, where code moves, and with it, where short traps make it move.
    compressed = replace(config, extensions=("i", "m", "c"))
    configs = {
        1: (replace(narrow, extensions=("i", "m")), replace(narrow, ebreak="abort")),
        2: (config, compressed),
    }
    c32, c64 = {"march": "rv32imac", "mabi": "ilp32"}, {"march": "rv64imac"}
    objects = [
        assemble(CODE, march="rv64ima"),
        compile_c(SWITCH, extra="-O2 -g"),
        assemble(CODE, march="rv64imac"),
        assemble(CODE.replace(".dword", ".word"), **c32),
        compile_c(SWITCH, extra="-O2 -g", relax=False, **c64),
        compile_c(SWITCH, extra="-O2 -g", **c32),
        *(assemble(MOVING, relax=relax, **c64) for relax in (True, False)),
        assemble(MOVING, relax=False, **c32),
    ]
    archive = write([("a.o", objects[0], ["f"]), ("a-very-long-member-name.o", objects[1], ["f"])])
    lowered = lower_objects([("a.o", assemble(CODE, march="rv64ima"))], config).objects[0]
    image = link([lowered], "--emit-relocs", "--no-relax")

    def manifest(data: bytes) -> None:
        (work / "zeroos.toml").write_bytes(data)
        load(work, env={}).resolve()

    def lower(data: bytes) -> None:
        for each in configs.get(data[4] if len(data) > 4 else 2, (config,)):
            with suppress(ZeroosError):
                lower_objects([("fuzz.o", data)], each)

    def unpack(data: bytes) -> None:
        lower_objects([(m.name, bytes(m.data)) for m in members(data, "fuzz.a")], config)

    def read(data: bytes) -> None:
        opened = Image(data, "fuzz")
        _ = (opened.note, opened.sites)
        verify(opened, facts)
        check(scan(opened, facts))

    (work / "main.c").write_text("int main(void) { return 0; }\n")
    return {
        "manifest": ([MANIFEST], manifest),
        "object": ([*objects, lowered], lower),
        "archive": ([archive], unpack),
        "image": ([image], read),
    }


def main() -> int:
    """1 at the first input that does something else than it may."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--only", help="what to attack, by commas")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    print(f"seed {options.seed}")
    counts: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as directory:
        work = Path(directory)
        jobs = targets(work)
        if options.only:
            jobs = {name: jobs[name] for name in options.only.split(",")}
        end = time.monotonic() + options.seconds
        while time.monotonic() < end:
            name = rng.choice(list(jobs))
            seeds, act = jobs[name]
            data = mutate(rng.choice(seeds), rng, TOKENS)
            start = time.monotonic()
            try:
                act(data)
            except ZeroosError:
                pass
            except Exception:
                traceback.print_exc()
                return _keep(name, data, "a traceback")
            taken = time.monotonic() - start
            row = counts.setdefault(name, [0, 0.0])
            row[0] += 1
            row[1] = max(row[1], taken)
            if taken > SLOWEST:
                return _keep(name, data, f"{taken:.1f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    for name, (count, slowest) in sorted(counts.items()):
        print(f"{name:10} {int(count):>7} inputs, slowest {slowest:.2f} s")
    print(f"peak memory {peak >> 20} MiB")
    if peak > MEMORY:
        print("more than 512 MiB", file=sys.stderr)
        return 1
    return 0


def _keep(name: str, data: bytes, what: str) -> int:
    kept = Path(f"fuzz-{name}.bin")
    kept.write_bytes(data)
    print(f"{name}: {what}; the input is in {kept}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
