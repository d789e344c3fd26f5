# SPDX-License-Identifier: MIT OR Apache-2.0
"""The oracle: the same program as a static Linux process under qemu-user.

It is built from the same sources with the same compiler and the same musl, but for real
threads: with the A extension and musl's own atomics. It never runs as root, since guest system
calls act on the host; when the tests run as root it becomes the user `nobody` in an empty
directory.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zeroos_build.elf.image import Image
from zeroos_build.libos import build_linux_library
from zeroos_build.manifest import load
from zeroos_build.plan.steps import project_flags
from zeroos_build.sysroot import build_sysroot
from zeroos_build.target import load_target
from zeroos_build.toolchain.base import Abi
from zeroos_build.toolchain.zig import Zig

ABIS = {64: Abi("rv64ima", "lp64"), 32: Abi("rv32ima", "ilp32")}
NOBODY = 65534
TIMEOUT = 60


@dataclass(frozen=True)
class Outcome:
    """What a process left: exit code (128+n after signal n) and its streams."""

    code: int
    stdout: bytes
    stderr: bytes
    public: bytes = b""


def build_linux(project: Path, output: Path, target: str = "qemu-virt") -> Path:
    """Build a project directory as a static Linux executable, as wide as a target's machine.

    Returns `output`.
    """
    toolchain, abi = Zig(), ABIS[load_target(target).isa.xlen]
    resolved = load(project, env={}).resolve()
    sysroot = build_sysroot(toolchain, abi, linux=True)
    own = build_linux_library(toolchain, abi)
    objects = []
    with tempfile.TemporaryDirectory() as work:
        for number, source in enumerate(resolved.image.sources):
            target = Path(work) / f"{number}.o"
            image = resolved.image
            extra = image.cxxflags if source.suffix in (".cc", ".cpp") else image.cflags
            flags = project_flags(resolved, toolchain, abi, resolved.directory, linux=True)
            _run(
                [*toolchain.compiler(abi), *flags, *extra, "-c", source, "-o", target],
                cwd=resolved.directory,
            )  # fmt: skip
            objects.append(target)
        objects += [resolved.directory / path for path in resolved.image.objects]
        libraries = [sysroot.libc, own, sysroot.builtins]
        _run(
            [
                *toolchain.linker(abi),
                "--eh-frame-hdr",
                "-o",
                output,
                sysroot.crt1,
                *objects,
                *libraries,
            ],
            cwd=resolved.directory,
        )
    return output


def run_linux(
    program: Path,
    *,
    stdin: bytes = b"",
    args: list[str] | None = None,
    env: dict[str, str] | None = None,
    files: Path | None = None,
    options: Sequence[str] = (),
    within: Path | None = None,
) -> Outcome:
    """Run a static executable under qemu-user, as nobody, in an empty directory.

    `files` is a directory whose contents are in the working directory, and nobody's own.
    `options` are qemu's own; `within` is where the directory is made. What it writes to
    descriptor 3 is the public output (libos/linux/io.c).
    """
    with tempfile.TemporaryDirectory(dir=within) as directory:
        root = Path(directory)
        root.chmod(0o755)
        copy = root / "program"
        shutil.copy(program, copy)
        copy.chmod(0o755)
        work = root / "cwd"
        if files is None:
            work.mkdir()
        else:
            shutil.copytree(files, work, symlinks=True)
        _hand_over(work)
        public = root / "public"
        public.touch()
        drop = (
            ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
            if os.geteuid() == 0
            else []
        )
        guest = [part for item in (env or {}).items() for part in ("-E", "=".join(item))]
        name = f"qemu-riscv{Image.read(program).xlen}"
        qemu = shutil.which(name) or name
        command = [
            *drop,
            qemu,
            *options,
            *guest,
            "-0",
            load_name(program),
            str(copy),
            *(args or []),
        ]
        with public.open("wb") as sink:
            done = subprocess.run(
                command, cwd=work, input=stdin, capture_output=True, timeout=TIMEOUT, env={},
                check=False, pass_fds=(), preexec_fn=lambda: _hand_out(sink.fileno()),
                close_fds=False,
            )  # fmt: skip
        code = done.returncode if done.returncode >= 0 else 128 - done.returncode
        return Outcome(code, done.stdout, done.stderr, public.read_bytes())


def _hand_out(sink: int) -> None:
    """Gives a descriptor to the program as its number 3."""
    os.dup2(sink, 3)
    # dup2 leaves a descriptor as it is that has the number already, to be closed by exec.
    os.set_inheritable(3, True)


def _hand_over(work: Path) -> None:
    """Gives a tree to the user that the program runs as, with the modes of embedded files."""
    for path in (work, *work.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def load_name(program: Path) -> str:
    """argv[0] as the image would have it."""
    return program.stem


def _run(command: list[object], cwd: Path | None = None) -> None:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
