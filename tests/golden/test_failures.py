# SPDX-License-Identifier: MIT OR Apache-2.0
"""What the commands say of bad objects, programs, images and machines, word for word.

Each case is run as a user would run it. UPDATE_GOLDEN=1 writes the expected texts anew; read
the difference before committing it.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.images import build, make_project
from tests.support.objects import assemble, compile_c
from zeroos_build.toolchain.zig import Zig

GOLDEN = Path(__file__).parent / "failures"
MAIN = "int f(void);\nint main(void) { return f(); }\n"
OBJECTS = '\nobjects = ["given.o"]\n'
F = ".globl f\n.type f, @function\nf: li a0, 0\n ret\n.size f, .-f\n"

Case = Callable[[Path], list[str]]
CASES: dict[str, Case] = {}


def case(function: Case) -> Case:
    CASES[function.__name__.replace("_", "-")] = function
    return function


def with_object(project: Path, data: bytes, source: str = MAIN) -> list[str]:
    """A program that links `given.o`."""
    make_project(project, source, OBJECTS)
    (project / "given.o").write_bytes(data)
    return ["build"]


@case
def compile_error(project: Path) -> list[str]:
    make_project(project, "int main(void)\n{\n    return missing;\n}\n")
    return ["build"]


@case
def undefined_symbol(project: Path) -> list[str]:
    make_project(project, MAIN)
    return ["build"]


@case
def symbol_defined_twice(project: Path) -> list[str]:
    return with_object(
        project, assemble(F), "int f(void) { return 0; }\nint main(void) { return f(); }\n"
    )


@case
def object_of_another_class(project: Path) -> list[str]:
    return with_object(project, assemble(F, march="rv32im", mabi="ilp32"))


@case
def object_of_another_machine(project: Path) -> list[str]:
    data = bytearray(assemble(F))
    data[18] = 62
    return with_object(project, bytes(data))


@case
def object_with_hard_floats(project: Path) -> list[str]:
    return with_object(project, assemble(F, march="rv64imafd", mabi="lp64d"))


@case
def object_with_bitcode(project: Path) -> list[str]:
    return with_object(project, compile_c("int f(void) { return 0; }", extra="-O2 -flto"))


@case
def object_with_gcc_bitcode(project: Path) -> list[str]:
    """Slim: what gcc -flto makes, here by its section and symbol alone, so without a gcc."""
    text = (
        '.section .gnu.lto_.decls.0,"e",@progbits\n.byte 1, 2, 3, 4\n.comm __gnu_lto_slim, 1, 1\n'
    )
    return with_object(project, assemble(text))


@case
def object_with_half_of_the_registers(project: Path) -> list[str]:
    return with_object(project, assemble(F, march="rv64em", mabi="lp64e"))


@case
def object_that_is_big_endian(project: Path) -> list[str]:
    data = bytearray(assemble(F))
    data[5] = 2
    return with_object(project, bytes(data))


@case
def object_with_vector_instructions(project: Path) -> list[str]:
    text = F.replace("li a0, 0", "vsetvli t0, a0, e8, m1, ta, ma\n vadd.vv v1, v2, v3\n li a0, 0")
    return with_object(project, assemble(text, march="rv64imacv"))


@case
def object_with_vector_code_and_a_system_call(project: Path) -> list[str]:
    text = F.replace("li a0, 0", "vadd.vv v1, v2, v3\n li a7, 172\n ecall")
    return with_object(project, assemble(text, march="rv64imacv"))


@case
def object_of_soft_abi_with_floats(project: Path) -> list[str]:
    """What -march=rv64imafd -mabi=lp64 makes of arithmetic, with a system call beside it."""
    source = (
        'double f2(double x) { register long n __asm__("a7") = 172; register long r __asm__("a0");'
        ' __asm__ volatile("ecall" : "=r"(r) : "r"(n)); return x * 1.5 + (double)r; }\n'
        "int f(void) { return (int)f2(2.0); }\n"
    )
    return [
        *with_object(project, compile_c(source, march="rv64imafd", extra="-O1 -fno-inline")),
        "-t", "sp1",
    ]  # fmt: skip


@case
def object_whose_code_computes_addresses(project: Path) -> list[str]:
    """Compressed code for a target without C, where a jump depends on distances."""
    text = F.replace("li a0, 0", "auipc a1, 0\n addi a1, a1, 10\n jr 4(a1)\n nop\n li a0, 0")
    return [
        *with_object(project, assemble(text, march="rv64imac", relax=False)), "-t", "sp1",
    ]  # fmt: skip


@case
def object_whose_system_call_is_out_of_reach(project: Path) -> list[str]:
    """Everything is live behind the call, so no register is free for the way back."""
    text = F.replace("li a0, 0\n ret", "li a7, 64\n ecall\n jr t0") + ".zero 0x100000\n"
    return with_object(project, assemble(text))


@case
def object_whose_jump_is_out_of_reach(project: Path) -> list[str]:
    """Between two sections; a thunk is in the way too."""
    text = (
        '.section .text.f,"ax"\n'
        + F.replace("li a0, 0\n ret", "la t0, between\n li a7, 64\n ecall\n j g")
        + '.section .text.between,"ax"\nbetween: .fill 0x3fffa, 4, 0x13\n'
        + '.section .text.g,"ax"\ng: ret\n'
    )
    return with_object(project, assemble(text))


@case
def object_that_is_cut_off(project: Path) -> list[str]:
    return with_object(project, assemble(F)[:200])


@case
def object_with_code_that_no_target_has(project: Path) -> list[str]:
    return with_object(
        project, assemble(F.replace("li a0, 0", "fadd.d fa0, fa0, fa0"), march="rv64imd")
    )


@case
def object_with_code_that_cannot_be_decoded(project: Path) -> list[str]:
    return with_object(project, assemble(F.replace("li a0, 0", ".insn 4, 0xffffffff\n ecall")))


@case
def unpaired_store_conditional(project: Path) -> list[str]:
    text = F.replace("li a0, 0", "sc.w a0, a1, (a2)")
    return [*with_object(project, assemble(text, march="rv64ima")), "-t", "sp1"]


@case
def host_call_that_reads_both_ways(project: Path) -> list[str]:
    text = F.replace("li a0, 0", "li t0, 2\n li a7, 64\n ecall")
    return [*with_object(project, assemble(text)), "-t", "sp1"]


def archive(project: Path, flags: str) -> None:
    (project / "part.o").write_bytes(assemble(F))
    command = [*Zig().archiver(), flags, "given.a", "part.o"]
    subprocess.run(command, cwd=project, check=True, capture_output=True)


@case
def thin_archive(project: Path) -> list[str]:
    make_project(project, MAIN, '\nobjects = ["given.a"]\n')
    archive(project, "rcT")
    return ["build"]


@case
def archive_whose_sizes_lie(project: Path) -> list[str]:
    make_project(project, MAIN, '\nobjects = ["given.a"]\n')
    archive(project, "rcD")
    data = (project / "given.a").read_bytes()
    header = data.index(b"part.o/")
    (project / "given.a").write_bytes(data[: header + 48] + b"99999999  " + data[header + 58 :])
    return ["build"]


DIAL = (
    "#include <sys/socket.h>\n"
    "static int dial(void) { return socket(AF_INET, SOCK_STREAM, 0); }\n"
    "int main(void) { return dial(); }\n"
)


COUNT = "#include <unistd.h>\nint main(void) { return acct(0); }\n"


@case
def call_without_a_handler(project: Path) -> list[str]:
    make_project(project, COUNT)
    return ["build"]


@case
def call_without_a_handler_that_the_policy_provides(project: Path) -> list[str]:
    policy = '\n[abi.policy]\nacct = { action = "provide", reason = "wishful" }\n'
    make_project(project, COUNT, policy)
    return ["build"]


@case
def network(project: Path) -> list[str]:
    make_project(project, DIAL)
    return ["build"]


@case
def call_that_no_image_provides(project: Path) -> list[str]:
    source = (
        "#include <unistd.h>\nstatic int become(char **words)\n{\n"
        "    return execv(words[0], words);\n}\n"
        "int main(int argc, char **argv)\n{\n    return argc > 9 ? become(argv) : 0;\n}\n"
    )
    make_project(project, source)
    return ["build"]


@case
def call_that_no_image_provides_at_run(project: Path) -> list[str]:
    source = (
        "#include <unistd.h>\n"
        "int main(int argc, char **argv)\n{\n"
        "    return (int)syscall(220 + argc, argv[0], argv, 0);\n}\n"
    )
    make_project(project, source)
    return ["run", "--executor", "embedded", "--backtrace", "off"]


@case
def call_that_the_policy_halts(project: Path) -> list[str]:
    policy = '\n[abi.policy]\nsocket = { action = "halt", reason = "nobody may dial" }\n'
    make_project(project, DIAL, policy)
    return ["run", "--executor", "embedded", "--backtrace", "off"]


@case
def constant_without_its_value(project: Path) -> list[str]:
    policy = '\n[abi.policy]\ngetpid = { action = "constant", reason = "a test" }\n'
    make_project(project, DIAL, policy)
    return ["build"]


@case
def policy_without_a_reason(project: Path) -> list[str]:
    make_project(project, DIAL, '\n[abi.policy]\nsocket = { action = "enosys", reason = " " }\n')
    return ["build"]


@case
def handler_in_another_file(project: Path) -> list[str]:
    make_project(project, DIAL, '\n[abi.handlers]\nuname = "handlers/uname.c"\n')
    (project / "handlers").mkdir()
    (project / "handlers/uname.c").write_text("int nothing;\n")
    (project / "main.c").write_text("int main(void) { return 0; }\n")
    return ["build"]


@case
def spec_without_a_handler(project: Path) -> list[str]:
    make_project(project, DIAL, '\n[abi]\nspecs = ["mine.toml"]\n')
    (project / "mine.toml").write_text(
        'doc = "Mine."\n[[syscall]]\nname = "mine"\nnr = { rv64 = 1000 }\nsubsystem = "mine"\n'
        'returns = "int"\nargs = []\ndoc = "A call of mine."\n'
    )
    return ["build"]


MINE = (
    'doc = "Mine."\n\n[[syscall]]\nname = "mine"\nnr = { rv64 = 1000, rv32 = 1000 }\n'
    'subsystem = "mine"\nreturns = "int"\nargs = []\ndoc = "A call of mine."\n'
)
POLICY = 'policy.mine = { action = "enosys", reason = "a test" }\n'


def _with_spec(project: Path, text: str, manifest: str = POLICY) -> list[str]:
    make_project(project, DIAL, f'\n[abi]\nspecs = ["specs/mine.toml"]\n{manifest}')
    (project / "specs").mkdir()
    (project / "specs/mine.toml").write_text(text)
    return ["build"]


@case
def spec_file_that_is_no_toml(project: Path) -> list[str]:
    return _with_spec(project, MINE.replace('"int"', "int"))


@case
def spec_file_with_wrong_keys(project: Path) -> list[str]:
    text = MINE.replace("returns", "return").replace('"A call of mine."', '""')
    return _with_spec(project, text.replace("args = []", 'args = [{ name = "a", type = "int *" }]'))


@case
def spec_file_with_a_type_that_is_not_known(project: Path) -> list[str]:
    return _with_spec(project, MINE.replace("args = []", 'args = [{ name = "a", type = "bool" }]'))


@case
def spec_file_that_is_missing(project: Path) -> list[str]:
    make_project(project, DIAL, '\n[abi]\nspecs = ["specs/mine.toml"]\n')
    return ["build"]


@case
def spec_with_a_number_of_linux(project: Path) -> list[str]:
    return _with_spec(project, MINE.replace("1000", "64"))


@case
def spec_of_a_call_that_has_one(project: Path) -> list[str]:
    return _with_spec(project, MINE.replace('"mine"\nnr', '"write"\nnr').replace("1000", "64"))


@case
def spec_file_that_refuses_a_call(project: Path) -> list[str]:
    refused = '\n[refused]\nconnect = "there is no network"\n\n[[sys'
    return _with_spec(project, MINE.replace("\n[[sys", refused))


@case
def policy_for_an_unknown_call_beside_own_specs(project: Path) -> list[str]:
    return _with_spec(project, MINE, POLICY + POLICY.replace("mine", "mien"))


@case
def handler_without_a_spec(project: Path) -> list[str]:
    return _with_spec(project, MINE, POLICY + 'handlers.mien = "main.c"\n')


@case
def handler_file_that_is_missing(project: Path) -> list[str]:
    make_project(project, DIAL, '\n[abi.handlers]\nuname = "handlers/uname.c"\n')
    return ["build"]


@case
def handler_outside_of_the_project(project: Path) -> list[str]:
    make_project(project, DIAL, '\n[abi.handlers]\nuname = "../uname.c"\n')
    return ["build"]


@case
def handler_that_cannot_be_compiled(project: Path) -> list[str]:
    make_project(project, DIAL, '\n[abi.handlers]\nuname = "main.py"\n')
    (project / "main.py").write_text("")
    return ["build"]


@case
def function_with_a_handler_s_name(project: Path) -> list[str]:
    source = (
        "#include <unistd.h>\nlong sys_write(int fd) { return fd - fd; }\n"
        'int main(void) { return (int)write(1, "x", 1); }\n'
    )
    make_project(project, source)
    return ["build"]


@case
def constant_out_of_range(project: Path) -> list[str]:
    policy = 'getpid = { action = "constant", value = 4294967296, reason = "a test" }\n'
    make_project(project, DIAL, f"\n[abi.policy]\n{policy}")
    return ["build"]


@case
def subsystem_that_is_not_listed(project: Path) -> list[str]:
    source = '#include <stdio.h>\nint main(void) { return puts("hello"); }\n'
    make_project(project, source, '[abi]\nsubsystems = ["process", "threads"]\n')
    return ["build"]


RANDOM = (
    "#include <sys/random.h>\nstatic unsigned roll(void)\n{\n    unsigned n = 0;\n"
    "    getrandom(&n, sizeof n, 0);\n    return n;\n}\n"
    "int main(void) { return roll() == 4; }\n"
)


@case
def random_while_denied_at_build(project: Path) -> list[str]:
    make_project(project, RANDOM)
    return ["build"]


@case
def random_while_denied_at_run(project: Path) -> list[str]:
    make_project(project, RANDOM)
    return ["-q", "run", "--executor", "embedded", "--backtrace", "off"]


@case
def time_while_denied(project: Path) -> list[str]:
    source = "#include <time.h>\nint main(void) { return (int)time(0); }\n"
    make_project(project, source, '\n[abi.time]\nsource = "deny"\n')
    return ["build"]


@case
def time_while_denied_at_run(project: Path) -> list[str]:
    source = "#include <time.h>\nint main(void) { return (int)time(0); }\n"
    policy = '[abi.policy]\nclock_gettime = { action = "provide", reason = "a test" }\n'
    make_project(project, source, '\n[abi.time]\nsource = "deny"\n' + policy)
    return ["run", "--executor", "embedded", "--backtrace", "off"]


@case
def image_for_another_target(project: Path) -> list[str]:
    result = build(make_project(project, "int main(void) { return 0; }"), "sp1")
    shutil.copy(result.image, project / "image.elf")
    return ["verify", "image.elf", "-t", "qemu-virt"]


@case
def image_that_is_no_image(project: Path) -> list[str]:
    make_project(project, "int main(void) { return 0; }")
    (project / "image.elf").write_bytes(b"\x7fELF" + bytes(100))
    return ["verify", "image.elf", "-t", "sp1"]


@case
def run_of_something_else(project: Path) -> list[str]:
    project.mkdir(exist_ok=True)
    (project / "image.elf").write_bytes(b"#!/bin/sh\n" * 10)
    return ["run", "image.elf", "-t", "sp1"]


@case
def image_with_a_system_call_left(project: Path) -> list[str]:
    result = build(make_project(project, "int main(void) { return 0; }"), "sp1")
    data = bytearray(result.image.read_bytes())
    from zeroos_build.elf.image import Image

    image = Image(bytes(data), "image")
    address = image.addresses["main"]
    for segment in image.loads:
        if segment.address <= address < segment.address + segment.size:
            start = segment.offset + address - segment.address
            data[start : start + 4] = bytes.fromhex("73000000")
    (project / "image.elf").write_bytes(data)
    return ["verify", "image.elf"]


@case
def heap_that_does_not_fit(project: Path) -> list[str]:
    source = (
        "static volatile char big[200 << 20];\n"
        "int main(int c, char **v) { big[c] = 1; return big[2]; }\n"
    )
    make_project(project, source)
    return ["build"]


@case
def program_without_main(project: Path) -> list[str]:
    make_project(project, "int start(void) { return 0; }\n")
    return ["build"]


@case
def output_in_a_directory_that_is_not_there(project: Path) -> list[str]:
    make_project(project, "int main(void) { return 0; }")
    (project / "file").write_text("")
    return ["build", "-o", "file/image.elf"]


def run(arguments: list[str], project: Path, **options: object) -> subprocess.CompletedProcess[str]:
    """The command in the project, as a user would call it."""
    return subprocess.run(
        [sys.executable, "-m", "zeroos_build", *arguments], cwd=project, capture_output=True,
        text=True, check=False, timeout=120, **options,  # type: ignore[call-overload]
    )  # fmt: skip


def normalized(done: subprocess.CompletedProcess[str], project: Path) -> str:
    """Exit code and words, without what differs between machines."""
    # Progress is one line per step; how many steps there are is not the point here.
    lines = [
        line
        for line in done.stderr.replace(str(project), "PROJECT").splitlines()
        if not re.match(r"\[\d+/\d+\] |sysroot|libOS|lowered|running on|build$|program for", line)
    ]
    # Where the linker put the program is not the point either: every change of the libOS moves it.
    words = re.sub(r"(at|to) 0x[78][0-9a-f]{7}(?= \(|;)", r"\1 0xADDRESS", "\n".join(lines))
    return f"exit code {done.returncode}\n{words}\n"


@pytest.mark.parametrize("name", CASES)
def test_words(name: str, tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    arguments = CASES[name](project)
    text = normalized(run(arguments, project), project)
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text)
    assert text == golden.read_text()
    assert "Traceback" not in text
    assert list(project.rglob("*.tmp*")) == []


def test_missing_compiler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wheel is not there: what a user sees whose installation is incomplete."""
    project = make_project(tmp_path / "project", "int main(void) { return 0; }")
    code = (
        "import sys, importlib.util as u; real = u.find_spec\n"
        "u.find_spec = lambda n, p=None: None if n == 'ziglang' else real(n, p)\n"
        "import importlib.util; sys.argv = ['zeroos-build', 'build']\n"
        "from zeroos_build.__main__ import main; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False
    )
    text = normalized(done, project)
    golden = GOLDEN / "missing-compiler.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text)
    assert text == golden.read_text()


def test_file_limit(tmp_path: Path) -> None:
    """As on a full disk: one error, nothing half-written, and the next build is right."""
    project = make_project(tmp_path / "project", "int main(void) { return 0; }")
    before = build(project, "sp1").image.read_bytes()
    (project / "main.c").write_text(
        "volatile char big[1 << 20] = {1};\nint main(void) { return big[9]; }\n"
    )

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = run(["build", "-t", "sp1"], project, preexec_fn=limit)
    assert done.returncode == 1
    assert "error[ZOS" in done.stderr
    assert "Traceback" not in done.stderr
    assert (project / "build/zeroos/sp1/program.elf").read_bytes() == before
    assert list((project / "build").rglob("*.tmp*")) == []
    assert run(["build", "-t", "sp1"], project).returncode == 0
    assert len((project / "build/zeroos/sp1/program.elf").read_bytes()) > 1 << 20


def test_outputs_that_are_devices_or_pipes_are_written_to(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project", "int main(void) { return 0; }")
    before = Path("/dev/null").stat()
    assert run(["build", "-o", "/dev/null"], project).returncode == 0
    after = Path("/dev/null").stat()
    assert (before.st_rdev, before.st_mode) == (after.st_rdev, after.st_mode)
    fifo = project / "pipe"
    os.mkfifo(fifo)
    reader = subprocess.Popen(["cat", fifo], stdout=subprocess.PIPE)
    assert run(["build", "-o", "pipe"], project).returncode == 0
    data, _ = reader.communicate(timeout=30)
    assert data == (project / "build/zeroos/qemu-virt/program.elf").read_bytes()
    assert fifo.is_fifo()
