# SPDX-License-Identifier: MIT OR Apache-2.0
"""Objects that hold a compiler's intermediate code."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.given import GivenObjects
from zeroos_build.check.subject import Finding

CODE = "ZOS451"

_HELP = "compile it without -flto, or with -ffat-lto-objects"


def check(subject: GivenObjects) -> Iterator[Finding]:
    for refused in subject.bitcode:
        message = f"`{refused.name}` is bitcode: its system calls appear only when it is linked"
        yield Finding(refused.key, message, _HELP, place=refused.place)
    for given in subject.objects:
        obj = given.obj
        slim = any(symbol.name in ("__gnu_lto_slim", "__gnu_lto_v1") for symbol in obj.symbols)
        if slim and not any(section.executable and section.data for section in obj.sections):
            message = f"`{given.name}` holds GCC's intermediate code and no machine code"
            yield Finding(given.key, message, _HELP, place=given.place)
