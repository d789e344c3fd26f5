# SPDX-License-Identifier: MIT OR Apache-2.0
"""The Rust crate `zeroos-abi`: what a handler in Rust needs, made from the specs.

Numbers, errors, flags, structures, the handlers' signatures, and a trait per subsystem with a
macro that exports an implementation's functions under the handlers' names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from zeroos_build import __version__
from zeroos_build.generate.text import render
from zeroos_build.layouts import Layouts, Placed, Struct, load_layouts

if TYPE_CHECKING:
    from zeroos_build.spec import Argument, Specs, Syscall

CRATE = "zeroos-abi"
_FILES = ("Cargo.toml", "src/lib.rs", "src/errno.rs", "src/number.rs", "src/flags.rs",
          "src/structs.rs", "src/types.rs", "src/handlers.rs", "src/subsystems.rs")  # fmt: skip
_TYPES = {
    "char": "c_char", "unsigned char": "c_uchar", "short": "c_short", "unsigned short": "c_ushort",
    "int": "c_int", "unsigned int": "c_uint", "long": "c_long", "unsigned long": "c_ulong",
    "long long": "c_longlong", "unsigned long long": "c_ulonglong", "void": "c_void",
    "uint8_t": "u8", "uint16_t": "u16", "uint32_t": "u32", "uint64_t": "u64",
    "size_t": "usize", "ssize_t": "isize", "pid_t": "c_int", "clockid_t": "c_int",
    "mode_t": "c_uint", "uid_t": "c_uint", "gid_t": "c_uint", "off_t": "c_long",
}  # fmt: skip
_STRUCT = re.compile(r"struct ([a-z_0-9]+)")
# The Rust reference, strict and reserved keywords that a C name may be.
_KEYWORDS = frozenset(
    "as box const do dyn else enum extern final fn for if impl in let loop macro match mod move mut"
    " override priv pub ref return self static struct super trait try type typeof unsafe unsized"
    " use virtual where while yield async await abstract become crate true false".split()
)
_WIDE, _NARROW = '#[cfg(target_pointer_width = "64")]', '#[cfg(target_pointer_width = "32")]'


def crate_files(specs: Specs) -> dict[str, str]:
    """Path inside the crate to text; the same specs give the same bytes."""
    layouts = load_layouts()
    subsystems = [
        {
            "name": name,
            "trait": trait,
            "macro": macro,
            "doc": specs.files[name].doc,
            "calls": calls(specs, name),
        }
        for name, (trait, macro) in trait_names(specs).items()
    ]
    known = {
        match
        for call in specs.by_name.values()
        for argument in call.args
        for match in _STRUCT.findall(argument.type)
    }
    context = {
        "crate": CRATE,
        "version": __version__,
        "stamp": f"Made by zeroos-build {__version__} from syscall_specs/; do not edit.",
        "subsystems": subsystems,
        "errors": sorted(layouts.errors.items(), key=lambda item: item[1].number),
        "numbers": [
            (width, sorted(specs.names(xlen).items()))
            for width, xlen in ((_WIDE, 64), (_NARROW, 32))
        ],
        "groups": _groups(layouts),
        "structs": [_struct(name, struct, layouts) for name, struct in layouts.structs.items()],
        "opaque": sorted(known - layouts.structs.keys()),
    }
    return {name: render(f"rust/{name}.j2", **context) for name in _FILES}


def trait_names(specs: Specs) -> dict[str, tuple[str, str]]:
    """Subsystem to its trait and the macro that exports implementations of it."""
    return {
        name: (
            "".join(part.capitalize() for part in name.split("-")),
            f"export_{name.replace('-', '_')}",
        )
        for name, file in specs.files.items()
        if file.syscall
    }


def calls(specs: Specs, subsystem: str) -> list[dict[str, Any]]:
    """The calls of a subsystem as the templates want them, by name."""
    return [_call(call) for call in sorted(specs.files[subsystem].syscall, key=lambda c: c.name)]


def rust_type(c_type: str) -> str:
    """A C type of a spec as Rust has it."""
    text = c_type.strip()
    if text.endswith("*const *"):
        inner = text.removesuffix("*const *").strip()
        return f"*const {rust_type(inner + ' *')}"
    if text.endswith("*"):
        inner = text[:-1].strip()
        mutable = "const" if inner.startswith("const ") else "mut"
        return f"*{mutable} {rust_type(inner.removeprefix('const '))}"
    match = _STRUCT.fullmatch(text)
    if match:
        return match[1]
    return _TYPES[text.removeprefix("const ")]


def rust_name(name: str) -> str:
    """An argument's name; keywords become raw identifiers."""
    return f"r#{name}" if name in _KEYWORDS else name


def _call(call: Syscall) -> dict[str, Any]:
    gates = {(True, False): _WIDE, (False, True): _NARROW}
    arguments = [(rust_name(a.name), _argument_type(a)) for a in call.args]
    if call.abi == "frame":
        arguments = [("frame", "*mut Frame")]
    return {
        "name": call.name,
        "doc": call.doc,
        "errors": ", ".join(call.errors),
        "gate": gates.get((call.nr.rv64 is not None, call.nr.rv32 is not None), ""),
        "parameters": ", ".join(f"{name}: {kind}" for name, kind in arguments),
        "path_parameters": ", ".join(f"{name}: {_full(kind)}" for name, kind in arguments),
        "names": ", ".join(name for name, _ in arguments),
        "noreturn": call.abi == "noreturn",
    }


def _argument_type(argument: Argument) -> str:
    return rust_type(argument.type)


def _full(kind: str) -> str:
    """A type as a macro names it in somebody else's crate."""
    head, _, base = kind.rpartition(" ")
    base = base if base in ("usize", "isize") else f"$crate::types::{base}"
    return f"{head} {base}".strip()


def _groups(layouts: Layouts) -> list[dict[str, Any]]:
    seen: set[str] = set()
    rows = []
    for group in layouts.groups.values():
        names = [(name, value) for name, value in group.names.items() if name not in seen]
        seen |= group.names.keys()
        wide = group.type in ("unsigned long", "unsigned long long")
        bits = 64 if wide else 32
        rows.append(
            {
                "doc": group.doc,
                "type": _TYPES[group.type],
                "names": [
                    # All ones is what C's `~0` gives in each width.
                    (name, f"{_TYPES[group.type]}::MAX" if value == -1 and wide else
                     _literal(value, bits, group.type.startswith("unsigned")))
                    for name, value in names
                ],
            }
        )  # fmt: skip
    return [row for row in rows if row["names"]]


def _literal(value: int, bits: int, unsigned: bool) -> str:
    if unsigned:
        return str(value & ((1 << bits) - 1))
    return str(value - (1 << bits) if value >> (bits - 1) == 1 else value)


def _struct(name: str, struct: Struct, layouts: Layouts) -> dict[str, Any]:
    places = {xlen: layouts.place(name, xlen) for xlen in (64, 32)}
    fields: list[dict[str, str]] = []
    ends = {64: 0, 32: 0}
    for index, field in enumerate(struct.fields):
        kind = rust_type(field.type)
        kind = f"[{kind}; {field.count}]" if field.count > 1 else kind
        for xlen, place in places.items():
            _, offset, size = place.fields[index]
            gap = offset - _aligned(ends[xlen], _natural(field.struct, size, layouts, xlen))
            if gap:
                fields.append({"gate": _gate(xlen), "name": f"_gap{index}", "type": f"[u8; {gap}]"})
            ends[xlen] = offset + size * field.count
        fields.append({"gate": "", "name": field.name, "type": kind})
    aligns = {}
    for xlen, place in places.items():
        natural = max(
            _natural(field.struct, size, layouts, xlen) for field, _, size in place.fields
        )
        rest = place.size - _aligned(ends[xlen], natural)
        if rest > 0:
            fields.append({"gate": _gate(xlen), "name": "_reserved", "type": f"[u8; {rest}]"})
        if place.align > natural:
            aligns[xlen] = place.align
    return {
        "name": name,
        "c": struct.c,
        "header": struct.header,
        "fields": fields,
        "aligns": [(f"target_pointer_width = \"{xlen}\"", n) for xlen, n in aligns.items()],
        "proofs": [(_gate(xlen), _proof(name, place)) for xlen, place in places.items()],
    }  # fmt: skip


def _natural(struct: str | None, size: int, layouts: Layouts, xlen: int) -> int:
    return layouts.place(struct, xlen).align if struct else size


def _aligned(offset: int, align: int) -> int:
    return -(-offset // align) * align


def _gate(xlen: int) -> str:
    return _WIDE if xlen == 64 else _NARROW


def _proof(name: str, place: Placed) -> list[str]:
    """Conditions that hold if and only if the compiler lays it out as the kernel does."""
    return [
        f"size_of::<{name}>() == {place.size}",
        *(f"offset_of!({name}, {field.name}) == {offset}" for field, offset, _ in place.fields),
    ]
