# SPDX-License-Identifier: MIT OR Apache-2.0
"""Flags that no image, or none of the target, can be made with."""

from __future__ import annotations

from typing import Any

from zeroos_build.diagnostics import Diagnostic, ZeroosError
from zeroos_build.riscv.march import extension_names, register_width
from zeroos_build.wrap.command import Command

# Lowering removes these where the target lacks them, or code generation makes no use of them.
_LOWERED = frozenset(["a", "c", "zicsr", "zifencei", "zaamo", "zalrsc", "zca", "zmmul", "g"])


def refusals(command: Command, known: dict[str, Any]) -> None:
    """Raises ZOS131 and ZOS132, one diagnostic for each such flag."""
    found = _refused(command)
    for flag in command.machine:
        why = _conflict(flag, known)
        if why is not None:
            found.append(
                Diagnostic(
                    "ZOS132",
                    f"`{flag}` does not suit the target {known['target']}",
                    notes=(why,),
                    help="leave it out; the target decides",
                )
            )
    if found:
        raise ZeroosError(dict.fromkeys(found))


def unlinkable(command: Command) -> None:
    """Raises ZOS131 alone, where the target is not known yet."""
    found = _refused(command)
    if found:
        raise ZeroosError(dict.fromkeys(found))


def _refused(command: Command) -> list[Diagnostic]:
    return [
        Diagnostic("ZOS131", f"no image can be built with `{flag}`", notes=(why,), help=fix)
        for flag, why, fix in command.refused
    ]


def _conflict(flag: str, known: dict[str, Any]) -> str | None:
    """Why a flag about the machine contradicts the target; None where it does not."""
    xlen, name = known["xlen"], flag.partition("=")[0]
    value = flag.partition("=")[2]
    if name == "-mabi" and value != known["mabi"]:
        return f"its programs pass arguments by {known['mabi']}"
    if name == "-mcmodel" and value not in ("medany", "medium"):
        return "its memory lies above 2 GiB: code must be medany"
    if name == "-m64" or name == "-m32":
        return f"it has {xlen}-bit registers" if flag != f"-m{xlen}" else None
    if name == "--target" and not value.startswith((f"riscv{xlen}-", f"riscv{xlen}gc-")):
        return f"its machine is riscv{xlen}"
    if name == "-m elf64lriscv" or name == "-m elf32lriscv":
        return f"it has {xlen}-bit registers" if str(xlen) not in name else None
    if name.startswith("-m "):
        return f"its machine is riscv{xlen}"
    return _march(value, known) if name == "-march" else None


def _march(value: str, known: dict[str, Any]) -> str | None:
    try:
        if register_width(value) != known["xlen"]:
            return f"it has {known['xlen']}-bit registers"
    except ValueError:
        return None  # the compiler has words for it
    letters = {letter.rstrip("0123456789p") or letter for letter in extension_names(value)}
    lacking = letters - set(extension_names(known["march"])) - _LOWERED
    if "g" in letters:
        lacking |= {"f", "d"}
    if lacking:
        return f"it is {known['march']}: nothing executes {', '.join(sorted(lacking)).upper()}"
    return None
