# SPDX-License-Identifier: MIT OR Apache-2.0
"""Third-party projects of Debian built by their own configure scripts and CMake files, unchanged.

What they make runs on the embedded machine like the same objects linked into a Linux process.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.support.images import ROOT, execute
from tests.support.oracle import run_linux
from tests.support.wrappers import as_linux, done
from zeroos_build.paths import cache_root

TARGET = "sp1"
JOBS = f"-j{os.cpu_count() or 1}"
# Seconds for one command; each takes less than a minute where nothing else runs.
LIMIT = 900
# The security archive's newest version need not be on every mirror; the release's own is.
SUITE = platform.freedesktop_os_release().get("VERSION_CODENAME", "stable")


def fetch(package: str, directory: Path) -> Path:
    """A fresh copy of a Debian source; what was fetched once is kept in the cache."""
    need_program("apt-get")
    kept = cache_root() / "tests" / "debian" / package
    if not kept.is_dir():
        kept.parent.mkdir(parents=True, exist_ok=True)
        command = [ROOT / "examples" / "debian-source", f"{package}/{SUITE}", kept]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return Path(shutil.copytree(kept, directory / package, symlinks=True))


def configure(source: Path, *words: str, target: str = TARGET) -> None:
    """By the project's configure script, made first where the source has none."""
    env = {"ZEROOS_TARGET": target}
    if not (source / "configure").is_file():
        for program in ("autoreconf", "automake", "libtoolize"):
            need_program(program)
        done("autoreconf", "-fi", cwd=source, env=env)
    done("./configure", "-q", "CC=zeroos-cc", "AR=zeroos-ar", "--host=riscv64-linux-musl", *words,
         cwd=source, env=env, timeout=LIMIT)  # fmt: skip


def make(source: Path, *words: str, target: str = TARGET) -> None:
    done("make", "-s", JOBS, "AR=zeroos-ar", *words, cwd=source, env={"ZEROOS_TARGET": target},
         timeout=LIMIT)  # fmt: skip


def same(image: Path, objects: list[Path], stdin: bytes, work: Path, *args: str) -> bytes:
    """The image's and the Linux process's output are equal, and are returned."""
    linux = as_linux(objects, image.name, TARGET, work)
    wanted = run_linux(linux, stdin=stdin, args=list(args))
    run = execute(image, TARGET, stdin=stdin)
    assert run.result.message is None
    assert (run.stdout, run.stderr, run.result.exit_code) == (
        wanted.stdout, wanted.stderr, wanted.code,
    )  # fmt: skip
    return run.stdout


def with_arguments(work: Path, name: str, objects: list[Path], *args: str) -> Path:
    """The same program once more; in an image, arguments are settings of the link."""
    listed = ", ".join(f"'{arg}'" for arg in args)
    done("zeroos-cc", *objects, "-z", f"image.args=[{listed}]", "-o", work / name,
         cwd=work, env={"ZEROOS_TARGET": TARGET})  # fmt: skip
    return work / name


def test_zlib_by_its_own_configure(tmp_path: Path, qemu_user: None) -> None:
    source = fetch("zlib", tmp_path)
    env = {"ZEROOS_TARGET": TARGET, "CC": "zeroos-cc", "CFLAGS": "-O2 -g0", "CHOST": "riscv64"}
    done("./configure", "--static", cwd=source, env=env)
    assert "zeroos-cc" in (source / "Makefile").read_text()
    make(source, "RANLIB=zeroos-ar s", "static")
    objects = [source / "minigzip.o", source / "libz.a"]
    packed = same(source / "minigzip", objects, b"abc" * 5000, tmp_path)
    assert 0 < len(packed) < 200
    again = with_arguments(tmp_path, "unzip", objects, "-d")
    assert same(again, objects, packed, tmp_path, "-d") == b"abc" * 5000


JQ_MANIFEST = """
[abi.policy]
socket = { action = "enosys", reason = "musl asks nscd for users; it does without" }
connect = { action = "enosys", reason = "as socket" }
sendmsg = { action = "enosys", reason = "as socket" }
"""


def test_oniguruma_and_jq_by_autoconf(tmp_path: Path, qemu_user: None) -> None:
    onig = fetch("libonig", tmp_path)
    configure(onig, "CFLAGS=-O2")
    make(onig, "-C", "src")
    prefix = tmp_path / "prefix"
    make(onig, "-C", "src", "install", f"prefix={prefix}", f"libdir={prefix}/lib",
         f"includedir={prefix}/include")  # fmt: skip
    # libtool saw for itself that there are no shared libraries.
    assert {p.suffix for p in (prefix / "lib").iterdir()} <= {".a", ".la", ""}
    source = fetch("jq", tmp_path)
    (source / "zeroos.toml").write_text(JQ_MANIFEST)
    configure(source, f"--with-oniguruma={prefix}", "--disable-docs", "--disable-maintainer-mode",
              "--disable-valgrind", "CFLAGS=-O2")  # fmt: skip
    make(source)
    assert (source / "jq.report.json").is_file()
    objects = [
        source / "src" / "main.o",
        source / ".libs" / "libjq.a",
        prefix / "lib" / "libonig.a",
    ]
    program = '[.rows[] | select(.name | test("^[ab]+$")) | {name, sum: (.values | add)}]'
    rows = b'{"rows":[{"name":"abba","values":[1,2.5]},{"name":"x","values":[]}]}'
    shutil.copy(source / "zeroos.toml", tmp_path)
    image = with_arguments(tmp_path, "jq.elf", objects, "-c", program.replace("'", '"'))
    assert same(image, objects, rows, tmp_path, "-c", program) == b'[{"name":"abba","sum":3.5}]\n'


@pytest.mark.parametrize("generator", ["Unix Makefiles"])
def test_cmark_by_cmake(tmp_path: Path, generator: str, qemu_user: None) -> None:
    need_program("cmake")
    source = fetch("cmark", tmp_path)
    done("zeroos-build", "-q", "generate", "cmake", "-t", TARGET, "--out", tmp_path / "cmake",
         cwd=tmp_path)  # fmt: skip
    out = tmp_path / "out"
    done("cmake", "-G", generator, "-S", source, "-B", out, "-DCMAKE_BUILD_TYPE=Release",
         f"-DCMAKE_TOOLCHAIN_FILE={tmp_path}/cmake/zeroos.cmake", cwd=tmp_path)  # fmt: skip
    done("cmake", "--build", out, JOBS, "--target", "cmark_exe", cwd=tmp_path)
    objects = sorted((out / "src" / "CMakeFiles" / "cmark_exe.dir").rglob("*.o"))
    text = (source / "README.md").read_bytes()
    libraries = [next((out / "src").glob("libcmark.a"))] if len(objects) < 5 else []
    assert b"<h1>" in same(out / "src" / "cmark", [*objects, *libraries], text, tmp_path)
