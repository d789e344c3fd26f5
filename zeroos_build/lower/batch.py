# SPDX-License-Identifier: MIT OR Apache-2.0
"""Lowering many objects together: numbers and forwarders are followed across all of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from zeroos_build import files
from zeroos_build.diagnostics import error
from zeroos_build.elf import constants as c
from zeroos_build.elf.archive import is_archive, members, write
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.elf.tables import malformed
from zeroos_build.lower.config import LowerConfig
from zeroos_build.lower.expand import expand_compressed
from zeroos_build.lower.numbers import Forwarders, ObjectNumbers, analyse, find_forwarders
from zeroos_build.lower.program import Program
from zeroos_build.lower.rewrite import Work, rewrite
from zeroos_build.lower.sites import Kind, find, has_short_traps, host_calls
from zeroos_build.lower.summaries import Summaries
from zeroos_build.lower.tables import tie_tables
from zeroos_build.lower.unmarked import check_reached
from zeroos_build.riscv import encode as e

# Says that an object was lowered, by which configuration; the linker drops it.
MARK = ".zeroos.lowered"


@dataclass(frozen=True)
class Lowered:
    """The objects as bytes in the order given, and what a later link has to know of them."""

    objects: list[bytes]
    forwarders: Forwarders
    assumed: set[str]


def lower_objects(objects: Iterable[tuple[str, bytes]], config: LowerConfig) -> Lowered:
    """Lower (name, content) pairs that will be linked together."""
    originals = list(objects)
    programs = [_prepare(Relocatable.parse(data, name), config) for name, data in originals]
    parsed = [program.obj for program in programs]
    digest = config.digest()
    marks = [_mark(obj, digest) for obj in parsed]
    done = [mark is not None for mark in marks]
    _check_internal(parsed, config)
    summaries = Summaries(programs)
    candidates = [
        [] if finished else find(program, config)
        for program, finished in zip(programs, done, strict=True)
    ]
    owned = []
    numbers: list[ObjectNumbers] = []
    for program, found in zip(programs, candidates, strict=True):
        places = [item.place for item in found if item.kind is Kind.SYSCALL]
        hosts = dict(host_calls(program, places, config))
        owned.append(hosts)
        numbers.append(analyse(program, (place for place in places if place not in hosts)))
        known = {p for p, v in numbers[-1].sites.items() if v.constants and not v.unknown}
        check_reached(
            program, (item.place for item in found if item.place not in known | set(hosts))
        )
    forwarders, uses = find_forwarders(numbers, config.forwarders)
    _check_marks(parsed, marks, forwarders)
    out = []
    for index, program in enumerate(programs):
        if done[index] or not (candidates[index] or uses[index] or parsed[index].changed):
            out.append(originals[index][1])
            continue
        work = Work(program, candidates[index], numbers[index].sites, owned[index], uses[index])
        rewrite(work, config, summaries)
        mark = {"config": digest, "forwarders": sorted(forwarders)}
        parsed[index].add_section(MARK, c.SHT_PROGBITS, c.SHF_EXCLUDE, json.dumps(mark).encode(), 1)
        out.append(parsed[index].to_bytes())
    return Lowered(out, forwarders, summaries.used)


def _prepare(obj: Relocatable, config: LowerConfig) -> Program:
    """Refuse what cannot be linked for this target, and drop link-time-optimization parts."""
    if obj.xlen != config.xlen:
        raise error(
            "ZOS411",
            f"`{obj.name}` is a {obj.xlen}-bit object; the target is rv{config.xlen}",
            help=f"compile it for rv{config.xlen}",
        )
    if obj.flags & c.EF_RISCV_FLOAT_ABI:
        names = {2: "single-precision", 4: "double-precision", 6: "quad-precision"}
        kind = names[obj.flags & c.EF_RISCV_FLOAT_ABI]
        abi = "lp64" if obj.xlen == 64 else "ilp32"
        raise error(
            "ZOS412",
            f"`{obj.name}` uses the {kind} hard-float ABI; no target has floating-point registers",
            notes=["linked together with soft-float code it would pass numbers in the wrong place"],
            help=f"compile it with -mabi={abi}",
        )
    if obj.flags & c.EF_RISCV_RVE:
        raise error("ZOS412", f"`{obj.name}` is for RV{obj.xlen}E, which has 16 registers only")
    code = False
    for section in obj.sections:
        code = code or (section.executable and len(section.data) > 0)
        if section.type == c.SHT_LLVM_LTO or section.name.startswith((".gnu.lto_", ".llvm.lto")):
            # A driver would compile the program again from these, system calls included.
            obj.drop_content(section)
    slim = any(s.name in ("__gnu_lto_slim", "__gnu_lto_v1") for s in obj.symbols)
    if slim and not code:
        raise lto(obj.name)
    marked = any(section.name == MARK for section in obj.sections)
    program = Program(obj)
    if marked:
        return program
    _fill_padding(program)
    tie_tables(obj)
    compressed = obj.flags & c.EF_RISCV_RVC
    if compressed and ("c" not in config.extensions or has_short_traps(program, config)):
        expand_compressed(program)
        return Program(obj)
    return program


def _fill_padding(program: Program) -> None:
    """Zeroes with which GNU as fills a section become nops: they are no instruction."""
    obj = program.obj
    for section in obj.sections:
        start = program.decoding.padding(section) if section.executable else None
        if start is None:
            continue
        size = len(section.data) - start
        fill = e.NOP.to_bytes(4, "little") * (size // 4)
        section.data[start:] = (b"\x01\0" if size % 4 else b"") + fill  # the first is c.nop
        program.decoding.forget(section)
        obj.changed = True


def _mark(obj: Relocatable, digest: str) -> list[str] | None:
    """The forwarders that were known when the object was lowered; None when it was not."""
    section = next((s for s in obj.sections if s.name == MARK), None)
    if section is None:
        return None
    try:
        mark = json.loads(bytes(section.data))
        known = [str(name) for name in mark["forwarders"]]
        same = mark["config"] == digest
    except (ValueError, KeyError, TypeError) as problem:
        raise malformed(obj.name, "the mark of its lowering is damaged") from problem
    if not same:
        raise error(
            "ZOS426",
            f"`{obj.name}` was lowered for another target, with other policies or by another "
            "version",
            help="give the object as the compiler made it",
        )
    return known


def _check_marks(
    objects: list[Relocatable], marks: list[list[str] | None], forwarders: Forwarders
) -> None:
    """An object lowered alone must not call a forwarder that only this link knows."""
    for obj, known in zip(objects, marks, strict=True):
        if known is None:
            continue
        unseen = set(forwarders) - set(known)
        for symbol in obj.symbols:
            if not symbol.local and symbol.name in unseen:
                raise error(
                    "ZOS426",
                    f"`{obj.name}` was lowered alone and calls `{symbol.name}`, which passes "
                    "system call numbers on",
                    notes=["which numbers it passes was not looked at then"],
                    help="give the object as the compiler made it",
                )


def _check_internal(objects: list[Relocatable], config: LowerConfig) -> None:
    internal = set(config.internal)
    for obj in objects:
        for symbol in obj.symbols:
            if not symbol.local and symbol.defined and symbol.name in internal:
                raise error(
                    "ZOS425",
                    f"`{obj.name}` defines `{symbol.name}`, an internal function of the C library",
                    help="give the function another name",
                )


def lto(name: str) -> Exception:
    """The error for an object without machine code."""
    return error(
        "ZOS413",
        f"`{name}` holds link-time-optimization bitcode, not machine code",
        notes=["system calls are looked for in machine code; they would appear only in the link"],
        help="compile it without -flto, or with -ffat-lto-objects",
    )


def lower_files(pairs: list[tuple[Path, Path]], config: LowerConfig) -> None:
    """Lower objects and archives from file to file; an output is rewritten only if it changes."""
    objects: list[tuple[str, bytes]] = []
    spans: list[tuple[Path, list[str] | None, int]] = []
    for source, target in pairs:
        data = read_input(source)
        if is_archive(data):
            found = [(m.name, bytes(m.data)) for m in members(data, source.name)]
            spans.append((target, [name for name, _ in found], len(found)))
            objects += [(f"{source.name}({name})", content) for name, content in found]
        else:
            spans.append((target, None, 1))
            objects.append((source.name, data))
    lowered = lower_objects(objects, config).objects
    position = 0
    for target, names, count in spans:
        part = lowered[position : position + count]
        position += count
        content = part[0] if names is None else make_archive(names, part)
        files.write_if_changed(target, content)


def lower_archive(
    name: str, rows: Sequence[tuple[str, bytes]], config: LowerConfig
) -> tuple[bytes, Lowered]:
    """An archive's members lowered together: the archive of the results, and what was learnt."""
    lowered = lower_objects(((f"{name}({member})", data) for member, data in rows), config)
    return make_archive([member for member, _ in rows], lowered.objects), lowered


def read_input(path: Path) -> bytes:
    """An object or archive of at most 1 GiB; bitcode is refused by name."""
    try:
        if path.stat().st_size > 1 << 30:
            raise error("ZOS410", f"`{path}` is larger than 1 GiB")
        data = path.read_bytes()
    except OSError as problem:
        raise error(
            "ZOS703", f"cannot read `{path}`: {(problem.strerror or str(problem)).lower()}"
        ) from problem
    if data[:4] in (b"BC\xc0\xde", b"\xde\xc0\x17\x0b"):
        raise lto(path.name)
    return data


def make_archive(names: list[str], objects: list[bytes]) -> bytes:
    """An archive of lowered objects with its symbol index."""
    rows = []
    for name, data in zip(names, objects, strict=True):
        obj = Relocatable.parse(data, name)
        symbols = [s.name for s in obj.symbols if not s.local and s.section != c.SHN_UNDEF]
        rows.append((name, data, symbols))
    return write(rows)
