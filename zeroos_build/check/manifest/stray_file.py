# SPDX-License-Identifier: MIT OR Apache-2.0
"""Embedded directories that carry what tools left in them."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch

from zeroos_build.check.embedded import embedded_files
from zeroos_build.check.subject import Finding, Key, Subject

CODE = "ZOS158"

_NAMES = (
    ".git", ".hg", ".svn", ".gitignore", ".gitattributes", ".DS_Store", "Thumbs.db", "desktop.ini",
    "__pycache__", "*.pyc", "*~", "*.swp", "*.orig", "*.rej", "*.bak", ".idea", ".vscode",
    "node_modules",
)  # fmt: skip


def check(subject: Subject) -> Iterator[Finding]:
    seen: set[tuple[Key, str]] = set()
    for key, path in embedded_files(subject):
        parts = path.relative_to(subject.project.directory).parts
        for part in parts:
            if any(fnmatch(part, pattern) for pattern in _NAMES):
                if (key, part) not in seen:
                    seen.add((key, part))
                    where = "/".join(parts[: parts.index(part) + 1])
                    message = f"`{where}` was left by a tool and becomes a part of the image"
                    yield Finding(key, message, "embed a directory that holds nothing else")
                break
