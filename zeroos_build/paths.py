# SPDX-License-Identifier: MIT OR Apache-2.0
"""Where things lie: the shipped data, the cache, the build directories."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_root() -> Path:
    """The directory that holds templates/, libos/, syscall_specs/, targets/,
    conformance/ and executors/.

    In a checkout they stand beside the package, in a wheel inside it.
    """
    shipped = _PACKAGE / "data"
    return shipped if (shipped / "syscall_specs").is_dir() else _PACKAGE.parent


def cache_root() -> Path:
    """The user's cache for sysroots, libOS archives and compiled hooks (not created here).

    The rule is that of the XDG base directory specification: a relative path counts as unset.
    """
    override = os.environ.get("ZEROOS_CACHE_DIR")
    if override:
        return Path(override).absolute()
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (base if base.is_absolute() else Path.home() / ".cache") / "zeroos-build"


def build_dir(project: Path, target: str) -> Path:
    """`build/zeroos/<target>` under the manifest's directory: all that a build writes."""
    return project / "build" / "zeroos" / target
