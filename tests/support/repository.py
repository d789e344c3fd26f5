# SPDX-License-Identifier: MIT OR Apache-2.0
"""A repository with a Makefile, a cargo and a CMake project; each rule's mistake is in one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.support.findings import Row
from tests.support.planted import plant
from tests.support.rust import cargo
from tests.support.tools import rust_target_missing

BIN = Path(sys.executable).parent
# Of the targets of stock Rust the nearest to qemu-virt.
RUST_TARGET = "riscv64imac-unknown-none-elf"
# What no build has made yet: from this code on a rule needs the image.
IMAGE_RULES = "ZOS460"

_CARGO = {
    "Cargo.toml": """\
[package]
name = "guest"
version = "0.1.0"
edition = "2021"

[lib]
crate-type = ["staticlib"]

[profile.release]
panic = "abort"
debug = "line-tables-only"
""",
    "src/lib.rs": """\
#![no_std]

extern "C" {
    fn getppid() -> i32;
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}

mod inner {
    #[inline(never)]
    pub fn parent(of: i32) -> i32 {
        unsafe { super::getppid() + of }
    }
}

#[no_mangle]
pub extern "C" fn guest(of: i32) -> i32 {
    inner::parent(of)
}
""",
    "main.c": """\
int guest(int of);

int main(int argc, char **argv)
{
    volatile char large[2000] = {1};
    (void)argv;
    return guest(argc) + large[argc];
}
""",
    "zeroos.toml": f"""\
[image]
sources = ["main.c"]
objects = ["target/{RUST_TARGET}/release/libguest.a"]
cflags = ["-march=rv64gc"]  # ZOS153
[abi]
subsystems = ["process", "vfs"]  # ZOS460
host_calls = ["main.c:nowhere"]  # ZOS466
[abi.random]
source = "input"  # ZOS150 ZOS463
[abi.time]
source = "fixed"  # ZOS464
[abi.vfs]
files = [{{ path = "/a", from = "main.c" }}]  # ZOS465
[abi.policy]
prlimit64 = {{ action = "enosys", reason = "musl falls back" }}  # ZOS461
[budget]
loaded = "2KiB"  # ZOS520
text = "2KiB"  # ZOS521
stack = "1KiB"  # ZOS522
runs.short = {{ instructions = 20 }}  # ZOS523
""",
}
_CMAKE = {
    "CMakeLists.txt": """\
cmake_minimum_required(VERSION 3.16)
project(guest C)
add_library(guest STATIC lib.c)
""",
    "lib.c": """\
#include <unistd.h>

long guest(long number)
{
    return syscall(number);
}
""",
    "main.c": """\
long guest(long number);

volatile long number = 172;

int main(void)
{
    return guest(number) < 0;  // ZOS462
}
""",
    "zeroos.toml": """\
[image]
sources = ["main.c"]
objects = ["out/libguest.a"]
[abi]
subsystems = ["process"]
[abi.random]
seed = "00ff"  # ZOS151
""",
}


def write_repository(root: Path) -> list[Row]:
    """Write and commit all three projects; gives the mistakes in them."""
    (root / "make").mkdir()
    rows = [(code, f"make/{file}", line) for (file, line), code in plant(root / "make").items()]
    for name, files in (("cargo", _CARGO), ("cmake", _CMAKE)):
        for file, text in files.items():
            path = root / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            rows += [
                (code, f"{name}/{file}", number)
                for number, line in enumerate(text.splitlines(), 1)
                for code in re.findall(r"ZOS\d+", line)
            ]
    (root / ".gitignore").write_text("build/\ntarget/\nout/\ncmake/cmake/\nCargo.lock\n")
    git = ["git", "-c", "user.name=test", "-c", "user.email=test@example.invalid"]
    for command in (["init", "-q"], ["add", "-A", "-f"], ["commit", "-q", "-m", "start"]):
        subprocess.run([*git, *command], cwd=root, check=True)
    return sorted(rows)


def build_libraries(root: Path) -> list[str]:
    """What cargo and CMake make of the repository; names the projects whose tools are here."""
    made = []
    if rust_target_missing(RUST_TARGET) is None:
        directory = ("--target-dir", "target")
        cargo(root / "cargo", "build", "--release", "--target", RUST_TARGET, *directory)
        made.append("cargo")
    for command in (
        [BIN / "zeroos-build", "-q", "generate", "cmake", "-t", "qemu-virt"],
        ["cmake", "-S", ".", "-B", "out", "--toolchain", "cmake/zeroos.cmake"],
        ["cmake", "--build", "out"],
    ):
        done = subprocess.run(
            [str(word) for word in command], cwd=root / "cmake", text=True, capture_output=True,
            check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    return [*made, "cmake"]
