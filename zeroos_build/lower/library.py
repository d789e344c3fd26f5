# SPDX-License-Identifier: MIT OR Apache-2.0
"""The sysroot's archives, lowered once per configuration and cached."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from zeroos_build import cache, files
from zeroos_build.elf.archive import members
from zeroos_build.lower.batch import lower_objects, make_archive
from zeroos_build.lower.config import LowerConfig
from zeroos_build.sysroot import Sysroot

_ARCHIVES = ("libc.a", "builtins.a")


def lower_sysroot(sysroot: Sysroot, config: LowerConfig) -> Path:
    """The directory with lowered libc.a, builtins.a, crt1.o and `forwarders.json`."""
    # Host calls belong to applications; the libc has none.
    own = replace(config, host_functions=(), forwarders={}, internal=())
    digest = cache.digest_of(own.digest(), sysroot.directory.name)

    def build(staging: Path) -> None:
        parts: list[tuple[str, list[tuple[str, bytes]]]] = []
        for name in _ARCHIVES:
            data = (sysroot.directory / name).read_bytes()
            parts.append((name, [(m.name, bytes(m.data)) for m in members(data, name)]))
        parts.append(("crt1.o", [("crt1.o", sysroot.crt1.read_bytes())]))
        objects = [
            (f"{archive}({name})" if archive != "crt1.o" else name, data)
            for archive, rows in parts
            for name, data in rows
        ]
        lowered = lower_objects(objects, own)
        position = 0
        for archive, rows in parts:
            done = lowered.objects[position : position + len(rows)]
            position += len(rows)
            content = done[0] if archive == "crt1.o" else make_archive([n for n, _ in rows], done)
            files.write_bytes(staging / archive, content)
        facts = {
            "forwarders": {name: sorted(v) for name, v in sorted(lowered.forwarders.items())},
            "assumed": sorted(lowered.assumed),
        }
        files.write_text(staging / "forwarders.json", json.dumps(facts, indent=1) + "\n")

    return cache.entry("lowered", digest, build)


def read_learned(directory: Path) -> tuple[dict[str, tuple[int, ...]], tuple[str, ...]]:
    """The libc's forwarders with their argument indices, and the functions looked into."""
    raw = json.loads((directory / "forwarders.json").read_text())
    forwarders = {name: tuple(indices) for name, indices in raw["forwarders"].items()}
    return forwarders, tuple(raw["assumed"])
