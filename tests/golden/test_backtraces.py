# SPDX-License-Identifier: MIT OR Apache-2.0
"""Backtraces of programs that fail, word for word but for addresses and register values.

UPDATE_GOLDEN=1 writes the expected texts anew; read the difference before committing it.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.support.images import build, make_project
from zeroos_build.backtrace import Backtrace, Mode
from zeroos_build.backtrace.cfi import FrameInformation
from zeroos_build.backtrace.render import format_backtrace
from zeroos_build.backtrace.source import Sources
from zeroos_build.elf.image import Image
from zeroos_build.execute import RunRequest, run_embedded
from zeroos_build.target import load_target

GOLDEN = Path(__file__).parent / "backtraces"
NAMES = sorted(path.stem for path in GOLDEN.glob("*.c*"))
POLICY = '[abi.policy]\nuname = { action = "halt", reason = "a test" }\n'
# The libOS's inside changes without changing what a user sees.
HIDDEN = re.compile(r"^ +\d+ frames of the libOS.*\n", re.M)


def make(directory: Path, name: str, flags: str = '"-g"') -> Path:
    source = next(GOLDEN.glob(f"{name}.c*"))
    extra = POLICY if name == "policy" else ""
    project = make_project(directory, "", f"cflags = [{flags}]\ncxxflags = [{flags}]\n{extra}")
    (project / "main.c").unlink()
    (project / f"main{source.suffix}").write_text(source.read_text())
    return project


def trace(project: Path, target: str, mode: Mode = "auto", **flags: str) -> Backtrace:
    image = build(project, target, **flags).image
    result = run_embedded(
        RunRequest(image=image, target=load_target(target), backtrace=mode, limit=100_000_000)
    )
    assert result.failed, result
    assert result.backtrace is not None
    return result.backtrace


def shown(found: Backtrace) -> str:
    """The text; how wide a register is, its value and addresses differ by machine."""
    text = re.sub(r"0x[0-9a-f]{8,16}", "PC", format_backtrace(found))
    stacks, _, _ = text.partition("registers in")
    return HIDDEN.sub("", stacks)


def functions(found: Backtrace) -> list[str]:
    stack = found.stacks[0]
    levels = [*stack.inner[stack.own :], *stack.outer]
    return [place.function for level in levels for place in level.places]


@pytest.mark.parametrize("name", NAMES)
def test_text(name: str, tmp_path: Path) -> None:
    text = shown(trace(make(tmp_path / "p", name), "qemu-virt"))
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text)
    assert text == golden.read_text()


def run_command(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zeroos_build", "run", *map(str, words)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_a_real_executor_s_failure_is_replayed(tmp_path: Path) -> None:
    need_program("qemu-system-riscv64")
    image = build(make(tmp_path / "p", "policy"), "qemu-virt").image
    ended = run_command(image, "--executor", "real")
    assert ended.returncode == 134
    assert "the backtrace is from the embedded machine, which ran the image again" in ended.stderr
    assert "ask at main.c:7" in ended.stderr
    assert "backtrace" not in run_command(image, "--executor", "real", "--backtrace", "off").stderr
    embedded = run_command(image, "--executor", "embedded", "--json")
    assert '"function": "ask", "file": "main.c", "line": 7, "inlined": false' in embedded.stderr


@pytest.mark.parametrize(
    ("target", "dispatch"), [("qemu-virt", "trap"), ("qemu-virt32", "call"), ("sp1", "call")]
)
@pytest.mark.parametrize("name", ["nested", "deadlock", "signal"])
def test_other_machines_show_the_same_program(
    name: str, target: str, dispatch: str, tmp_path: Path
) -> None:
    """Frames of the program; the C library's differ with what is inlined in it."""
    project = make(tmp_path / "p", name)
    found = trace(project, target, **{"build.dispatch": dispatch})
    golden = (GOLDEN / f"{name}.txt").read_text()
    wanted = re.findall(r"(\w+)(?: \(inlined\))? at (main\S+)", golden)
    places = [
        (place.function, f"{place.file}:{place.line}")
        for stack in found.stacks
        for level in (*stack.inner, *stack.outer)
        for place in level.places
        if place.line
    ]
    assert places == wanted


def test_frame_pointers_need_no_debug_information(tmp_path: Path) -> None:
    """The C library keeps no frame pointers, so the chain ends behind main."""
    project = make(tmp_path / "p", "null", '"-fno-omit-frame-pointer"')
    assert functions(trace(project, "qemu-virt", "fp"))[:2] == ["last", "main"]


def test_without_debug_information_the_code_is_read(tmp_path: Path) -> None:
    project = make(tmp_path / "p", "nested", "")
    found = functions(trace(project, "qemu-virt"))
    assert found[found.index("abort") :][:6] == [
        "abort",
        "inner",
        "outer",
        "outer",
        "outer",
        "worker",
    ]


def test_dwarf_alone_ends_where_there_is_none(tmp_path: Path) -> None:
    found = functions(trace(make(tmp_path / "p", "callback"), "qemu-virt", "dwarf"))
    assert "main" not in found


def test_a_run_that_does_not_fail_has_none(tmp_path: Path) -> None:
    project = make_project(tmp_path / "p", "int main(void) { return 3; }\n")
    image = build(project, "qemu-virt").image
    result = run_embedded(
        RunRequest(image=image, target=load_target("qemu-virt"), backtrace="auto")
    )
    assert (result.outcome, result.exit_code, result.backtrace) == ("exit", 3, None)


def test_damaged_debug_information_is_as_none(tmp_path: Path) -> None:
    """Whatever stands in the sections, the names of symbols remain."""
    path = build(make(tmp_path / "p", "nested"), "qemu-virt").image
    whole = Image.read(path)
    places = [whole.addresses[name] + 6 for name in ("main", "outer", "inner", "worker")]
    sections = [s for s in whole.sections if s.name.startswith(".debug_") and s.size]
    rng = random.Random(1)
    for _ in range(150):
        data = bytearray(whole.data)
        for _ in range(rng.randint(1, 8)):
            section = rng.choice(sections)
            data[section.offset + rng.randrange(section.size)] = rng.randrange(256)
        image = Image(bytes(data), "damaged")
        sources, information = Sources(image), FrameInformation(image)
        for place in places:
            assert sources.at(place, "symbol")
            information.rule(place, returned_to=False)
