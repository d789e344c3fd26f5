# SPDX-License-Identifier: MIT OR Apache-2.0
"""The project's files that a manifest names: they exist, and they are the project's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zeroos_build.manifest.checks import Context
from zeroos_build.manifest.globs import (
    DEFAULT_SOURCES,
    TooManyEntriesError,
    escapes,
    expand,
    is_glob,
    kind_of,
)
from zeroos_build.manifest.wording import Path as KeyPath

HANDLER_SUFFIXES = (".c", ".S", ".o", ".a")
SOURCE_SUFFIXES = (".c", ".cc", ".cpp", ".cxx", ".S", ".s")


def find_sources(context: Context) -> list[str]:
    """The sources in the order of their names; findings are ZOS107, ZOS116 and ZOS117."""
    listed = context.settings.image.sources
    found: set[str] = set()
    for index, pattern in enumerate(DEFAULT_SOURCES if listed is None else listed):
        path = ("image", "sources", index)
        matches = _matches(context, pattern, path)
        if not matches and listed is not None:
            what = "matches no file" if is_glob(pattern) else "does not exist"
            context.add("ZOS117", f"the source `{pattern}` {what}", path)
        for match in matches:
            if not match.endswith(SOURCE_SUFFIXES):
                context.add(
                    "ZOS117",
                    f"`{match}` is no source that can be compiled",
                    path,
                    (f"sources end in {', '.join(SOURCE_SUFFIXES)}",),
                    "an object or archive belongs into `image.objects`",
                )
            elif _is_inside(context, match, path):
                found.add(match)
    lost = context.lost("image", "sources") or context.lost("image", "objects")
    if not found and not listed and not context.settings.image.objects and not lost:
        context.add(
            "ZOS116",
            "there is nothing to build: no sources and no objects",
            ("image", "sources"),
            ("without `image.sources`, `*.c *.cc *.cpp *.S` here and in `src/` are taken",),
            "add a `main.c`, or list the sources under `[image]`",
        )
    return sorted(found)


def check_inputs(context: Context, need_objects: bool) -> None:
    """ZOS107 and ZOS117 for objects, header directories and embedded files."""
    for kind, name, path in _named(context):
        if not _is_inside(context, name, path):
            continue
        there = kind_of(context.root / name)
        if kind == "handler" and not name.endswith(HANDLER_SUFFIXES):
            message = f"`{name}` is no handler that can be compiled or linked"
            notes = (f"handlers end in {', '.join(HANDLER_SUFFIXES)}",)
            context.add("ZOS117", message, path, notes)
            continue
        wanted = {
            "object": ("file",),
            "spec file": ("file",),
            "handler": ("file",),
            "directory": ("directory",),
        }
        if kind in ("object", "handler") and there == "missing" and not need_objects:
            continue
        if there not in wanted.get(kind, ("file", "directory")):
            context.add("ZOS117", f"the {kind} `{name}` does not exist", path)


def _named(context: Context) -> Iterator[tuple[str, str, KeyPath]]:
    image = context.settings.image
    for index, name in enumerate(image.objects):
        yield "object", name, ("image", "objects", index)
    for index, name in enumerate(image.include):
        yield "directory", name, ("image", "include", index)
    for index, name in enumerate(context.settings.abi.specs):
        yield "spec file", name, ("abi", "specs", index)
    for call, name in context.settings.abi.handlers.items():
        yield "handler", name, ("abi", "handlers", call)
    for index, file in enumerate(context.settings.abi.vfs.files):
        yield "embedded file", file.from_, ("abi", "vfs", "files", index, "from")


def _matches(context: Context, pattern: str, path: KeyPath) -> list[str]:
    # A file may have a wildcard in its name.
    if kind_of(context.root / pattern) == "file":
        return [Path(pattern).as_posix()]
    if not is_glob(pattern):
        return []
    try:
        return expand(context.root, pattern)
    except TooManyEntriesError:
        context.add(
            "ZOS117",
            f"`{pattern}` walks through more files than a project has",
            path,
            help="begin the glob with a directory",
        )
        return []


def _is_inside(context: Context, name: str, path: KeyPath) -> bool:
    if not escapes(context.root, name):
        return True
    context.add(
        "ZOS107",
        f"`{name}` is a link that leaves the project's directory",
        path,
        ("what lies outside is not under the project's version control, nor in another checkout",),
        "copy the file into the project",
    )
    return False
