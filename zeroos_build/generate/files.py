# SPDX-License-Identifier: MIT OR Apache-2.0
"""Embedded files as static data of the in-memory file system (libos/include/zeroos/tree.h).

The source holds names and structure; the files' bytes are taken in by the assembler, so it
changes only when names come and go.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zeroos_build.generate.text import c_string, header, render

if TYPE_CHECKING:
    from zeroos_build.manifest.embedded import Embedded

# Directories that the libOS has: their entry, and where the list of their embedded names begins.
_OWN = {
    "/": ("zeroos_root", "&zeroos_dev.next", "zeroos_embedded"),
    "/tmp": ("zeroos_tmp", "&zeroos_tmp_inode.directory.first", "zeroos_embedded_tmp"),  # noqa: S108
}


def files_source(embedded: Sequence[Embedded], cwd: str, project: str) -> str:
    """The C file; `project` is the project's directory as the compiler sees it."""
    names = _names(embedded)
    children: dict[str, list[Embedded]] = {}
    places = {}
    for item in embedded:
        siblings = children.setdefault(posixpath.dirname(item.path), [])
        places[item.path] = len(siblings)
        siblings.append(item)
    rows: list[dict[str, Any]] = []
    files = []
    for number, item in enumerate(embedded):
        if item.kind == "file":
            quoted = c_string(str(Path(project) / item.source))
            files.append({"number": number, "quoted": c_string(quoted)[1:-1]})
        rows.append(_row(number, item, places[item.path], names, children, cwd))
    cwd_entry = _OWN[cwd][0] if cwd in _OWN else names[cwd]
    return render(
        "files.c.j2",
        header=header("Embedded files.", ["the manifest"]),
        files=files,
        entries=rows,
        directories=_directories(children.get("/", [])),
        tmp_directories=_directories(children.get("/tmp", [])),  # noqa: S108
        cwd=cwd_entry if cwd != "/" else None,
    )


def hash_of(name: bytes) -> int:
    """FNV-1a of a name, as libos/vfs/tree.c computes it."""
    found = 2166136261
    for byte in name:
        found = (found ^ byte) * 16777619 & 0xFFFFFFFF
    return found


def _names(embedded: Sequence[Embedded]) -> dict[str, str]:
    """The C name of each path's entry: the first one in a directory of the libOS is known there."""
    names, first = {}, set()
    for number, item in enumerate(embedded):
        parent = posixpath.dirname(item.path)
        if parent in _OWN and parent not in first:
            first.add(parent)
            names[item.path] = _OWN[parent][2]
        else:
            names[item.path] = f"zeroos_embedded_{number}"
    return names


def _row(
    number: int,
    item: Embedded,
    place: int,
    names: dict[str, str],
    children: dict[str, list[Embedded]],
    cwd: str,
) -> dict[str, Any]:
    parent = posixpath.dirname(item.path)
    siblings = children[parent]
    own = children.get(item.path, [])
    name = posixpath.basename(item.path).encode()
    target = item.target.encode()
    if place:
        link = f"&{names[siblings[place - 1].path]}.next"
    elif parent in _OWN:
        link = _OWN[parent][1]
    else:
        link = f"&{names[parent]}_inode.directory.first"
    after = place + 1
    return {
        "number": number,
        "kind": item.kind,
        "comment": c_string(item.path)[1:-1].replace("*/", "*\\057"),
        "name": names[item.path],
        "inode": f"{names[item.path]}_inode",
        "links": 2 + _directories(own) if item.kind == "directory" else 1,
        "first": f"&{names[own[0].path]}" if own else "NULL",
        "target": c_string(target),
        "target_length": len(target),
        "next": f"&{names[siblings[after].path]}" if after < len(siblings) else "NULL",
        "link": link,
        "parent": f"&{_OWN[parent][0] if parent in _OWN else names[parent]}",
        "text": c_string(name),
        "hash": hash_of(name),
        "sequence": len(siblings) - place,
        "references": 1 + len(own) + (item.path == cwd),
        "length": len(name),
    }


def _directories(items: Sequence[Embedded]) -> int:
    return sum(item.kind == "directory" for item in items)
