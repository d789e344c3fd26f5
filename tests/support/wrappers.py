# SPDX-License-Identifier: MIT OR Apache-2.0
"""Calling the wrappers as a build system does, and the same objects as a Linux process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.support.oracle import build_linux

BIN = Path(sys.executable).parent


def environment(**more: str) -> dict[str, str]:
    """The tests' own, with the wrappers on PATH and no settings of zeroos-build."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if k == "ZEROOS_CACHE_DIR" or not k.startswith(("ZEROOS_", "FORCE_COLOR", "CLICOLOR"))
    }
    return {**kept, "PATH": f"{BIN}{os.pathsep}{kept['PATH']}", "LC_ALL": "C.UTF-8", **more}


def call(
    *words: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    data: bytes = b"",
    timeout: float = 300,
) -> subprocess.CompletedProcess[bytes]:
    """Run a command line to its end; a wrapper is called by its name."""
    command = [str(word) for word in words]
    return subprocess.run(
        command, cwd=cwd, env=environment(**(env or {})), input=data, capture_output=True,
        timeout=timeout, check=False,
    )  # fmt: skip


def done(
    *words: str | Path, cwd: Path, env: Mapping[str, str] | None = None, data: bytes = b"",
    timeout: float = 300,
) -> bytes:  # fmt: skip
    """What a command line that must succeed prints."""
    result = call(*words, cwd=cwd, env=env, data=data, timeout=timeout)
    words_of_both = (result.stdout + result.stderr).decode(errors="replace")
    assert result.returncode == 0, words_of_both[-3000:]
    return result.stdout


def as_linux(objects: Sequence[Path], name: str, target: str, work: Path) -> Path:
    """The same objects and archives, linked with the same libc into a Linux executable."""
    project = work / f"linux-{name}"
    project.mkdir(exist_ok=True)
    for path in objects:
        (project / path.name).write_bytes(path.read_bytes())
    listed = ", ".join(f'"{path.name}"' for path in objects)
    (project / "zeroos.toml").write_text(
        f'[image]\nname = "{name}"\nsources = []\nobjects = [{listed}]\n'
    )
    return build_linux(project, work / f"linux-{name}" / name, target)
