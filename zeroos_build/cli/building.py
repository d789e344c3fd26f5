# SPDX-License-Identifier: MIT OR Apache-2.0
"""Building for the commands `build` and `run`: with progress, and the results in words."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zeroos_build.cli import settings
from zeroos_build.cli.progress import progress

if TYPE_CHECKING:
    from zeroos_build.build import BuildResult, Options
    from zeroos_build.manifest import Project
    from zeroos_build.plan.model import Plan


@contextmanager
def shown_options(
    title: str, *, output: Path | None = None, jobs: int | None = None
) -> Iterator[Options]:
    """Options of a build whose progress is shown."""
    from zeroos_build.build import Options

    with progress(0, title) as shown:
        yield Options(
            jobs=jobs,
            verbose=settings.current.verbose > 0,
            on_step=shown.at,
            on_phase=shown.phase,
            output=output,
        )


def build_images(
    project: Project,
    targets: Sequence[str],
    *,
    output: Path | None = None,
    jobs: int | None = None,
) -> list[BuildResult]:
    """Build the images of a project."""
    from zeroos_build.build import build

    with shown_options("build", output=output, jobs=jobs) as options:
        return build(project, list(targets), options)


def plan_images(project: Project, targets: Sequence[str], *, jobs: int | None = None) -> list[Plan]:
    """What a build would do. Fills the cache, since a plan names the files in it."""
    from zeroos_build.build import plan_build

    with shown_options("plan", jobs=jobs) as options:
        return [plan_build(project.resolve(name), options) for name in targets]


def image_facts(result: BuildResult) -> dict[str, Any]:
    """An image for `--json`: where it is, and its sizes and digests from the report."""
    report = json.loads(result.report.read_text("utf-8"))
    return {
        "target": result.target,
        "image": str(result.image),
        "report": str(result.report),
        "sizes": report["sizes"],
        "digests": report["digests"],
    }


def image_line(facts: dict[str, Any]) -> str:
    """An image as a line of text."""
    loaded = facts["sizes"]["loaded"] / 1024
    return f"{facts['target']}: {shortest(facts['image'])} ({loaded:.1f} KiB loaded)"


def shortest(path: str) -> str:
    """A path relative to the current directory where that is shorter to read."""
    relative = os.path.relpath(path)
    return relative if len(relative) < len(path) else path
