# SPDX-License-Identifier: MIT OR Apache-2.0
"""Rust's libraries, lowered one by one and cached by content.

A library is lowered alone, with the libc's forwarders known. Where one defines a forwarder of its
own, it and whoever calls it are lowered together with the program's objects instead.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zeroos_build import cache, files
from zeroos_build.elf import constants as c
from zeroos_build.elf.archive import members
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.lower.batch import lower_archive, read_input
from zeroos_build.lower.config import LowerConfig

VERSION = 1
# A library, the configuration as plain data, and the name of its entry in the cache.
_Job = tuple[Path, dict[str, object], str]
_ARCHIVE, _FACTS = "lowered.a", "facts.json"
# rustc's own data about a crate, in the clothes of an object.
_METADATA = "lib.rmeta"


@dataclass(frozen=True)
class LoweredLibrary:
    """A library in the cache: its own forwarders, and every name that it wants from elsewhere."""

    source: Path
    archive: Path
    forwarders: frozenset[str]
    wanted: frozenset[str]


def lower_libraries(paths: Sequence[Path], config: LowerConfig) -> list[LoweredLibrary]:
    """Each library lowered alone, in the order given; missing ones by all processors."""
    plain = config.as_json()
    digest = config.digest()
    jobs = [(path, plain, _digest(path, digest)) for path in paths]
    missing = [job for job in jobs if not _is_there(job[2])]
    _lower_by_several(missing)
    return [_known(path, _lower(job)) for path, job in zip(paths, jobs, strict=True)]


def _lower_by_several(jobs: list[_Job]) -> None:
    """By as many processes as there are processors, about the same number of bytes each.

    What one of them could not do is left for this process, which will say why.
    """
    count = min(os.cpu_count() or 1, len(jobs))
    if count < 2:
        return
    shares: list[list[_Job]] = [[] for _ in range(count)]
    loads = [0] * count
    for job in sorted(jobs, key=lambda job: -job[0].stat().st_size):
        least = loads.index(min(loads))
        shares[least].append(job)
        loads[least] += job[0].stat().st_size
    command = [sys.executable, "-m", "zeroos_build.cargo.rlib"]
    running = []
    for share in shares:
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        running.append((child, json.dumps([[str(path), *rest] for path, *rest in share])))
    # Each reads all of its share before it starts, so none of them waits for another.
    for child, text in running:
        if child.stdin is not None:
            child.stdin.write(text.encode())
            child.stdin.close()
    for child, _ in running:
        child.wait()


def _main() -> None:
    for path, plain, digest in json.load(sys.stdin):
        _lower((Path(path), plain, digest))


def together(libraries: Sequence[LoweredLibrary]) -> set[Path]:
    """Those that must be lowered with the program, because of forwarders between libraries."""
    forwarders = set().union(*(one.forwarders for one in libraries)) if libraries else set()
    return {
        one.source for one in libraries if one.forwarders or not forwarders.isdisjoint(one.wanted)
    }


def _digest(path: Path, config: str) -> str:
    return cache.digest_of(VERSION, config, hashlib.sha256(read_input(path)).hexdigest())


def _is_there(digest: str) -> bool:
    from zeroos_build.paths import cache_root

    return (cache_root() / "rlib" / digest / _FACTS).is_file()


def _lower(job: _Job) -> Path:
    """The entry of the cache, filled now when it is missing; runs in a process of its own."""
    path, plain, digest = job

    def build(staging: Path) -> None:
        config = LowerConfig.from_json(plain)
        rows = [
            (member.name, bytes(member.data))
            for member in members(read_input(path), path.name)
            if member.name != _METADATA
        ]
        archive, lowered = lower_archive(path.name, rows, config)
        files.write_bytes(staging / _ARCHIVE, archive)
        facts = {
            "forwarders": sorted(set(lowered.forwarders) - set(config.forwarders)),
            "wanted": sorted(_wanted(rows)),
        }
        files.write_text(staging / _FACTS, json.dumps(facts) + "\n")

    return cache.entry("rlib", digest, build)


def _wanted(rows: Sequence[tuple[str, bytes]]) -> set[str]:
    found: set[str] = set()
    for name, data in rows:
        obj = Relocatable.parse(data, name)
        found |= {s.name for s in obj.symbols if not s.local and s.section == c.SHN_UNDEF}
    return found


def _known(source: Path, entry: Path) -> LoweredLibrary:
    facts = json.loads((entry / _FACTS).read_text())
    return LoweredLibrary(
        source, entry / _ARCHIVE, frozenset(facts["forwarders"]), frozenset(facts["wanted"])
    )


if __name__ == "__main__":
    _main()
