# SPDX-License-Identifier: MIT OR Apache-2.0
"""What build systems have to be told to use the wrappers, in each one's own language."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from zeroos_build.generate.text import render

if TYPE_CHECKING:
    from zeroos_build.target import Target

# Rust's bare-metal targets whose C flags (of the crate `cc`) suit the wrappers.
_RUST = {
    64: ("riscv64imac-unknown-none-elf",),
    32: ("riscv32im-unknown-none-elf", "riscv32imac-unknown-none-elf"),
}


def variables(target: Target, reference: str) -> dict[str, str]:
    """The variables that makefiles and configure scripts know, and the target's.

    `reference` names the target as ZEROOS_TARGET takes it.
    """
    return {
        "CC": tool("zeroos-cc"),
        "CXX": tool("zeroos-c++"),
        "LD": tool("zeroos-ld"),
        "AR": tool("zeroos-ar"),
        "RANLIB": f"{tool('zeroos-ar')} s",
        "ZEROOS_HOST": host(target),
        "ZEROOS_TARGET": reference,
    }


def tool(name: str) -> str:
    """A wrapper by path where it stands beside this Python, else by name."""
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.is_file() else name


def host(target: Target) -> str:
    """The machine's name for `./configure --host`."""
    return f"riscv{target.isa.xlen}-linux-musl"


def environment_text(target: Target, reference: str, form: str) -> str:
    """The text of `zeroos-build env --format FORM`."""
    return FORMATS[form](target, reference)


def _shell(target: Target, reference: str) -> str:
    rows = variables(target, reference)
    return "".join(f"export {name}={shlex.quote(value)}\n" for name, value in rows.items())


def _make(target: Target, reference: str) -> str:
    rows = variables(target, reference)
    text = "".join(f"{n} := {v.replace('$', '$$').replace('#', chr(92) + '#')}\n"
                   for n, v in rows.items())  # fmt: skip
    return text + "export ZEROOS_TARGET\n"


def _cmake(target: Target, reference: str) -> str:
    return render("cmake/zeroos.cmake.j2", **_context(target, reference))


def _meson(target: Target, reference: str) -> str:
    return render("meson/cross.ini.j2", **_context(target, reference))


def _cargo(target: Target, reference: str) -> str:
    lines = ["[env]", f"ZEROOS_TARGET = {json.dumps(reference)}"]
    for triple in _RUST[target.isa.xlen]:
        under = triple.replace("-", "_")
        lines += [
            f"CC_{under} = {json.dumps(tool('zeroos-cc'))}",
            f"CXX_{under} = {json.dumps(tool('zeroos-c++'))}",
            f"AR_{under} = {json.dumps(tool('zeroos-ar'))}",
        ]
    return "\n".join(lines) + "\n"


def _json(target: Target, reference: str) -> str:
    return json.dumps({"schema": 1, **variables(target, reference)}, indent=1) + "\n"


def _context(target: Target, reference: str) -> dict[str, str | int]:
    rows = variables(target, reference)
    return {
        "cc": rows["CC"],
        "cxx": rows["CXX"],
        "ld": rows["LD"],
        "ar": rows["AR"],
        "zeroos_build": tool("zeroos-build"),
        "target": reference,
        "xlen": target.isa.xlen,
    }


def cmake_files(target: Target, reference: str) -> dict[str, str]:
    """A directory for `-DCMAKE_TOOLCHAIN_FILE` and `-DZeroOS_DIR`: names and texts."""
    context = _context(target, reference)
    return {
        "zeroos.cmake": render("cmake/zeroos.cmake.j2", **context),
        "ZeroOSConfig.cmake": render("cmake/ZeroOSConfig.cmake.j2", **context),
    }


def make_files(target: Target, reference: str) -> dict[str, str]:
    """A makefile to include."""
    return {"zeroos.mk": render("make/zeroos.mk.j2", settings=_make(target, reference),
                                **_context(target, reference))}  # fmt: skip


FORMATS: dict[str, Callable[[Target, str], str]] = {
    "sh": _shell,
    "make": _make,
    "cmake": _cmake,
    "cargo": _cargo,
    "meson": _meson,
    "direnv": _shell,
    "json": _json,
}
