# SPDX-License-Identifier: MIT OR Apache-2.0
"""Lowered programs end in the same state as the original ones whose ecall the emulator serves."""

from __future__ import annotations

import os
import random
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.support.machine import BUFFER, BUFFER_SIZE, STACK, STACK_SIZE, STOP, Machine, State
from tests.support.programs import CONSTANT, FRAME, LOAD, NORETURN, PLAIN, program
from zeroos_build.lower import batch, placing, rewrite, thunk
from zeroos_build.lower.config import Handler, LowerConfig
from zeroos_build.riscv import encode as e
from zeroos_build.riscv import registers as r
from zeroos_build.toolchain.base import Abi
from zeroos_build.toolchain.zig import Zig

# A gate repeats itself; ZEROOS_TEST_SEED=$RANDOM looks at other cases, ZEROOS_TEST_CASES at more.
SEED = os.environ.get("ZEROOS_TEST_SEED") or "1"
CASES = int(os.environ.get("ZEROOS_TEST_CASES", "2400"))
PER_FILE = 50
CONSTANT_ANSWER, TID = 1, 0x1234


@dataclass(frozen=True)
class Shape:
    """What the objects of one file are like, and who assembles and links them."""

    xlen: int = 64
    compressed: bool = False
    expanded: bool = False  # compressed, for a target without C
    gnu: bool = False
    relax: bool = True
    atomics: bool = False

    @property
    def march(self) -> str:
        """What the assembler is told; atomics are lowered, so the target need not have them."""
        letters = "imac" if self.compressed else "ima"
        return f"rv{self.xlen}{letters}_zifencei_zihintpause"

    @property
    def mabi(self) -> str:
        """Soft-float."""
        return "lp64" if self.xlen == 64 else "ilp32"


SHAPES = [
    Shape(xlen, compressed, expanded, gnu, relax, atomics)
    for xlen in (64, 32)
    for compressed, expanded in ((False, False), (True, False), (True, True))
    for gnu in (False, True)
    for relax in (True, False)
    for atomics in (True, False)
]


def config(shape: Shape) -> LowerConfig:
    """A target without A; atomic cases are lowered, the others have none."""
    handlers = {n: Handler(f"call{n}", f"handler_{n}") for n in PLAIN}
    handlers[CONSTANT] = Handler("constant", "handler_constant", 0, "plain", CONSTANT_ANSWER)
    handlers[LOAD] = Handler("load", "handler_load", 0, "plain", None, "test_tid")
    handlers[NORETURN] = Handler("leave", "handler_leave", 1, "noreturn")
    handlers[FRAME] = Handler("frame", "handler_frame", 6, "frame")
    extensions = ("i", "m", "c") if shape.compressed and not shape.expanded else ("i", "m")
    return LowerConfig(shape.xlen, extensions, "nop", "virtual", "keep", "keep", handlers)


def mix(number: int, arguments: list[int], xlen: int) -> int:
    """What every system call answers here."""
    value = number * 0x9E3779B1
    for n, argument in enumerate(arguments):
        value = (value * 31 + argument + n) & (1 << xlen) - 1
    return value


def serve(machine: Machine) -> bool:
    """The kernel of the original program."""
    number = machine.get(r.A7)
    arguments = [machine.get(r.A0 + n) for n in range(6)]
    if number == NORETURN:
        return False
    if number == CONSTANT:
        machine.set(r.A0, CONSTANT_ANSWER)
    elif number == LOAD:
        machine.set(r.A0, TID)
    else:
        machine.set(r.A0, mix(number, arguments, machine.image.xlen))
    return True


def _trash() -> list[str]:
    """Every caller-saved register but a0 and ra, destroyed."""
    names = [r.NAMES[n] for n in r.members(r.CALLER_SAVED & ~(1 << r.A0) & ~(1 << r.RA))]
    return [f"    li {name}, {0x5A5A00 + n}" for n, name in enumerate(names)]


def _mixing() -> list[str]:
    """a0 = mix(a7, a0..a5), with t registers."""
    lines = ["    li t1, 0x9E3779B1", "    mul t0, a7, t1", "    li t2, 31"]
    for n in range(6):
        lines += ["    mul t0, t0, t2", f"    add t0, t0, a{n}", f"    addi t0, t0, {n}"]
    return [*lines, "    mv a0, t0"]


def handlers(sets: list[str], shape: Shape) -> str:
    """Handlers that compute the same and destroy all that a call may destroy."""
    lines = [".option rvc" if shape.compressed else ".option norvc", ".text"]
    for n in PLAIN:
        lines += [
            f".globl handler_{n}",
            f"handler_{n}:",
            f"    li a7, {n}",
            *_mixing(),
            *_trash(),
            "    ret",
        ]
    for name in ("zeroos_dispatch", *sets):
        lines += [f".globl {name}", f"{name}:", *_mixing(), *_trash(), "    ret"]
    # All registers are in the frame; the answer is computed from there.
    load = "ld" if shape.xlen == 64 else "lw"
    frame = [f"    {load} a{n}, {shape.xlen // 8 * (10 + n)}(t6)" for n in range(6)]
    lines += [".globl handler_frame", "handler_frame:", "    mv t6, a0", *frame,
              f"    li a7, {FRAME}", *_mixing(), *_trash(), "    ret"]  # fmt: skip
    lines += [".globl zeroos_pause", "zeroos_pause:", "    li a0, -1", *_trash(), "    ret"]
    lines += [".globl handler_leave", "handler_leave:", f"    li t0, {STOP}", "    jr t0"]
    lines += [".data", ".globl test_tid", ".balign 4", "test_tid:", f"    .word {TID}", ""]
    return "\n".join(lines)


def _tool(*arguments: str | Path) -> None:
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[:2000]


def _assemble(text: str, target: Path, shape: Shape) -> bytes:
    source = target.with_suffix(".s")
    source.write_text(text)
    relax = "-mrelax" if shape.relax else "-mno-relax"
    if shape.gnu:
        flags = [f"-march={shape.march}", f"-mabi={shape.mabi}", relax]
        _tool("riscv64-linux-gnu-as", *flags, source, "-o", target)
    else:
        base = Zig().compiler(Abi(shape.march, shape.mabi))
        base.remove("-mrelax")
        _tool(*base, relax, "-c", source, "-o", target)
    return target.read_bytes()


def _link(target: Path, objects: list[Path], shape: Shape) -> Path:
    script = target.with_suffix(".ld")
    script.write_text(
        "SECTIONS { . = 0x10000; .text : { *(SORT_BY_NAME(.text.*)) *(.text) }\n"
        ". = ALIGN(4096); .data : { *(.data) *(.sdata) }\n"
        ".zeroos.sites 0 : { *(.zeroos.sites) } /DISCARD/ : { *(.zeroos.lowered) } }\n"
    )
    flags = ["-m", f"elf{shape.xlen}lriscv", "--relax" if shape.relax else "--no-relax"]
    flags += ["--unresolved-symbols=ignore-all", "-e", "0x10000", "-T", str(script)]
    linker = ["riscv64-linux-gnu-ld"] if shape.gnu else [Zig().program, "ld.lld"]
    _tool(*linker, *flags, "-o", target, *objects)
    return target


def build(directory: Path, first: int, shape: Shape) -> tuple[Machine, Machine]:
    """A file of cases as it is and lowered, in machines."""
    text = program(
        first, PER_FILE, SEED, atomics=shape.atomics, xlen=shape.xlen,
        compressed=shape.compressed, tables=shape.expanded,
    )  # fmt: skip
    original = directory / f"original_{first}.o"
    data = _assemble(text, original, shape)
    lowered = directory / f"lowered_{first}.o"
    result = batch.lower_objects([("cases.o", data)], config(shape)).objects[0]
    lowered.write_bytes(result)
    if shape.expanded:
        _no_short_instructions(result)
    sets = sorted(
        {s.name for s in batch.Relocatable.parse(lowered.read_bytes(), "x").symbols
         if s.name.startswith("zeroos_set_")}
    )  # fmt: skip
    support = directory / f"handlers_{first}.o"
    _assemble(handlers(sets, shape), support, shape)
    before = _link(directory / f"before_{first}", [original], shape)
    after = _link(directory / f"after_{first}", [lowered, support], shape)
    return Machine(before, serve), Machine(after, None)


def _no_short_instructions(data: bytes) -> None:
    obj = batch.Relocatable.parse(data, "lowered.o")
    code = batch.Program(obj)
    for section in obj.sections:
        if section.executable:
            assert all(ins.size == 4 for _, ins in code.code(section.index))


def compare(machines: tuple[Machine, Machine], number: int) -> tuple[State, State]:
    """Both final states of one case, from the same random start."""
    rng = random.Random(f"{SEED}/start/{number}")
    registers = {
        n: rng.getrandbits(machines[0].image.xlen) if rng.random() < 0.7 else rng.randint(0, 3)
        for n in range(3, 32)
    }
    registers[27] = BUFFER  # s11
    registers[r.A7] = rng.choice(PLAIN)
    memory = rng.randbytes(BUFFER_SIZE)
    name = f"case_{number}"
    before, after = (m.run(name, registers, memory) for m in machines)
    stopped = machines[0].get(r.A7) == NORETURN and before.error is not None
    if stopped:
        # The original stops at the call itself; only what the handler got is comparable.
        before = State((), before.memory, None)
        after = State((), after.memory, after.error)
    return before, after


@pytest.mark.parametrize("part", range(-(-CASES // PER_FILE)))
def test_same_final_state(part: int, tmp_path: Path) -> None:
    shape = SHAPES[part % len(SHAPES)]
    if shape.gnu:
        need_program("riscv64-linux-gnu-ld")
    print(f"ZEROOS_TEST_SEED={SEED}")
    machines = build(tmp_path, part * PER_FILE, shape)
    wrong = []
    for number in range(part * PER_FILE, (part + 1) * PER_FILE):
        before, after = compare(machines, number)
        assert before.error is None, f"case {number}: the original failed: {before.error}"
        if before != after:
            wrong.append((number, after.error))
    assert not wrong, f"seed {SEED}, {shape}: {wrong[:5]}"


def _mismatches(directory: Path) -> int:
    """Cases that go wrong, among enough of them to meet every kind of site."""
    machines = build(directory, 0, Shape())
    return sum(before != after for before, after in (compare(machines, n) for n in range(PER_FILE)))


def test_planted_bug_missing_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = thunk.call_handler

    def planted(xlen: int, entry: str, live: int) -> thunk.Code:
        saved = r.members(live & r.PRESERVED_BY_SYSCALL)
        return genuine(xlen, entry, live & ~(1 << saved[-1]) if saved else live)

    monkeypatch.setattr(rewrite, "call_handler", planted)
    assert _mismatches(tmp_path) > 0


def test_planted_bug_wrong_return(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def planted(self: placing.Placing, place: tuple[int, int]) -> int:
        return self.obj.add_local(".Lresume", place[0], place[1] + 8)

    monkeypatch.setattr(placing.Placing, "resume", planted)
    assert _mismatches(tmp_path) > 0


def test_planted_bug_clobbered_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    genuine = thunk.call_handler

    def planted(xlen: int, entry: str, live: int) -> thunk.Code:
        code = genuine(xlen, entry, live)
        code.words.insert(0, e.addi(r.T3, 0, 1))
        code.relocations = [(offset + 4, kind, goal) for offset, kind, goal in code.relocations]
        return code

    monkeypatch.setattr(rewrite, "call_handler", planted)
    assert _mismatches(tmp_path) > 0


def test_stack_stays_in_its_region() -> None:
    # The machine's stack is small on purpose: a thunk that leaks stack would leave it in a loop.
    assert STACK_SIZE <= 1 << 16
    assert STACK + STACK_SIZE <= BUFFER
