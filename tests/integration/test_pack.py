# SPDX-License-Identifier: MIT OR Apache-2.0
"""A pack, linked by a plain clang and lld: a C program and one in Rust without its library."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import need, need_executor
from tests.support.images import execute
from tests.support.rust import cargo, need_rust_target
from tests.support.tools import RUST_TARGETS
from zeroos_build.bare import bare_facts
from zeroos_build.elf.image import Image
from zeroos_build.target import load_target
from zeroos_build.verify.finish import verify_image

_TARGETS = ("qemu-virt", "sp1")
_C = """
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <zeroos/io.h>
#include <zeroos/target.h>

static __thread int mine = 3;

static void *work(void *text)
{
    return (char *)text + mine;
}

int main(int argc, char **argv)
{
    char *copy = malloc(100), line[32] = "";
    pthread_t thread;
    void *tail;
    strcpy(copy, "hello");
    pthread_create(&thread, 0, work, copy);
    pthread_join(thread, &tail);
    if (!fgets(line, sizeof line, stdin))
        return 1;
    printf("%s %s %.3f %d %s %s\\n", copy, (char *)tail, 2.0 / 3, argc, line, ZEROOS_TARGET);
    fflush(stdout);
    /* By a number at run time: what Linux does not have, and what it has. */
    if (syscall(5000) != -1 || errno != ENOSYS || syscall(SYS_write, 1, argv[0], 4) != 4)
        return 2;
    write_output((const uint8_t *)"public", 6);
    return 5;
}
"""
_RUST = """
#![no_std]
use zeroos_target::{accelerators, io, TARGET};

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}

extern "C" {
    fn puts(text: *const u8) -> i32;
}

#[no_mangle]
pub extern "C" fn main() -> i32 {
    io::write_output(&accelerators::sha256(io::read_input()));
    unsafe { puts(b"from Rust\\0".as_ptr()) };
    TARGET.len() as i32
}
"""
_CARGO = """
[package]
name = "app"
version = "0.1.0"
edition = "2021"

[lib]
crate-type = ["staticlib"]
path = "lib.rs"

[dependencies]
zeroos-target = { path = "zeroos-target" }

[profile.release]
panic = "abort"

[workspace]
"""


def _need(*names: str) -> list[str]:
    found = []
    for name in names:
        program = shutil.which(f"{name}-19") or shutil.which(name)
        need(None if program else f"{name} is not installed")
        found.append(str(program))
    return found


def _generate(directory: Path, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zeroos_build", "-q", "-C", str(directory), "generate", *words],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


Pack = Callable[[str], Path]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """By target: the pack's directory."""

    @cache
    def made(target: str) -> Path:
        directory = tmp_path_factory.mktemp("pack")
        _generate(directory, "pack", target)
        return directory / f"zeroos-{target}"

    return made


def _link(pack: Path, target: str, inputs: list[Path], image: Path, *more: str) -> Path:
    """As the pack's README says."""
    (lld,) = _need("ld.lld")
    width = load_target(target).isa.xlen
    subprocess.run(
        [lld, "-m", f"elf{width}lriscv", "-static", "--gc-sections", "-z", "norelro", "-T",
         pack / "lib/zeroos.ld", *more, *inputs, pack / "lib/libzeroos.a", "-o", image],
        check=True,
    )  # fmt: skip
    return image


def _c(pack: Path, target: str, tmp_path: Path, text: str = _C) -> Path:
    _compile(pack, target, tmp_path, text)
    return _link(pack, target, [tmp_path / "main.o"], tmp_path / "main.elf")


def _compile(pack: Path, target: str, tmp_path: Path, text: str) -> None:
    (clang,) = _need("clang")
    isa = load_target(target).isa
    march = isa.march.removesuffix("_zicsr")
    own = subprocess.run([clang, "-print-resource-dir"], text=True, capture_output=True, check=True)
    (tmp_path / "main.c").write_text(text)
    subprocess.run(
        [clang, f"--target=riscv{isa.xlen}-linux-musl", f"-march={march}", f"-mabi={isa.abi}",
         "-mcmodel=medany", "-mno-relax", "-fno-pic", "-O2", "-ffunction-sections",
         "-fdata-sections", "-nostdinc",
         "-isystem", pack / "include", "-isystem", f"{own.stdout.strip()}/include",
         "-c", tmp_path / "main.c", "-o", tmp_path / "main.o"],
        check=True,
    )  # fmt: skip


def _check_c(image: Path, target: str, *, real: bool) -> None:
    run = execute(image, target, stdin=b"given", real=real)
    assert run.stdout.decode() == f"hello lo 0.667 1 given {target}\npack"
    assert (run.result.exit_code, run.public) == (5, b"public")


@pytest.mark.parametrize("target", _TARGETS)
def test_c(target: str, pack: Pack, tmp_path: Path) -> None:
    image = _c(pack(target), target, tmp_path)
    _check_c(image, target, real=False)
    verify_image(image)


@pytest.mark.built_executor
def test_c_on_sp1(pack: Pack, tmp_path: Path) -> None:
    need_executor("sp1")
    _check_c(_c(pack("sp1"), "sp1", tmp_path), "sp1", real=True)


_VENDOR = """
.globl _start
_start:
  la sp, vendor_stack_end
  la t0, started
  li t1, 1
  sw t1, 0(t0)
  call main
1: j 1b
.bss
.balign 16
.zero 256
vendor_stack_end:
.data
.globl started
started: .word 0
"""


def _vendor(pack: Path, tmp_path: Path) -> Path:
    """The program's image where a vendor's start calls `main`."""
    clang, objcopy = _need("clang", "llvm-objcopy")
    text = "#include <stdio.h>\nextern int started;\n"
    text += 'int main(void) { printf("started %d\\n", started); return 6; }\n'
    isa = load_target("sp1").isa
    (tmp_path / "vendor.S").write_text(_VENDOR)
    vendor = tmp_path / "vendor.o"
    subprocess.run(
        [clang, "--target=riscv64-linux-musl", f"-march={isa.march}", f"-mabi={isa.abi}",
         "-mcmodel=medany", "-mno-relax", "-c", tmp_path / "vendor.S", "-o", vendor],
        check=True,
    )  # fmt: skip
    names = ("main=zeroos_entry", "_start=vendor_start")
    subprocess.run([objcopy, *(f"--redefine-sym={n}" for n in names), vendor], check=True)
    _compile(pack, "sp1", tmp_path, text)
    inputs = [vendor, tmp_path / "main.o"]
    return _link(pack, "sp1", inputs, tmp_path / "main.elf", "-e", "vendor_start")


def test_a_start_of_the_vendor_s(pack: Pack, tmp_path: Path) -> None:
    image = _vendor(pack("sp1"), tmp_path)
    run = execute(image, "sp1")
    assert (run.result.exit_code, run.stdout) == (6, b"started 1\n")


@pytest.mark.built_executor
def test_a_start_of_the_vendor_s_on_sp1(pack: Pack, tmp_path: Path) -> None:
    need_executor("sp1")
    run = execute(_vendor(pack("sp1"), tmp_path), "sp1", real=True)
    assert (run.result.exit_code, run.stdout) == (6, b"started 1\n")


def test_what_is_not_reached_is_not_linked(pack: Pack, tmp_path: Path) -> None:
    text = '#include <stdio.h>\nint main(void) { puts("x"); return 0; }\n'
    image = Image.read(_c(pack("sp1"), "sp1", tmp_path, text))
    assert sum(segment.file_size for segment in image.loads) < 32 << 10
    assert not {"sys_clone", "sys_openat", "zeroos_dispatch"} & set(image.addresses)


def test_a_call_that_no_image_provides(pack: Pack, tmp_path: Path) -> None:
    """It ends the run by its name, where a build would have refused the program."""
    text = "#include <sys/shm.h>\nint main(void) { return shmget(1, 1, 0) == -1; }\n"
    assert "shmget" not in {call.name for call in bare_facts("sp1", {}).calls}
    run = execute(_c(pack("sp1"), "sp1", tmp_path, text), "sp1")
    assert run.result.outcome == "exit" or run.result.exit_code == 134
    assert b"shmget was called" in run.stderr


@pytest.mark.parametrize("target", _TARGETS)
def test_rust(target: str, pack: Pack, tmp_path: Path) -> None:
    need_rust_target(RUST_TARGETS[0])
    (tmp_path / "lib.rs").write_text(_RUST)
    (tmp_path / "Cargo.toml").write_text(_CARGO)
    _generate(tmp_path, "target", target, "--lang", "rust")
    cargo(tmp_path, "build", "--release", "--target", RUST_TARGETS[0], "--target-dir", "target")
    # Its core library is compressed and has atomics: lowered, it is what the target executes.
    archive = tmp_path / f"target/{RUST_TARGETS[0]}/release/libapp.a"
    lowered = tmp_path / "libapp.a"
    subprocess.run(
        [sys.executable, "-m", "zeroos_build", "-q", "lower", archive, "-t", target, "-o", lowered],
        check=True,
    )  # fmt: skip
    image = _link(pack(target), target, [lowered], tmp_path / "app.elf")
    run = execute(image, target, stdin=b"abc")
    assert (run.result.exit_code, run.stdout) == (len(target), b"from Rust\n")
    assert run.public.hex().startswith("ba7816bf8f01cfea414140de5dae2223b00361a396177a9c")
    verify_image(image)


def test_linux_needs_none(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zeroos_build", "-C", str(tmp_path), "generate", "pack", "linux"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2 and "Linux needs no libOS" in done.stderr
