# SPDX-License-Identifier: MIT OR Apache-2.0
"""The manifest `zeroos.toml`: its models, and the loader that knows lines and origins."""

from zeroos_build.manifest.assign import Assignment, split_setting
from zeroos_build.manifest.layers import Origin
from zeroos_build.manifest.load import FILE_NAME, load, manifest_path
from zeroos_build.manifest.project import Project, Resolved, ResolvedImage

__all__ = [
    "FILE_NAME",
    "Assignment",
    "Origin",
    "Project",
    "Resolved",
    "ResolvedImage",
    "load",
    "manifest_path",
    "split_setting",
]
