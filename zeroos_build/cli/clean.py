# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build clean`."""

from __future__ import annotations

import os

from zeroos_build.cli import output
from zeroos_build.cli.options import ManifestOption
from zeroos_build.diagnostics import error


def command(manifest: ManifestOption = None) -> None:
    """Remove what builds have written.

    That is `build/zeroos` under the project's directory, and nothing else.
    """
    from zeroos_build import files
    from zeroos_build.manifest import manifest_path

    path = manifest_path(manifest, os.environ)
    directory = path if path.is_dir() else path.absolute().parent
    build = directory / "build"
    for place in (build, build / "zeroos"):
        if place.is_symlink():
            raise error(
                "ZOS710",
                f"`{place}` is a symbolic link, so it is left alone",
                help=f"remove the link by hand: rm {place}",
            )
    built = build / "zeroos"
    removed = [str(built)] if built.exists() else []
    files.remove_tree(built)
    output.result([f"removed {place}" for place in removed], removed=removed)
