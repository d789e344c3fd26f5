# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build lower IN -t TARGET -o OUT`: one object or archive."""

from __future__ import annotations

import tempfile
from pathlib import Path

from zeroos_build.bare import resolve_bare
from zeroos_build.build import Options, prepare
from zeroos_build.diagnostics import error
from zeroos_build.lower.batch import lower_files


def lower_file(source: Path, target: str, output: Path, options: Options | None = None) -> None:
    """Lower for a target, as an empty manifest has it.

    The forwarders of the target's libc are known, so numbers that pass through them are found.
    """
    with tempfile.TemporaryDirectory(prefix="zeroos-lower-") as directory:
        resolved = resolve_bare(Path(directory), target, [source], "lowered")
        if resolved.target.kernel == "linux":
            raise error(
                "ZOS449",
                f"nothing is lowered for {resolved.target.name}",
                notes=["Linux itself answers the system calls of its processes"],
                help="use the object as it is, or name another target",
            )
        lower_files([(source, output)], prepare(resolved, options or Options()).config)
