# SPDX-License-Identifier: MIT OR Apache-2.0
"""Questions about the toolchain that its own driver would answer for another sysroot."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

_TOOLS = {
    "ld": "zeroos-ld",
    "ar": "zeroos-ar",
    "gcc": "zeroos-cc",
    "cc": "zeroos-cc",
    "g++": "zeroos-c++",
    "c++": "zeroos-c++",
}


def answer(option: str, known: dict[str, Any]) -> str | None:
    """The text for a `-print-...` option; None leaves it to the compiler."""
    option = option.removeprefix("-") if option.startswith("--") else option
    if option == "-dumpmachine":
        return f"riscv{known['xlen']}-linux-musl"
    name, _, value = option.partition("=")
    if name == "-print-prog-name" and value in _TOOLS:
        beside = Path(sys.argv[0]).absolute().with_name(_TOOLS[value])
        return str(beside) if beside.is_file() else _TOOLS[value]
    if name == "-print-file-name":
        # No directory of the compiler holds a library that may get into an image.
        return value
    if name in ("-print-sysroot", "-print-libgcc-file-name"):
        return ""
    return None
