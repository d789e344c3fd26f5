# SPDX-License-Identifier: MIT OR Apache-2.0
"""The Rust crate `zeroos-target`: a target's host calls for programs, as `zeroos/target.h` has them
for C.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zeroos_build import __version__
from zeroos_build.generate.headers import host_call_rows
from zeroos_build.generate.rust import rust_name, rust_type
from zeroos_build.generate.text import render

if TYPE_CHECKING:
    from zeroos_build.host_call import HostCall
    from zeroos_build.target import Target

CRATE = "zeroos-target"
_FILES = ("Cargo.toml", "src/lib.rs")


def target_crate_files(target: Target) -> dict[str, str]:
    """Path inside the crate to text; the same target gives the same bytes."""
    rows = zip(target.host_call, host_call_rows(target), strict=True)
    context = {
        "crate": CRATE,
        "version": __version__,
        "stamp": f"Made by zeroos-build {__version__} from target.toml; do not edit.",
        "name": target.name,
        "title": target.title,
        "calls": [row | _in_rust(call, row) for call, row in rows],
    }
    return {name: render(f"target_crate/{name}.j2", **context) for name in _FILES}


def _in_rust(call: HostCall, row: dict[str, Any]) -> dict[str, Any]:
    given = [a for a in call.args if a.only is None]
    found = {
        "rust_name": rust_name(call.name),
        "rust_parameters": ", ".join(f"{rust_name(a.name)}: {rust_type(a.type)}" for a in given),
        "rust_returns": _returns(call.returns),
    }
    if row["macro"]:
        # An operand that is part of the instruction.
        (argument,) = given
        text = row["text"].replace(f"%[{argument.name}_]", f"{{{argument.name}}}")
        found |= {"operand": argument.name, "constant": argument.name.upper(), "rust_text": text}
    return found


def _returns(kind: str) -> str:
    if kind == "void":
        return ""
    return " -> !" if kind == "noreturn" else f" -> {rust_type(kind)}"
