# SPDX-License-Identifier: MIT OR Apache-2.0
"""The report beside an image: what is in it, why, and what was decided."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from zeroos_build.elf import constants as c
from zeroos_build.elf.image import Image
from zeroos_build.elf.sites import HOST_CALL, SYSCALLS, Site, SiteKind
from zeroos_build.facts import Facts
from zeroos_build.link.map import part_sizes

SCHEMA = 1
_HOW = {
    SiteKind.CALL: "constant",
    SiteKind.CONSTANT: "constant",
    SiteKind.LOAD: "constant",
    SiteKind.FRAME: "constant",
    SiteKind.NORETURN: "constant",
    SiteKind.SET: "set",
    SiteKind.RUN_TIME: "forwarder",
    SiteKind.OPEN: "run-time",
}


def make_report(image: Image, facts: Facts, scan: dict[str, Any], directory: Path) -> str:
    """The report as JSON text; equal for equal images."""
    return json.dumps(describe(image, facts, scan, directory), indent=2, sort_keys=True) + "\n"


def describe(image: Image, facts: Facts, scan: dict[str, Any], directory: Path) -> dict[str, Any]:
    """The report as plain data."""
    linked = sorted(
        s.name.removeprefix("sys_")
        for s in image.symbols
        if s.type == c.STT_FUNC and s.name.startswith("sys_") and s.section != c.SHN_UNDEF
    )
    return {
        "schema": SCHEMA,
        "tool": facts.tool,
        "name": facts.name,
        "target": facts.target,
        "target_versions": facts.target_versions,
        "toolchain": facts.toolchain,
        "march": facts.march,
        "dispatch": facts.dispatch,
        "digests": {
            "file": hashlib.sha256(image.data).hexdigest(),
            "loaded": loaded_digest(image),
        },
        "sizes": {
            "file": len(image.data),
            "loaded": sum(s.file_size for s in image.loads),
            "memory": sum(s.size for s in image.loads),
            "parts": part_sizes(directory / "link.map"),
        },
        "syscalls": {
            "reachable": scan["reachable"],
            "dispatched": scan["dispatched"],
            "unknown_to_linux": scan["unknown_to_linux"],
            "policy": {
                name: {"action": p.action, "value": p.value, "reason": p.reason}
                for name, p in sorted(facts.policy.items())
            }
            | {
                name: {"action": "provide", "value": None, "reason": reason}
                for name, reason in sorted(facts.acknowledged.items())
            },
        },
        "handlers": {"linked": linked, "own": facts.handlers},
        "sites": [_site(image, site, facts) for site in image.sites if site.kind in SYSCALLS],
        "host_calls": [
            {"address": s.site, "name": s.entry, "object": s.object, "function": s.function}
            for s in image.sites
            if s.kind is SiteKind.HOST_CALL
        ]
        + _called(image),
        "edges": scan.get("edges", []),
        "random": facts.random,
        "time": facts.time,
        "input": {"mode": facts.input_mode, "allow": list(facts.bundle or ())},
    }


def _called(image: Image) -> list[dict[str, Any]]:
    """The functions of `zeroos/target.h` that the program holds on to."""
    found = sorted((s.address, s.name) for s in image.symbols if s.name.startswith(HOST_CALL))
    return [
        {"address": address, "name": name.removeprefix(HOST_CALL), "object": "", "function": name}
        for address, name in found
    ]


def loaded_digest(image: Image) -> str:
    """SHA-256 over all loaded segments with their addresses: what the machine sees."""
    total = hashlib.sha256()
    for segment in image.loads:
        content = image.data[segment.offset :][: segment.file_size]
        total.update(f"{segment.address:x} {segment.size:x} {segment.flags}\n".encode())
        total.update(content)
    return total.hexdigest()


def _site(image: Image, site: Site, facts: Facts) -> dict[str, Any]:
    numbers = list(site.numbers) if site.number < 0 else [site.number]
    return {
        "address": site.site,
        "number": site.number if site.number >= 0 else None,
        "names": [facts.linux_name(n) for n in numbers],
        "known": _HOW[site.kind],
        "saved": bin(site.saved).count("1"),
        "object": site.object,
        "function": site.function,
    }
