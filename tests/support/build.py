# SPDX-License-Identifier: MIT OR Apache-2.0
"""Building a project from a test: `python -m tests.support.build DIR [TARGET...]`."""

from __future__ import annotations

import sys
from pathlib import Path

from zeroos_build.build import BuildResult, Options, build
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.manifest import load


def build_project(directory: Path, *targets: str, **flags: str) -> list[BuildResult]:
    """Build a project directory for its default target or for the targets named."""
    project = load(directory, flags=flags, env={})
    return build(project, list(targets) or None, Options())


if __name__ == "__main__":
    try:
        for result in build_project(Path(sys.argv[1]), *sys.argv[2:]):
            print(result.image)
    except ZeroosError as problem:
        for item in problem.diagnostics:
            print(item.code, item.message, *item.notes, sep="\n    ")
        sys.exit(1)
