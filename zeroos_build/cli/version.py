# SPDX-License-Identifier: MIT OR Apache-2.0
"""`--version`: one line, or with `--json` also what the tool stands on."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from zeroos_build import __version__
from zeroos_build.cli import output

# What decides on the bytes of an image, and what parses its inputs.
_PARTS = ("ziglang", "unicorn", "ninja", "pyelftools", "capstone", "lief", "pydantic", "jinja2")


def print_version() -> None:
    """Print the version on stdout."""
    output.result(
        [f"zeroos-build {__version__}"],
        version=__version__,
        python=platform.python_version(),
        packages=_packages(),
    )


def _packages() -> dict[str, str | None]:
    parts: dict[str, str | None] = {}
    for name in _PARTS:
        try:
            parts[name] = version(name)
        except PackageNotFoundError:
            parts[name] = None
    return parts
