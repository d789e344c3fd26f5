# SPDX-License-Identifier: MIT OR Apache-2.0
"""Did you mean: the nearest name, keys that stand in another table, keys that were renamed."""

from __future__ import annotations

from collections.abc import Iterable

from zeroos_build.manifest.fields import names_of, walk
from zeroos_build.manifest.kinds import Closed
from zeroos_build.manifest.model import Tables

# Dotted old name -> dotted new name of every key that a release renamed. Both names are without
# `target.T`: the rule holds below it as well.
RENAMED: dict[str, str] = {}


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that a typing error would turn into `word`, if there is one."""
    from difflib import get_close_matches

    lower = {name.lower(): name for name in candidates}
    # difflib is quadratic in the length; no name of ours is longer than this.
    close = get_close_matches(word[:80].lower(), lower, n=1)
    return lower[close[0]] if close else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str | None:
    """The nearest name as a line of help."""
    close = nearest(word, candidates)
    return f"did you mean `{close}`?" if close else None


def for_unknown_key(model: type[Closed], path: tuple[str | int, ...]) -> str | None:
    """One fix for a key that its table (`model`) does not have."""
    names = [str(part) for part in path if not isinstance(part, int)]
    if names[0] == "target" and len(names) > 2:
        names = names[2:]
    new = RENAMED.get(".".join(names))
    if new:
        return f"it is now called `{new}`"
    word = names[-1]
    homes = _homes()
    close = nearest(word, names_of(model))
    if word not in homes and close:
        return f"did you mean `{close}`?"
    elsewhere = homes.get(word) or homes.get(nearest(word, homes) or "")
    return f"did you mean `{elsewhere}`?" if elsewhere else None


def _homes() -> dict[str, str]:
    """Names that stand in one table alone, with that table: `heap` -> `abi.memory.heap`."""
    places: dict[str, set[str]] = {}
    for key in walk(Tables):
        for end, name in enumerate(key.path, 1):
            places.setdefault(name, set()).add(".".join(key.path[:end]))
    return {name: next(iter(homes)) for name, homes in places.items() if len(homes) == 1}


def key_names() -> list[str]:
    """All dotted keys, for `--set`."""
    return [key.dotted for key in walk(Tables)]
