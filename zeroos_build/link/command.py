# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build link IN... -t TARGET -o OUT`: from objects to an image, without a manifest."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from zeroos_build import files
from zeroos_build.bare import resolve_bare
from zeroos_build.build import BuildResult, Options, plan_build, run_plan


def link_files(
    inputs: Sequence[Path], target: str, output: Path, options: Options | None = None
) -> BuildResult:
    """Link objects and archives, lowered or not, into an image; the report goes beside it.

    Everything but the inputs is as an empty manifest has it; the image is named after `output`.
    """
    options = options or Options()
    stem = output.name.removesuffix(".elf")
    with tempfile.TemporaryDirectory(prefix="zeroos-link-") as directory:
        resolved = resolve_bare(Path(directory), target, inputs, stem)
        result = run_plan(plan_build(resolved, options), options)
        files.copy(result.image, output)
        report = output.with_name(f"{stem}.report.json")
        if output.is_file():
            files.copy(result.report, report)
        return BuildResult(result.target, output, report, result.warnings)
