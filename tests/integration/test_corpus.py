# SPDX-License-Identifier: MIT OR Apache-2.0
"""What compilers make of ordinary C: each function gives the same lowered as it is.

The original's system calls are served by the emulator, the lowered one's by handlers that destroy
every register that a call may destroy. Compilers are called as other build systems call them: with
their own defaults for code models, position independence, sections and unwind tables.
"""

from __future__ import annotations

import random
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.property.test_lowering import SEED
from tests.support.images import ROOT
from tests.support.machine import BUFFER, BUFFER_SIZE, Machine, State
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.elf.image import Image
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.lower.batch import lower_objects
from zeroos_build.lower.config import Handler, LowerConfig
from zeroos_build.lower.program import Program
from zeroos_build.riscv import registers as r
from zeroos_build.toolchain.zig import Zig

CORPUS = ROOT / "tests" / "corpus"
FILES = ("control", "data", "calls", "others")
# Two objects with the same groups.
GROUPS = ("groups_one", "groups_two")
# This one may be refused for a target without C, and must be where the differences are resolved.
DIFFERENCES = "differences"
COMPILERS = {
    "zig": (Zig().program, "clang", "--target=riscv64-linux-musl"),
    "gcc": ("riscv64-linux-gnu-gcc",),
    "clang": ("clang-19", "--target=riscv64-linux-gnu"),
}
FLAGS = ("-mabi=lp64", "-ffreestanding", "-fwrapv", "-fno-strict-aliasing", "-w",
         "-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics")  # fmt: skip
TLS = BUFFER + 2048
VECTORS = 3
MIXED = range(100, 107)
STORE, CONSTANT, LOAD = 110, 120, 121
CONSTANT_ANSWER, TID = 17, 0x1234


@dataclass(frozen=True)
class Build:
    """How the corpus is compiled."""

    compiler: str
    level: str
    march: str
    relax: bool
    extra: tuple[str, ...] = ()
    # Without mapping symbols, as binutils before 2.38 made them; then without data in code.
    stripped: bool = False

    @property
    def gnu(self) -> bool:
        """Both linkers see the objects of each compiler."""
        return (self.compiler == "gcc") == (self.level in ("-O2", "-O0"))

    def __str__(self) -> str:
        relax = "relax" if self.relax else "norelax"
        parts = [self.compiler, self.level, "-", self.march, "-", relax, *self.extra]
        return "".join([*parts, "-stripped" if self.stripped else ""])


BUILDS = [
    Build(compiler, level, march, relax)
    for compiler in COMPILERS
    for level in ("-O0", "-Os", "-O2", "-O3")
    for march in ("rv64imac", "rv64im")
    for relax in (True, False)
] + [
    Build("gcc", "-Os", "rv64imac", True, ("-msave-restore",)),
    Build("clang", "-Os", "rv64imac", False, ("-msave-restore",)),
    Build("gcc", "-O2", "rv64imac", False, ("-g", "-ffunction-sections", "-fno-pie")),
    Build("zig", "-O2", "rv64imac", True, ("-g", "-ffunction-sections", "-mcmodel=medany")),
    # Position-independent code: tables of addresses, thread-local variables by calls.
    Build("gcc", "-O2", "rv64imac", True, ("-fPIC",)),
    Build("gcc", "-Os", "rv64im", False, ("-fPIC",)),
    Build("clang", "-O3", "rv64imac", True, ("-fPIC",)),
    # The GNU linker has no descriptors before 2.42; these are lld's.
    Build("clang", "-O2", "rv64imac", True, ("-fPIC", "-mtls-dialect=desc")),
    Build("zig", "-O0", "rv64im", False, ("-fPIC", "-mtls-dialect=desc")),
    Build("gcc", "-O2", "rv64im", True, stripped=True),
    Build("gcc", "-Os", "rv64imac", False, ("-msave-restore",), stripped=True),
    Build("clang", "-O2", "rv64imac", True, stripped=True),
    Build("zig", "-O3", "rv64imac", False, stripped=True),
]  # fmt: skip


def config(extensions: tuple[str, ...]) -> LowerConfig:
    """The corpus's system calls."""
    handlers = {n: Handler(f"call{n}", f"handler_{n}", n - 100) for n in MIXED}
    handlers[STORE] = Handler("store", f"handler_{STORE}", 2)
    handlers[CONSTANT] = Handler("constant", "none", 0, "plain", CONSTANT_ANSWER)
    handlers[LOAD] = Handler("load", "none", 0, "plain", None, "test_tid")
    return LowerConfig(64, extensions, "nop", "virtual", "keep", "keep", handlers)


def mix(number: int, arguments: list[int]) -> int:
    """The answer of a system call: of its number and the arguments that it has."""
    value = number * 0x9E3779B1
    for n in range(6):
        value = value * 31 + (arguments[n] if n < number - 100 else 0)
    value &= (1 << 64) - 1
    return value ^ value >> 3


def serve(machine: Machine) -> bool:
    """The kernel of the original."""
    number = machine.get(r.A7)
    arguments = [machine.get(r.A0 + n) for n in range(6)]
    if number in MIXED:
        machine.set(r.A0, mix(number, arguments))
    elif number == STORE:
        machine.uc.mem_write(arguments[0], mix(102, arguments).to_bytes(8, "little"))
        machine.set(r.A0, 0)
    elif number in (CONSTANT, LOAD):
        machine.set(r.A0, CONSTANT_ANSWER if number == CONSTANT else TID)
    else:
        return False
    return True


def handlers(sets: list[str]) -> str:
    """Handlers that compute the same and destroy all that a call may destroy."""
    spare = r.members(r.CALLER_SAVED & ~(1 << r.A0) & ~(1 << r.RA))
    trash = [f"li {r.NAMES[n]}, {0x5A5A00 + n}" for n in spare]
    lines = [".text", *(f".globl {n}\n{n}:" for n in ("zeroos_dispatch", *sets))]
    lines += [f"li t0, {n}; beq a7, t0, handler_{n}" for n in (*MIXED, STORE)]
    lines += [f"li t0, {n}; beq a7, t0, answer_{n}" for n in (CONSTANT, LOAD)]
    lines += ["ebreak"]
    lines += [f"answer_{CONSTANT}: li a0, {CONSTANT_ANSWER}", *trash, "ret"]
    lines += [f"answer_{LOAD}: li a0, {TID}", *trash, "ret"]
    for n in MIXED:
        lines += [f".globl handler_{n}", f"handler_{n}: li a7, {n}"]
        lines += [f"li a{k}, 0" for k in range(n - 100, 6)]
        lines += ["j mixing"]
    lines += ["mixing: li t0, 0x9E3779B1; mul t0, a7, t0; li t1, 31"]
    lines += [f"mul t0, t0, t1; add t0, t0, a{n}" for n in range(6)]
    lines += ["srli t1, t0, 3; xor a0, t0, t1", *trash, "ret"]
    lines += [f".globl handler_{STORE}", f"handler_{STORE}: addi sp, sp, -16; sd ra, 8(sp)"]
    lines += ["sd a0, 0(sp); call handler_102; ld t0, 0(sp); sd a0, 0(t0)"]
    lines += ["li a0, 0; ld ra, 8(sp); addi sp, sp, 16", *trash, "ret"]
    lines += [".data", ".globl test_tid", ".balign 4", f"test_tid: .word {TID}", ""]
    return "\n".join(lines)


def _tool(*arguments: str | Path, cwd: Path | None = None) -> None:
    done = subprocess.run(
        [str(a) for a in arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[:2000]


def _zig(*arguments: str | Path) -> None:
    _tool(*COMPILERS["zig"], "-march=rv64im", "-mabi=lp64", "-ffreestanding", "-O1",
          f"-I{ROOT / 'libos/include'}", *arguments)  # fmt: skip


@pytest.fixture(scope="session")
def support(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What compilers call beside the program."""
    directory = tmp_path_factory.mktemp("support")
    sources = [CORPUS / "support.c", ROOT / "libos/builtins/save_restore.S"]
    objects = []
    for source in sources:
        objects.append(directory / f"{source.stem}.o")
        _zig("-fno-builtin", "-fno-stack-protector", "-c", source, "-o", objects[-1])
    return objects


def compile_corpus(build: Build, directory: Path) -> dict[str, bytes]:
    """Objects by name, all by one call of the driver."""
    relax = "-mrelax" if build.relax else "-mno-relax"
    sources = [CORPUS / f"{name}.c" for name in (*FILES, DIFFERENCES)]
    sources += [CORPUS / f"{name}.cc" for name in GROUPS]
    _tool(
        *COMPILERS[build.compiler], f"-march={build.march}", *FLAGS, build.level, relax,
        *build.extra, *(["-DNO_DATA_IN_CODE"] if build.stripped else []), "-c", *sources,
        cwd=directory,
    )  # fmt: skip
    if build.stripped:
        for source in sources:
            strip = ("riscv64-linux-gnu-objcopy", "--strip-unneeded", f"{source.stem}.o")
            _tool(*strip, cwd=directory)
    return {source.stem: (directory / f"{source.stem}.o").read_bytes() for source in sources}


SCRIPT = """PHDRS { all PT_LOAD FLAGS(7); tls PT_TLS; }
SECTIONS { . = 0x10000; .text : { *(.text .text.*) } :all
.rodata : { *(.rodata .rodata.* .srodata .srodata.*) *(.data.rel.ro .data.rel.ro.*) } :all
. = ALIGN(64); tls_start = .; .tdata : { *(.tdata .tdata.*) } :all :tls tls_end = .;
.tbss : { *(.tbss .tbss.*) } :all :tls
. = ALIGN(64); .data : { *(.data .data.*) *(.got .got.plt) } :all
__global_pointer$ = . + 0x800; .sdata : { *(.sdata .sdata.*) } :all
.bss : { *(.sbss .sbss.* .bss .bss.* COMMON) } :all
.zeroos.sites 0 : { *(.zeroos.sites) } :NONE
/DISCARD/ : { *(.zeroos.lowered .comment .eh_frame .note.GNU-stack .riscv.attributes) } }
"""


def link(target: Path, objects: list[Path], build: Build) -> Path:
    """By the GNU linker or lld."""
    script = target.with_suffix(".ld")
    script.write_text(SCRIPT)
    flags = ["-m", "elf64lriscv", "--relax" if build.relax else "--no-relax"]
    flags += ["-e", "0x10000", "-T", str(script), "-z", "max-page-size=4096", "-z", "norelro"]
    if build.gnu:
        flags.append("--no-warn-rwx-segments")
    linker = ["riscv64-linux-gnu-ld"] if build.gnu else [Zig().program, "ld.lld"]
    _tool(*linker, *flags, "-o", target, *objects)
    return target


def lowered(
    objects: dict[str, bytes], extensions: tuple[str, ...], directory: Path, support: list[Path]
) -> list[Path]:
    """Lowered objects with the handlers that they call."""
    result = lower_objects([(f"{n}.o", data) for n, data in objects.items()], config(extensions))
    paths, sets = [], set()
    for name, data in zip(objects, result.objects, strict=True):
        paths.append(directory / f"{name}.o")
        paths[-1].write_bytes(data)
        obj = Relocatable.parse(data, name)
        sets |= {s.name for s in obj.symbols if s.name.startswith("zeroos_set_")}
        if "c" not in extensions:
            code = Program(obj)
            for section in obj.sections:
                if section.executable:
                    assert all(ins.size == 4 for _, ins in code.code(section.index))
    return [*paths, *support, _handlers(tuple(sorted(sets)), support[0].parent)]


@cache
def _handlers(sets: tuple[str, ...], directory: Path) -> Path:
    source = directory / f"handlers_{'_'.join(sets)[-100:]}.s"
    source.write_text(handlers(list(sets)))
    _zig("-c", source, "-o", source.with_suffix(".o"))
    return source.with_suffix(".o")


def functions(image: Image) -> list[str]:
    """What is called."""
    return sorted(name for name in image.addresses if name.startswith("case_") and "." not in name)


def run(machine: Machine, name: str, key: str) -> State:
    """A function with random arguments, buffer and fresh thread-local variables."""
    rng = random.Random(f"{SEED}/{key}")
    addresses = machine.image.addresses
    registers = {3: addresses["__global_pointer$"], 4: TLS, r.A0 + 3: BUFFER}
    for n in range(3):
        few = rng.random() < 0.4
        registers[r.A0 + n] = rng.randint(0, 40) if few else rng.getrandbits(64)
    for n in (8, 9, *range(18, 28)):
        registers[n] = rng.getrandbits(64)
    size = addresses["tls_end"] - addresses["tls_start"]
    block = bytes(machine.uc.mem_read(addresses["tls_start"], size))
    memory = rng.randbytes(TLS - BUFFER) + block
    state = machine.run(name, registers, memory.ljust(BUFFER_SIZE, b"\0"))
    # gp differs between images, and a1 may hold an address of the image.
    first = (state.registers[0], *state.registers[2:6], *state.registers[7:])
    return State(first, state.memory, state.error)


def compare(before: Machine, after: Machine) -> int:
    """All functions; returns how many runs there were."""
    wrong, count = [], 0
    assert functions(before.image) == functions(after.image)
    for name in functions(before.image):
        for vector in range(VECTORS):
            key = f"{name}/{vector}"
            expected, found = run(before, name, key), run(after, name, key)
            assert expected.error is None, f"{name}: the original failed: {expected.error}"
            count += 1
            if expected != found:
                wrong.append((key, found.error))
    assert not wrong, f"seed {SEED}: {wrong[:5]}"
    return count


@pytest.mark.parametrize("build", BUILDS, ids=str)
def test_same_results(build: Build, tmp_path: Path, support: list[Path]) -> None:
    need_program(COMPILERS[build.compiler][0])
    if build.gnu or build.stripped:
        need_program("riscv64-linux-gnu-ld")
    if build.compiler == "gcc":
        need_program("riscv64-linux-gnu-g++")
    objects = compile_corpus(build, tmp_path)
    originals = [tmp_path / f"{name}.o" for name in objects]
    before = link(tmp_path / "before", [*originals, *support], build)
    own = tuple(letter for letter in build.march[4:])
    for extensions in {own and ("i", *own), ("i", "m")}:
        directory = tmp_path / "".join(extensions)
        directory.mkdir()
        chosen = dict(objects)
        if "c" not in extensions and "c" in own and _refused(objects[DIFFERENCES]):
            del chosen[DIFFERENCES]
        parts = lowered(chosen, extensions, directory, support)
        after = link(directory / "after", parts, build)
        start = before
        if len(chosen) < len(objects):
            kept = [tmp_path / f"{name}.o" for name in chosen]
            start = link(directory / "before", [*kept, *support], build)
        assert compare(Machine(start, serve), Machine(after, None)) >= 30 * VECTORS


def _refused(data: bytes) -> bool:
    """Whether differences of labels are refused: that an assembler resolved some cannot be seen."""
    try:
        lower_objects([("differences.o", data)], config(("i", "m")))
    except ZeroosError as caught:
        (found,) = caught.diagnostics
        assert found.code == "ZOS427"
        assert "(function `case_goto_by_differences`)" in found.message
        return True
    return False
