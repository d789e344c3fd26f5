# SPDX-License-Identifier: MIT OR Apache-2.0
"""The native hooks: compiled once, shared by processes, mirrored exactly."""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys
from pathlib import Path

import pytest

from zeroos_build.diagnostics import ZeroosError
from zeroos_build.execute import engine, native

_PACKAGE = Path(native.__file__).parent


def test_the_structure_is_the_sources() -> None:
    source = (_PACKAGE / "hook.c").read_text()
    body = re.search(r"struct machine \{(.*?)\n\};", source, re.DOTALL)
    assert body is not None
    text = re.sub(r"/\*.*?\*/", "", body[1], flags=re.DOTALL)
    names = []
    for statement in text.split(";"):
        pointer = re.search(r"\(\*(\w+)\)", statement)
        names += (
            [pointer[1]] if pointer else re.findall(r"\*?(\w+)(?:\[\w+\])?\s*(?:,|$)", statement)
        )
    assert names == [name for name, *_ in native.Machine._fields_]
    # Every field is 8 bytes or an array of them: there is no padding to disagree about.
    assert ctypes.sizeof(native.Machine) == 8 * (len(names) - 2) + 2 * 64 * 24


def test_compiled_once_by_many(tmp_path: Path) -> None:
    code = "from zeroos_build.execute import native; print(native._compiled())"
    environment = {"ZEROOS_CACHE_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
    children = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env=environment,
            stdout=subprocess.PIPE,
            cwd=_PACKAGE.parents[1],
        )
        for _ in range(4)
    ]
    paths = {child.communicate(timeout=60)[0] for child in children}
    assert len(paths) == 1 and all(child.returncode == 0 for child in children)
    assert [file.name for file in tmp_path.glob("hooks/*/*.so")] == ["hook.so"]


def test_a_half_made_entry_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZEROOS_CACHE_DIR", str(tmp_path))
    made = native._compiled()
    made.unlink()
    (made.parent / ".hook.so.x.tmp").write_bytes(b"half")
    assert native._compiled() == made and made.stat().st_size > 1000


def test_another_unicorn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_VERSION", (2, 1, 99))
    engine.library.cache_clear()
    try:
        with pytest.raises(ZeroosError, match=r"unicorn 2\.1\.99 is not installed"):
            engine.library()
    finally:
        engine.library.cache_clear()


def test_failures_of_the_library() -> None:
    machine = engine.Engine(64, 0x1000)
    with pytest.raises(ZeroosError, match="the emulator refused `uc_mem_map`"):
        machine.map(1, 1, 7)
    machine.close()
    machine.close()
