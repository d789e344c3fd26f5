# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build schema`."""

from __future__ import annotations


def command() -> None:
    """Print the JSON schema of zeroos.toml for editors.

    `zeroos-build schema > zeroos.schema.json` renews the copy that `init` wrote.
    """
    from zeroos_build.manifest.schema import schema_text

    print(schema_text(), end="")
