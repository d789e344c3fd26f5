# SPDX-License-Identifier: MIT OR Apache-2.0
"""What no target may be given: `verify` says so on every one of them, before the zkVM does."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.images import build as build_image
from tests.support.images import make_project
from zeroos_build.diagnostics import Diagnostic, ZeroosError
from zeroos_build.elf.image import NOTE_SECTION, Image
from zeroos_build.execute import RunRequest, run_embedded
from zeroos_build.manifest import load
from zeroos_build.target import load_target, target_names
from zeroos_build.verify import verify_image

TARGETS = target_names("libos")
# By what a march must have for them; by the manual, and read back by capstone in what is tested.
INSTRUCTIONS = {
    "f": ("fadd.s f1, f1, f2", 0x0020F0D3),
    "v": ("vadd.vv v1, v2, v3", 0x022180D7),
    "a": ("amoadd.w x10, x11, (x12)", 0x00B6252F),
    "zicsr": ("csrr x10, mstatus", 0x30002573),
    "zba": ("sh1add x10, x11, x12", 0x20C5A533),
}
LOAD_64 = ("ld x10, 0(x10)", 0x00053503)
FENCE = ("fence", 0x0FF0000F)


@pytest.fixture(scope="module")
def image_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`image_of(target)`: the image of a program with nothing in it, built once."""
    made: dict[str, Path] = {}
    project = make_project(tmp_path_factory.mktemp("nothing"), "int main(void)\n{ return 0; }\n")

    def image(target: str) -> Path:
        if target not in made:
            made[target] = build_image(project, target).image
        return made[target]

    return image


def _refused(image: Path, target: str) -> list[Diagnostic]:
    with pytest.raises(ZeroosError) as caught:
        verify_image(image, load_target(target))
    assert caught.value.exit_code == 5
    assert all(item.message and item.help for item in caught.value.diagnostics)
    return caught.value.diagnostics


def _without_note(image: Path, directory: Path) -> Path:
    """A copy that does not say which target it is for."""
    data = bytearray(image.read_bytes())
    section = Image.read(image).section(NOTE_SECTION)
    assert section is not None
    data[section.offset : section.offset + section.size] = bytes(section.size)
    copy = directory / "unnamed.elf"
    copy.write_bytes(data)
    assert Image.read(copy).note is None
    return copy


def _place(image: Image, address: int) -> int:
    """Where in the file the byte at an address lies."""
    [segment] = [s for s in image.loads if s.address <= address < s.address + s.file_size]
    return segment.offset + address - segment.address


@pytest.mark.parametrize("target", TARGETS)
def test_what_was_built_is_accepted(image_of: Callable[[str], Path], target: str) -> None:
    assert verify_image(image_of(target)).target == target


@pytest.mark.parametrize("target", TARGETS)
def test_an_image_of_another_target(
    image_of: Callable[[str], Path], target: str, tmp_path: Path
) -> None:
    others = [name for name in TARGETS if name != target]
    for other in (others[0], others[-1]):
        [found] = _refused(image_of(other), target)
        assert found.code == "ZOS507"
        assert f"was built for {other}, not for {target}" in found.message
        copy = _without_note(image_of(other), tmp_path)
        with pytest.raises(ZeroosError, match="does not say which target") as caught:
            verify_image(copy)
        assert caught.value.diagnostics[0].code == "ZOS512"


@pytest.mark.parametrize("target", TARGETS)
def test_the_other_class(image_of: Callable[[str], Path], target: str, tmp_path: Path) -> None:
    mine = load_target(target)
    other = next(name for name in TARGETS if load_target(name).isa.xlen != mine.isa.xlen)
    copy = _without_note(image_of(other), tmp_path)
    [found] = _refused(copy, target)
    assert found.code == "ZOS502"
    assert f"{target} is rv{mine.isa.xlen}" in found.message
    with pytest.raises(ZeroosError) as caught:
        run_embedded(RunRequest(image=copy, target=mine))
    assert caught.value.diagnostics[0].code == "ZOS602"


@pytest.mark.parametrize("target", TARGETS)
def test_an_instruction_that_it_cannot_execute(
    image_of: Callable[[str], Path], target: str, tmp_path: Path
) -> None:
    isa = load_target(target).isa
    tried = [what for need, what in INSTRUCTIONS.items() if need not in isa.extensions]
    tried += [LOAD_64] if isa.xlen == 32 else []
    tried += [FENCE] if isa.fence == "nop" else []
    image = Image.read(image_of(target))
    copy = tmp_path / "planted.elf"
    for text, word in tried:
        data = bytearray(image.data)
        struct.pack_into("<I", data, _place(image, image.addresses["main"]), word)
        copy.write_bytes(data)
        found = _refused(copy, target)
        assert {item.code for item in found} == {"ZOS501"}, text
        assert "main" in found[0].message, text


@pytest.mark.parametrize("target", TARGETS)
def test_a_heap_beyond_its_memory(
    image_of: Callable[[str], Path], target: str, tmp_path: Path
) -> None:
    region = load_target(target).memory.holding("heap")
    image = Image.read(image_of(target))
    end = image.addresses["zeroos_heap_end"]
    entry = struct.pack("<Q" if image.xlen == 64 else "<I", end)
    symbols = next(section for section in image.sections if section.type == 2)  # SHT_SYMTAB
    table = image.data[symbols.offset : symbols.offset + symbols.size]
    data = bytearray(image.data)
    beyond = struct.pack("<Q" if image.xlen == 64 else "<I", region.end + 16)
    for at in range(0, len(table), 24 if image.xlen == 64 else 16):
        value = at + (8 if image.xlen == 64 else 4)
        if table[value : value + len(entry)] == entry:
            start = symbols.offset + value
            data[start : start + len(beyond)] = beyond
    copy = tmp_path / "heap.elf"
    copy.write_bytes(data)
    found = _refused(copy, target)
    assert [item.code for item in found] == ["ZOS505"]
    assert f"the heap reaches to 0x{region.end + 16:x}" in found[0].message
    # And who asks for it gets no image.
    project = make_project(tmp_path / "project", "int main(void)\n{ return 0; }\n")
    size = f"{region.end - region.start + 4096}B"
    with pytest.raises(ZeroosError, match="heap") as caught:
        load(project, flags={"abi.memory.heap": size}, env={}).resolve(target)
    assert caught.value.diagnostics[0].code == "ZOS103"


def _narrow(target: str) -> bool:
    """It has a window for the private input, smaller than what a test may make."""
    window = load_target(target).memory.window("input")
    return window is not None and window.end - window.start < 1 << 24


@pytest.mark.parametrize("target", list(filter(_narrow, TARGETS)))
def test_an_input_for_which_there_is_no_room(image_of: Callable[[str], Path], target: str) -> None:
    """The kit reads what has room; its programs that do not fit are skipped by the same data."""
    machine = load_target(target)
    window = machine.memory.window("input")
    assert window is not None
    room = window.end - window.start - (8 if machine.streams.stdin == "length-prefix" else 0)
    request = RunRequest(image=image_of(target), target=machine, input=bytes(room))
    assert run_embedded(request).exit_code == 0
    with pytest.raises(ZeroosError, match="the private input takes") as caught:
        run_embedded(replace(request, input=bytes(room + 1)))
    [found] = caught.value.diagnostics
    assert found.code == "ZOS602" and found.help and machine.title in found.message
