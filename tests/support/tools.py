# SPDX-License-Identifier: MIT OR Apache-2.0
"""What tests need beyond Python packages: installed where that is possible, named where not.

    python -m tests.support.tools               programs now, executors in the background
    python -m tests.support.tools --executors   executors, waiting for them

With ZEROOS_REQUIRE_TOOLS=1 (as in CI) a missing tool is a failure; else its tests are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from zeroos_build import paths
from zeroos_build.execute.real import executor_home, find_executor
from zeroos_build.target import Executor, load_target, target_names

REQUIRED = os.environ.get("ZEROOS_REQUIRE_TOOLS") == "1"
# An executor of a zkVM takes some minutes of both cores to build.
PATIENCE = 3600


@dataclass(frozen=True, slots=True)
class Tool:
    """A program, the Debian package it comes in, and which tests want it.

    A library or header has no program on PATH; `place` is a pattern of where it lies below /usr.
    """

    program: str
    package: str
    wanted_by: str
    place: str = ""

    @property
    def missing(self) -> bool:
        """It is not on this machine."""
        if self.place:
            return not any(Path("/usr").glob(self.place))
        return shutil.which(self.program) is None


TOOLS = (
    Tool("qemu-riscv64", "qemu-user", "comparisons with a Linux process"),
    Tool("qemu-riscv32", "qemu-user", "comparisons with a Linux process of 32 bits"),
    Tool("qemu-system-riscv64", "qemu-system-misc", "runs on QEMU virt's own executor"),
    Tool("qemu-system-riscv32", "qemu-system-misc", "runs on that of its 32-bit board"),
    Tool("setpriv", "util-linux", "running guests as another user than root"),
    Tool("riscv64-linux-gnu-gcc", "gcc-riscv64-linux-gnu", "the toolchain gcc"),
    Tool("riscv64-linux-gnu-g++", "g++-riscv64-linux-gnu", "objects of C++ by the toolchain gcc"),
    Tool("riscv64-unknown-elf-gcc", "gcc-riscv64-unknown-elf", "the toolchain gcc, bare metal"),
    Tool("clang-19", "clang-19", "the toolchain clang"),
    Tool("ld.lld-19", "lld-19", "the toolchain clang"),
    Tool(
        "libclang_rt",
        "libclang-rt-19-dev",
        "host tests of the libOS under sanitizers",
        "lib/llvm-19/lib/clang/19/lib/linux/libclang_rt.asan[.-]*",
    ),
    Tool("cmake", "cmake", "projects that build with CMake"),
    Tool("autoreconf", "autoconf", "Debian sources without a configure script"),
    Tool("automake", "automake", "the same"),
    Tool("libtoolize", "libtool", "the same"),
    Tool("nlohmann", "nlohmann-json3-dev", "C++ of others", "include/nlohmann/json.hpp"),
    Tool("fmt", "libfmt-dev", "C++ of others", "include/fmt/core.h"),
    Tool("cargo", "cargo", "the executors of zkVMs and the example blake3"),
    Tool("g++", "g++", "ZisK's own executor"),
    Tool("gmpxx.h", "libgmp-dev", "ZisK's own executor", "include/**/gmpxx.h"),
    Tool("libclang", "libclang-dev", "ZisK's own executor", "lib/llvm-*/lib/libclang[.-]*so*"),
)


def missing_programs() -> list[Tool]:
    """What is not here."""
    return [tool for tool in TOOLS if tool.missing]


def install_programs() -> list[Tool]:
    """Install what is missing with apt where we may; returns what is still missing."""
    missing = missing_programs()
    prefix = _apt()
    if missing and prefix is not None:
        packages = sorted({tool.package for tool in missing})
        print(f"installing {' '.join(packages)}", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        update = [*prefix, "apt-get", "update", "-qq"]
        install = [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
        for command in (update, install):
            subprocess.run(
                command, env=environment, check=False, stdout=subprocess.DEVNULL, timeout=1200
            )
    return missing_programs()


# Bare-metal targets of Rust, for handlers in Rust.
RUST_TARGETS = ("riscv64imac-unknown-none-elf", "riscv32im-unknown-none-elf")


def rust_target_missing(target: str) -> str | None:
    """Why nothing can be compiled for a target of Rust, or None."""
    try:
        command = ["rustc", "--print", "sysroot"]
        root = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "rustc is not installed"
    if (Path(root) / "lib" / "rustlib" / target / "lib").is_dir():
        return None
    return f"Rust for {target} is not installed (rustup target add {target})"


def install_rust_targets() -> list[str]:
    """Have rustup install them; the reasons for those that are still missing."""
    if any(map(rust_target_missing, RUST_TARGETS)) and shutil.which("rustup"):
        command = ["rustup", "--quiet", "target", "add", *RUST_TARGETS]
        subprocess.run(command, check=False, capture_output=True, timeout=600)
    return [reason for target in RUST_TARGETS if (reason := rust_target_missing(target))]


def rust_source_missing() -> str | None:
    """Why no program of Rust with std can be built for an image, or None."""
    from zeroos_build.cargo.rust import find_rust
    from zeroos_build.diagnostics import ZeroosError

    try:
        find_rust(None, os.environ)
    except ZeroosError as problem:
        return problem.diagnostics[0].message
    return None


def install_rust_source() -> str | None:
    """Have rustup install the source of std; why it is still missing."""
    if rust_source_missing() and shutil.which("rustup"):
        command = ["rustup", "--quiet", "component", "add", "rust-src"]
        subprocess.run(command, check=False, capture_output=True, timeout=600)
    return rust_source_missing()


def _apt() -> list[str] | None:
    """How to call apt: as root, by sudo without a password, or not at all."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    free = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if free.returncode == 0 else None


def executors() -> list[Executor]:
    """Executors that are built from executors/, one per zkVM."""
    return [
        executor
        for name in target_names()
        for executor in load_target(name).executor
        if executor.kind == "command"
    ]


def boards() -> list[str]:
    """Targets whose executor is a program of the distribution."""
    programs = {tool.program for tool in TOOLS}
    return [
        name
        for name in target_names()
        if any(executor.name in programs for executor in load_target(name).executor)
    ]


def built_targets() -> list[str]:
    """Targets whose executor is one of these."""
    return [
        name
        for name in target_names()
        if any(executor.kind == "command" for executor in load_target(name).executor)
    ]


def lock_file(executor: Executor) -> str:
    """Held while an executor is being built."""
    return str(executor_home(executor)) + ".lock"


def build_executors() -> list[str]:
    """Build what is not there; returns the names of those that could not be built.

    All locks are taken first: who waits for the last executor must not find its lock free while
    the first one is being built.
    """
    from filelock import FileLock

    wanted = executors()
    locks = []
    for executor in wanted:
        executor_home(executor).parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(lock_file(executor))
        lock.acquire()
        locks.append(lock)
    failed = []
    for executor, lock in zip(wanted, locks, strict=True):
        try:
            if not _build(executor):
                failed.append(executor.name)
        finally:
            lock.release()
    return failed


def _build(executor: Executor) -> bool:
    """Build one executor that is not there yet; whether it is there now."""
    home = executor_home(executor)
    if (home / "bin" / executor.name).is_file():
        return True
    if shutil.which("cargo") is None:
        return False
    source = paths.data_root() / "executors" / executor.name
    command = ["cargo", "install", "--locked", "--no-track", "--quiet", "--path", str(source)]
    command += ["--root", str(home)]
    environment = {**os.environ, "CARGO_TARGET_DIR": str(home.with_suffix(".build"))}
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    shutil.rmtree(home.with_suffix(".build"), ignore_errors=True)
    if done.returncode:
        print(done.stderr[-4000:], file=sys.stderr)
    return done.returncode == 0


def wait_for_executor(target: str) -> str | None:
    """Wait until a target's executor is built; the reason when there is none."""
    from filelock import FileLock, Timeout

    found = load_target(target)
    for executor in found.executor:
        if executor.kind == "command":
            try:
                with FileLock(lock_file(executor), timeout=PATIENCE):
                    pass
            except (Timeout, OSError):
                return f"{executor.name} was not built within {PATIENCE} s"
    answer = find_executor(found)
    return answer if isinstance(answer, str) else None


def main() -> int:
    """1 when something is missing that must be there."""
    missing = install_programs()
    for tool in missing:
        print(f"{tool.program} is missing (Debian: {tool.package}); skipped: {tool.wanted_by}")
    for reason in install_rust_targets():
        print(f"{reason}; skipped: handlers in Rust")
    if (reason := install_rust_source()) is not None:
        print(f"{reason}; skipped: programs in Rust")
    if "--executors" in sys.argv:
        failed = build_executors()
        for name in failed:
            print(f"{name} could not be built; skipped: runs on that zkVM's own executor")
        return 1 if failed else 0
    log = paths.cache_root() / "executors" / "build.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        subprocess.Popen(
            [sys.executable, "-m", "tests.support.tools", "--executors"],
            stdout=output, stderr=output, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    return 1 if missing and REQUIRED else 0


if __name__ == "__main__":
    sys.exit(main())
