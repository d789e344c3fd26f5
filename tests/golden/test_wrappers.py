# SPDX-License-Identifier: MIT OR Apache-2.0
"""What the wrappers say of flags, objects and libraries that they refuse, word for word.

UPDATE_GOLDEN=1 writes the expected texts anew; read the difference before committing it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.support.golden import check_refusal
from tests.support.objects import assemble

GOLDEN = Path(__file__).parent / "wrappers"
F = ".globl f\n.type f, @function\nf: li a0, 0\n ret\n.size f, .-f\n"
CASES = {
    "shared": "zeroos-cc -shared -fPIC main.c -o libmain.so",
    "flto": "zeroos-cc -O2 -flto -c main.c",
    "no-libc": "zeroos-cc -nostdlib main.c",
    "sanitizer": "zeroos-cc -fsanitize=address,undefined -c main.c",
    "linker-script": "zeroos-cc main.c -Wl,-T,link.ld",
    "linker-option": "zeroos-ld main.o --oformat=binary",
    "hard-floats": "zeroos-cc -march=rv64gc -mabi=lp64d -c main.c",
    "other-width": "zeroos-cc --zeroos-target qemu-virt32 -m64 -c main.c",
    "unknown-setting": "zeroos-cc -z abi.memory.heep=1MiB main.c",
    "unknown-z-word": "zeroos-cc -z heap=1MiB main.c",
    "no-such-library": "zeroos-cc main.c -Llib -lmissing",
    "shared-library": "zeroos-cc main.c -Llib -lonly",
    "thin-archive": "zeroos-cc main.c thin.a",
    "object-of-another-machine": "zeroos-cc main.c host.o",
    "object-with-hard-floats": "zeroos-cc main.c double.o",
    "object-of-another-width": "zeroos-cc main.c narrow.o",
    "no-such-object": "zeroos-cc main.c missing.o",
    "undefined-function": "zeroos-cc undefined.c",
    "no-handler": "zeroos-cc tracer.c",
    "nothing-to-link": "zeroos-cc -lm",
    "no-cxx-library": "zeroos-c++ -z build.toolchain=gcc main.c",
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "main.c").write_text("int main(void) { return 0; }\n")
    (tmp_path / "undefined.c").write_text("int f(void);\nint main(void) { return f(); }\n")
    (tmp_path / "tracer.c").write_text(
        "#include <sys/ptrace.h>\nint main(void) { return (int)ptrace(0, 0, 0, 0); }\n"
    )
    host = bytearray(assemble(F))
    host[18] = 62
    (tmp_path / "host.o").write_bytes(host)
    (tmp_path / "double.o").write_bytes(assemble(F, march="rv64imafd", mabi="lp64d"))
    (tmp_path / "narrow.o").write_bytes(assemble(F, march="rv32im", mabi="ilp32"))
    (tmp_path / "thin.a").write_bytes(b"!<thin>\n")
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "libonly.so").write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize("name", sorted(CASES))
def test_refusals(name: str, project: Path) -> None:
    if "toolchain=gcc" in CASES[name]:
        need_program("riscv64-linux-gnu-gcc")
    check_refusal(GOLDEN / f"{name}.txt", CASES[name], project)
