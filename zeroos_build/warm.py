# SPDX-License-Identifier: MIT OR Apache-2.0
"""The short way of `zeroos-build build` when nothing that shapes the plan has changed.

A build leaves a stamp: the words of the command, the environment that counts, and time and size
of every file that the plan was made from (manifest, targets, specs, libOS, this package). When
all of that is as it was, ninja alone decides what is out of date, and neither the manifest nor
its models are loaded. Any doubt, and any failure, leads to the full way.

Only the standard library is imported here.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zeroos_build.paths import data_root

if TYPE_CHECKING:
    from zeroos_build.build import BuildResult
    from zeroos_build.manifest import Project, Resolved

VERSION = 1
_DATA = ("libos", "syscall_specs", "targets", "templates")
_WITH_VALUE = frozenset({"-t", "--target", "-C", "-j", "--jobs"})
_PLAIN = frozenset({"-q", "--quiet"})


def build(arguments: Sequence[str]) -> int | None:
    """The exit code of a warm build, or None when the full way has to be taken."""
    directory = _project(arguments)
    if directory is None:
        return None
    stamp_file = directory / _stamp_name(arguments)
    try:
        stamp = json.loads(stamp_file.read_text())
        if stamp["version"] != VERSION or not _same(stamp["files"]):
            return None
        return _run(arguments, stamp["images"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def record(
    arguments: Sequence[str],
    project: Project,
    settings: Iterable[Resolved],
    results: Sequence[BuildResult],
) -> None:
    """Leave a stamp behind a full build, but for one where it could not be trusted."""
    directory = _project(arguments)
    if directory is None or any(result.warnings for result in results):
        return
    if any(_is_installed(resolved) for resolved in settings):
        return
    from zeroos_build import container
    from zeroos_build.toolchain.discover import find_toolchain

    patterns = project.manifest.image.sources
    if patterns is not None and any(_searches_directories(text) for text in patterns):
        return
    paths: set[Path] = {directory, directory / "zeroos.toml", directory / "src"}
    for resolved in settings:
        paths.update((resolved.directory / path).parent for path in resolved.image.sources)
        paths.update(resolved.directory / path for path in resolved.abi.specs)
        paths.update(find_toolchain(resolved.build.toolchain).programs())
        paths.update(resolved.target.directory.glob("*"))
        paths.update(
            resolved.directory / item.source
            for item in resolved.embedded
            if item.kind == "directory" and item.source
        )
        paths.update(container.writers(resolved.target))
    paths.update((directory / text).parent for text in patterns or ())
    paths.update(tool_files())
    stamp = {
        "version": VERSION,
        "files": {str(path): _state(path) for path in sorted(paths)},
        "images": [
            {"target": r.target, "image": str(r.image), "report": str(r.report)} for r in results
        ],
    }
    from zeroos_build import files

    files.write_text(directory / _stamp_name(arguments), json.dumps(stamp, indent=1) + "\n")


def _project(arguments: Sequence[str]) -> Path | None:
    """The directory of a `build` command that has nothing special about it."""
    if not arguments or arguments[0] != "build":
        return None
    directory = Path.cwd()
    words = iter(arguments[1:])
    for word in words:
        if word in _WITH_VALUE:
            value = next(words, None)
            if value is None:
                return None
            if word == "-C":
                directory = directory / value
        elif word not in _PLAIN:
            return None
    return directory if (directory / "zeroos.toml").is_file() else None


def _is_installed(resolved: Resolved) -> bool:
    """Whether the target is another package's: that it is still installed is for Python to say."""
    in_tree = (data_root() / "targets").resolve()
    return "/" not in resolved.reference and resolved.target.directory.resolve().parent != in_tree


def _stamp_name(arguments: Sequence[str]) -> str:
    relevant = {
        key: value
        for key, value in os.environ.items()
        if key.startswith(("ZEROOS_", "XDG_CACHE")) or key in ("HOME", "NO_COLOR", "PATH")
    }
    text = json.dumps([list(arguments), relevant, sys.executable, str(data_root())], sort_keys=True)
    return f"build/zeroos/.warm-{hashlib.sha256(text.encode()).hexdigest()[:16]}.json"


def _searches_directories(pattern: str) -> bool:
    parent = pattern.rpartition("/")[0]
    return any(letter in parent for letter in "*?[")


def tool_files() -> list[Path]:
    """All that this package consists of."""
    root = data_root()
    found = [path for part in _DATA for path in (root / part).rglob("*")]
    return [
        *found,
        *Path(__file__).parent.rglob("*.py"),
        Path(__file__).parent / "diagnostics.toml",
    ]


def _state(path: Path) -> list[Any] | None:
    """Time and size of a file; the names in a directory, but for hidden ones and backups."""
    try:
        status = path.stat()
        if not stat.S_ISDIR(status.st_mode):
            return [status.st_mtime_ns, status.st_size]
        names = sorted(e.name for e in path.iterdir() if e.name[0] != "." and e.name[-1] != "~")
    except OSError:
        return None
    return ["\n".join(names)]


def _same(files: dict[str, Any]) -> bool:
    return all(_state(Path(name)) == state for name, state in files.items())


def _run(arguments: Sequence[str], images: list[dict[str, str]]) -> int | None:
    from zeroos_build import ninja
    from zeroos_build.diagnostics import ZeroosError

    quiet = not _PLAIN.isdisjoint(arguments)
    jobs = next(
        (int(b) for a, b in pairwise(arguments) if a in ("-j", "--jobs")),
        None,
    )

    def show(done: int, total: int, words: str) -> None:
        if not quiet:
            print(f"[{done}/{total}] {words}", file=sys.stderr)

    lines = []
    for item in images:
        directory = Path(item["image"]).parent
        try:
            ninja.run(directory / "build.ninja", jobs=jobs, on_step=show)
        except ZeroosError:
            return None
        if json.loads((directory / "gen" / "warnings.json").read_text()):
            return None
        loaded = json.loads(Path(item["report"]).read_text())["sizes"]["loaded"] / 1024
        shown = os.path.relpath(item["image"])
        shown = shown if len(shown) < len(item["image"]) else item["image"]
        lines.append(f"{item['target']}: {shown} ({loaded:.1f} KiB loaded)")
    if not quiet:
        print("\n".join(lines))
    return 0
