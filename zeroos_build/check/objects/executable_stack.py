# SPDX-License-Identifier: MIT OR Apache-2.0
"""Objects that ask for an executable stack."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.given import GivenObjects
from zeroos_build.check.subject import Finding
from zeroos_build.elf import constants as c

CODE = "ZOS453"


def check(subject: GivenObjects) -> Iterator[Finding]:
    for given in subject.objects:
        if any(
            section.name == ".note.GNU-stack" and section.flags & c.SHF_EXECINSTR
            for section in given.obj.sections
        ):
            yield Finding(
                given.key,
                f"`{given.name}` asks for an executable stack, and no code runs from the stack",
                "compile it without nested functions whose address is taken, or add "
                '`.section .note.GNU-stack,"",@progbits` to the assembly',
                place=given.place,
            )
