# SPDX-License-Identifier: MIT OR Apache-2.0
"""Settings without a manifest: what `lower` and `link` work by."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from zeroos_build import files
from zeroos_build.facts import Call, Facts, Policy
from zeroos_build.manifest import Resolved, load
from zeroos_build.plan.facts import make_facts
from zeroos_build.spec import load_specs
from zeroos_build.toolchain.zig import Zig

_TEXT = '[image]\nsources = []\nobjects = ["given.o"]\n'


def resolve_bare(work: Path, target: str, objects: Sequence[Path], name: str) -> Resolved:
    """As an empty manifest in `work` would have it, with these objects and this name."""
    files.write_text(work / "zeroos.toml", _TEXT)
    base = load(work, env={}).resolve(target, need_objects=False)
    usable = re.sub(r"[^a-z0-9._-]+", "-", name.lower()).lstrip("._-")[:64] or "image"
    given = tuple(path.absolute() for path in objects)
    return replace(base, image=replace(base.image, name=usable, objects=given))


def bare_facts(target: str, policy: dict[str, Policy]) -> Facts:
    """What holds for every image of a target, with an image's own policies."""
    specs = load_specs()
    with tempfile.TemporaryDirectory(prefix="zeroos-facts-") as directory:
        resolved = resolve_bare(Path(directory), target, (), "image")
    return replace(make_facts(resolved, specs, Zig()), policy=policy)


def with_own_handlers(facts: Facts, own: dict[str, tuple[int, str]]) -> Facts:
    """As the image's note says it: these calls, by name, number and kind, are not the libOS's."""
    calls = tuple(call for call in facts.calls if call.name not in own)
    added = tuple(
        Call(name, number, "own", (), False, abi, None, None) for name, (number, abi) in own.items()
    )
    linux = facts.linux | {number: name for name, (number, _) in own.items()}
    return replace(facts, calls=calls + added, linux=linux, handlers=dict.fromkeys(own, ""))
