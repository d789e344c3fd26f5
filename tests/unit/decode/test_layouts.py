# SPDX-License-Identifier: MIT OR Apache-2.0
"""flags.toml, structs.toml and errno.toml say what the kernel's headers say."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from elftools.elf.elffile import ELFFile

from zeroos_build.layouts import Layouts, load_layouts
from zeroos_build.spec import load_specs
from zeroos_build.toolchain.zig import Zig

LAYOUTS = load_layouts()
INCLUDE = Zig().musl_source().parent / "include"


def _expressions(xlen: int) -> dict[tuple[bool, str], list[tuple[str, str, int]]]:
    """By header: what it is, the C expression, and the value that our data gives it."""
    found: dict[tuple[bool, str], list[tuple[str, str, int]]] = defaultdict(list)
    for group in LAYOUTS.groups.values():
        header = (group.libc is not None, group.libc or group.header or "")
        found[header] += [(name, name, value) for name, value in group.names.items()]
        if group.low is None and group.mask is not None and group.values:
            # No value reaches out of the mask.
            assert all(value & ~group.mask == 0 for value in group.values.values()), group.doc
    for name, struct in LAYOUTS.structs.items():
        place = LAYOUTS.place(name, xlen)
        rows = [(f"size of {name}", f"sizeof({struct.c})", place.size)]
        if struct.c.startswith("struct") or len(struct.fields) > 1:
            rows.append((f"align of {name}", f"__alignof__({struct.c})", place.align))
            for field, offset, size in place.fields:
                member = field.member or field.name
                rows.append((f"{name}.{member}", f"offsetof({struct.c}, {member})", offset))
                of = f"sizeof((({struct.c} *)0)->{member})"
                rows.append((f"size of {name}.{member}", of, size * field.count))
        found[(False, struct.header)] += rows
    found[(False, "asm/errno.h")] += [(n, n, e.number) for n, e in LAYOUTS.errors.items()]
    return found


def _values(libc: bool, header: str, expressions: list[str], xlen: int, work: Path) -> list[int]:
    """What the compiler makes of expressions behind a header."""
    lines = "".join(f"    (long long)(__typeof__(({e})))({e}),\n" for e in expressions)
    source = work / "values.c"
    source.write_text(
        f"#define _GNU_SOURCE\n#include <stddef.h>\n#include <{header}>\n"
        f"const long long values[] = {{\n{lines}}};\n"
    )
    zig = Zig()
    own = (
        [f"riscv{xlen}-linux-musl", "generic-musl"]
        if libc
        else ["riscv-linux-any", "any-linux-any"]
    )
    directories = [INCLUDE.parent.parent / "include", *(INCLUDE / name for name in own)]
    command = [zig.program, "clang", f"--target=riscv{xlen}-linux-musl", "-nostdlibinc"]
    command += [f"-isystem{path}" for path in directories]
    subprocess.run([*command, "-c", source, "-o", work / "values.o"], check=True)
    with (work / "values.o").open("rb") as file:
        data = next(
            section.data()
            for section in ELFFile(file).iter_sections()
            if section.name.startswith(".rodata")
        )
    return [
        int.from_bytes(data[at : at + 8], "little", signed=True)
        for at in range(0, 8 * len(expressions), 8)
    ]


@pytest.mark.parametrize("xlen", [64, 32])
def test_numbers_are_the_headers(xlen: int, tmp_path: Path) -> None:
    for (libc, header), rows in _expressions(xlen).items():
        values = _values(libc, header, [expression for _, expression, _ in rows], xlen, tmp_path)
        ours = {what: value for what, _, value in rows}
        theirs = {what: value for (what, _, _), value in zip(rows, values, strict=True)}
        assert ours == theirs, f"{header} on rv{xlen}"


def test_every_error_of_the_kernel_is_known() -> None:
    import re

    kernel = set()
    for name in ("errno-base.h", "errno.h"):
        text = (INCLUDE / "any-linux-any" / "asm-generic" / name).read_text()
        kernel |= {match[1] for match in re.finditer(r"#define\s+(E\w+)\s+\d+", text)}
    assert set(LAYOUTS.errors) == kernel


def _unknown(layouts: Layouts) -> Iterator[str]:
    for name, call in load_specs().by_name.items():
        for argument in call.args:
            for group in argument.flags:
                if group not in layouts.groups:
                    yield f"{name}: no group `{group}` in flags.toml"
            if "struct " in argument.type and layouts.struct_of(call, argument) is None:
                yield f"{name}: no `{argument.type}` in structs.toml"
        for error in call.errors:
            if error not in layouts.errors and error != "ENOTSUP":
                yield f"{name}: no `{error}` in errno.toml"
    fields = [(s, f) for s, struct in layouts.structs.items() for f in struct.fields]
    for struct, field in fields:
        for group in (*field.flags, *([field.set_] if field.set_ else [])):
            if group not in layouts.groups:
                yield f"{struct}.{field.name}: no group `{group}` in flags.toml"
        if field.struct is not None and field.struct not in layouts.structs:
            yield f"{struct}.{field.name}: no `{field.type}` in structs.toml"
    for group_name, group in layouts.groups.items():
        if group.low is not None and group.low not in layouts.groups:
            yield f"{group_name}: no group `{group.low}`"


def test_what_specs_name_exists() -> None:
    assert list(_unknown(LAYOUTS)) == []


def test_choices_name_what_exists() -> None:
    calls = load_specs().by_name
    for choice in LAYOUTS.choices:
        call = calls[choice.call]
        arguments = {argument.name: argument for argument in call.args}
        assert choice.argument in arguments, choice
        groups = LAYOUTS.groups_of(call, arguments[choice.by])
        names = {name for group in groups for name in group.names}
        for name in (*choice.flags, *choice.reads, *choice.absent, *choice.only):
            assert name in names, f"{choice.call}.{choice.argument}: {name}"
        assert set(choice.flags.values()) <= set(LAYOUTS.groups)
