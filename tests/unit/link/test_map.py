# SPDX-License-Identifier: MIT OR Apache-2.0
"""Objects and archives of a linker's map as the project names them."""

from __future__ import annotations

import pytest

from zeroos_build.link.map import Piece


@pytest.mark.parametrize(
    ("owner", "name", "library"),
    [
        ("lowered/000_main.c.o", "main.c.o", "main.c.o"),
        ("lowered/001_libguest.a(one.o)", "libguest.a(one.o)", "libguest.a"),
        ("lowered/1001_part.o", "part.o", "part.o"),
        ("obj/src/main.c.o", "src/main.c.o", "src/main.c.o"),
        ("/somewhere/lowered/0123/libc.a(exit.o)", "libc.a(exit.o)", "libc.a"),
        ("/somewhere/crt1.o", "crt1.o", "crt1.o"),
    ],
)
def test_names(owner: str, name: str, library: str) -> None:
    piece = Piece(".text", 4096, 4, owner)
    assert (piece.object, piece.library) == (name, library)
