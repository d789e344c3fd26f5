# SPDX-License-Identifier: MIT OR Apache-2.0
"""Sites that one jump does not connect with their thunks."""

from __future__ import annotations

import pytest

from tests.support.objects import link
from tests.unit.lower.test_lower import function, lowered, refused, sites
from zeroos_build.elf.image import Image
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.elf.sites import Site, SiteKind
from zeroos_build.lower import placing
from zeroos_build.lower.config import Handler


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A jump reaches nothing."""
    monkeypatch.setattr(placing, "REACH", -1)


def only(text: str, **changes: object) -> Site:
    """The single record."""
    (found,) = sites(lowered(text, **changes)[0])  # type: ignore[arg-type]
    return found


def sizes(site: Site) -> tuple[list[int], list[int]]:
    """Bytes of the instructions displaced before and behind a site."""
    return [item.size for item in site.before], [item.size for item in site.after]


def test_a_section_of_more_than_a_mebibyte() -> None:
    text = function("li a7, 64\n ecall") + ".zero 0x100000\n"
    (obj,) = lowered(text)
    image = Image(link([obj.to_bytes()]), "linked")
    (site,) = image.sites
    assert site.detour
    assert site.thunk - site.site > 1 << 20
    assert site.end == site.site + 4
    assert site.thunk < site.entered < site.resume


@pytest.mark.usefixtures("nowhere")
def test_the_number_makes_room() -> None:
    site = only(function("li a7, 64\n ecall"))
    assert (site.kind, site.number, sizes(site)) == (SiteKind.CALL, 64, ([4], []))


@pytest.mark.usefixtures("nowhere")
def test_where_the_site_is_jumped_to_the_instruction_behind_it_makes_room() -> None:
    body = "li a7, 64\n beqz a0, 1f\n addi a1, a1, 1\n1: ecall\n addi a0, a0, 1\n li a2, 0"
    assert sizes(only(function(body))) == ([], [4])


@pytest.mark.usefixtures("nowhere")
def test_compressed_neighbours_are_taken_until_there_is_room() -> None:
    text = ".option rvc\n" + function("c.mv a0, a1\n c.li a7, 25\n ecall\n c.li a7, 0")
    changes = {"extensions": ("i", "m", "c"), "handlers": {25: Handler("fcntl", "fcntl", 3)}}
    site = only(text, march="rv64imac", **changes)
    assert sizes(site) == ([2, 2], [])


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize(
    "body",
    [
        # Both neighbours are jumps or jumped to.
        "li a7, 64\n beqz a0, 1f\n nop\n1: ecall\n beqz a0, 1b",
        # A relocated neighbour would be looked for where it stood.
        "beqz a0, 1f\n nop\n1: ecall\n lui a1, %hi(x)",
    ],
)
def test_no_room(body: str) -> None:
    code, message = refused(function(body))
    assert code == "ZOS424"
    assert "function `f`" in message


@pytest.mark.usefixtures("nowhere")
def test_no_free_register_on_the_way_back() -> None:
    assert refused(function("li a7, 64\n ecall\n jr t0"))[0] == "ZOS424"


@pytest.mark.usefixtures("nowhere")
def test_neighbours_are_displaced_once() -> None:
    found = sites(lowered(function("li a7, 64\n ecall\n li a7, 63\n ecall"))[0])
    assert [sizes(site) for site in found] == [([4], []), ([4], [])]


def test_traps_jump_to_later_traps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "REACH", 80)
    part = "beqz a0, 1f\n ebreak\n1: bnez a0, 1b\n" + " nop\n" * 12
    (obj,) = lowered(function("".join(part for _ in range(4))))
    image = Image(link([obj.to_bytes()]), "linked")
    places = [site.site for site in image.sites]
    assert [site.kind for site in image.sites] == [SiteKind.TRAP] * 4
    assert [site.thunk for site in image.sites][:3] == places[1:]
    assert image.sites[3].thunk > places[3]


def test_small_sections_take_no_detours() -> None:
    assert not only(function("li a7, 64\n ecall")).detour
    obj = Relocatable.parse(lowered(function("li a7, 64\n ecall"))[0].to_bytes(), "x.o")
    assert obj.sections
