# SPDX-License-Identifier: MIT OR Apache-2.0
"""Programs that others wrote (examples/) and programs of C++: instructions of whole runs, and
loaded bytes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from zeroos_build.build import Options, build
from zeroos_build.execute import RunRequest, run_embedded
from zeroos_build.manifest import load
from zeroos_build.target import load_target

EXAMPLES = Path(__file__).parents[1] / "examples"
CXX = Path(__file__).parent / "cxx"
TARGETS = ("qemu-virt", "sp1")


@dataclass(frozen=True, slots=True)
class Application:
    """A manifest of an example, and the private inputs it is run with, one run each.

    `parent` is the directory with the example; the ones in `EXAMPLES` fetch their sources.
    """

    name: str
    example: str
    inputs: str | None
    manifest: str = "zeroos.toml"
    parent: Path = EXAMPLES


APPLICATIONS = (
    Application("Lua, 11 scripts", "lua", "scripts/*.lua"),
    Application("cmark of its specification", "cmark", "vendor/test/spec.txt"),
    Application("zlib's example", "zlib", None),
    Application("minigzip of zlib.h", "zlib", "vendor/zlib.h", "minigzip.toml"),
    Application("C++, streams and a map", "streams", None, parent=CXX),
    Application("C++, 1000 exceptions", "exceptions", None, parent=CXX),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """What one application takes on one target; `sources` is the digest of what was built."""

    application: str
    target: str
    instructions: int
    loaded: int
    sources: str

    @property
    def key(self) -> str:
        """As the baseline has it."""
        return f"{self.application}, {self.target}"


def fetched() -> str | None:
    """Why there is nothing to measure; None once the sources of all examples are there."""
    for example in sorted({a.example for a in APPLICATIONS if a.parent == EXAMPLES}):
        done = subprocess.run(
            ["make", "-s", "-C", EXAMPLES / example],
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        if done.returncode:
            return f"examples/{example}: {done.stderr.strip().splitlines()[-1:]}"
    return None


def figures(directory: Path, jobs: int) -> Iterator[Figure]:
    """All of them; `directory` is for builds."""
    work = [(a, target, directory) for a, target in product(APPLICATIONS, TARGETS)]
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(_figure, *zip(*work, strict=True))


def _figure(application: Application, target: str, directory: Path) -> Figure:
    source = application.parent / application.example
    project = directory / f"{application.manifest}-{target}" / application.example
    shutil.copytree(source, project, ignore=shutil.ignore_patterns("build"))
    if application.manifest != "zeroos.toml":
        shutil.copy(project / application.manifest, project / "zeroos.toml")
    (built,) = build(load(project, flags={}, env={}), [target], Options())
    places = sorted(project.glob(application.inputs)) if application.inputs else []
    inputs = [place.read_bytes() for place in places] or [b""]
    return Figure(
        application.name,
        target,
        sum(_instructions(built.image, target, data) for data in inputs),
        int(json.loads(built.report.read_text())["sizes"]["loaded"]),
        _digest(project),
    )


def _instructions(image: Path, target: str, data: bytes) -> int:
    result = run_embedded(RunRequest(image=image, target=load_target(target), input=data))
    if result.outcome != "exit" or result.exit_code or result.instructions is None:
        raise RuntimeError(f"{image.stem} on {target}: {result.outcome}: {result.message}")
    return result.instructions


def _digest(project: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(
        p for p in project.rglob("*") if p.suffix in {".c", ".cc", ".h", ".lua", ".toml"}
    ):
        if "build" not in path.relative_to(project).parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
