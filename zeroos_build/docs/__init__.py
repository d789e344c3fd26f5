# SPDX-License-Identifier: MIT OR Apache-2.0
"""The parts of docs/ that are made from code, so that they cannot rot."""

from __future__ import annotations


def generate() -> dict[str, str]:
    """File name from the top of the tree -> text."""
    from zeroos_build.docs import cli, diagnostics, man, manifest, syscalls, targets

    return {
        "docs/cli.md": cli.text(),
        "docs/diagnostics.md": diagnostics.text(),
        "docs/manifest.md": manifest.text(),
        "docs/syscalls.md": syscalls.text(),
        "docs/targets.md": targets.text(),
        "docs/zeroos-build.1": man.text(),
    }


def stamp(source: str) -> str:
    """The first line of a generated file."""
    return (
        f"<!-- Made from {source} by `zeroos-build docs --write`; do not edit. -->\n"
        "<!-- SPDX-License-Identifier: MIT OR Apache-2.0 -->\n\n"
    )
