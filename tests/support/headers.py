# SPDX-License-Identifier: MIT OR Apache-2.0
"""Writes the generated headers of the libOS for linters: `python -m tests.support.headers DIR`."""

from __future__ import annotations

import sys
from pathlib import Path

from zeroos_build import files
from zeroos_build.generate.headers import syscalls_header, target_header
from zeroos_build.spec import load_specs
from zeroos_build.target import load_target


def write_headers(directory: Path) -> None:
    """Headers as a build makes them, with one target's host calls."""
    files.write_text(directory / "zeroos/syscalls.h", syscalls_header(load_specs()))
    files.write_text(directory / "zeroos/target.h", target_header(load_target("sp1")))


if __name__ == "__main__":
    write_headers(Path(sys.argv[1]))
