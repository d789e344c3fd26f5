# SPDX-License-Identifier: MIT OR Apache-2.0
"""What the wrappers remember between two calls: a compiler's command, a plan without its objects.

An entry is one JSON file in the cache. It holds for one choice of settings, as long as time and
size of every file that it was made from are what they were; in any doubt it is made again.
Only the standard library is imported here.
"""

from __future__ import annotations

import os
import sys

from zeroos_build import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from zeroos_build.wrap.command import Command

VERSION = 2
# Stands in a remembered plan for whatever a link is given.
SLOT = "zeroos-slot"
MANIFEST = "zeroos.toml"
# Set while cargo runs for `zeroos-build cargo`: a link is written down, not done.
RECORD = "ZEROOS_CARGO_RECORD"
_ENVIRONMENT = (
    "HOME", "PATH", "XDG_CACHE_HOME", "ZEROOS_CACHE_DIR", "ZEROOS_CLANG", "ZEROOS_GCC",
    "ZEROOS_MANIFEST", "ZEROOS_SET", "ZEROOS_TARGET", "ZEROOS_TOOLCHAIN",
)  # fmt: skip


class Choice:
    """The settings that a command line, the environment and the nearest manifest come to.

    `manifest` is a file or a directory, or None without one; `key` names the choice.
    """

    __slots__ = ("key", "manifest", "settings", "target")

    def __init__(self, command: Command, start: str | None = None) -> None:
        """The nearest manifest is looked for from the directory `start`, by default this one."""
        import hashlib
        import json

        self.manifest = os.environ.get("ZEROOS_MANIFEST") or nearest_manifest(start)
        self.target = command.target
        self.settings = list(command.settings)
        if command.stack is not None:
            self.settings.append(f'abi.memory.stack="{command.stack}B"')
        words = [
            VERSION, __version__, sys.executable, __file__, self.manifest, self.target,
            self.settings, [os.environ.get(name) for name in _ENVIRONMENT],
        ]  # fmt: skip
        named = (self.target, os.environ.get("ZEROOS_TARGET"), self.manifest)
        if any(name and not os.path.isabs(name) and os.sep in name for name in named):  # noqa: PTH117
            words.append(os.getcwd())  # noqa: PTH109
        self.key = hashlib.sha256(json.dumps(words).encode()).hexdigest()[:24]

    @property
    def directory(self) -> str:
        """Where the entries of this choice lie."""
        from zeroos_build.paths import cache_root

        return f"{cache_root()}/wrap/{self.key}"


def nearest_manifest(start: str | None = None) -> str | None:
    """`zeroos.toml` here, or in `start`, or in the next directory above that has one."""
    directory = start or os.getcwd()  # noqa: PTH109
    while True:
        file = os.path.join(directory, MANIFEST)  # noqa: PTH118
        if os.path.isfile(file):  # noqa: PTH113
            return file
        above = os.path.dirname(directory)  # noqa: PTH120
        if above == directory:
            return None
        directory = above


def recall(choice: Choice, name: str) -> dict[str, Any] | None:
    """An entry that still holds, or None."""
    import json

    try:
        with open(f"{choice.directory}/{name}.json", encoding="utf-8") as file:  # noqa: PTH123
            entry: dict[str, Any] = json.load(file)
        if all(state(path) == seen for path, seen in entry["files"].items()):
            return entry
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    return None


def remember(
    choice: Choice, name: str, made_from: Iterable[os.PathLike[str]], entry: dict[str, Any]
) -> dict[str, Any]:
    """Write an entry, which is returned; `made_from` are files and directories it depends on."""
    import json
    from pathlib import Path

    from zeroos_build import files

    seen = {str(path): state(str(path)) for path in made_from}
    whole = {**entry, "files": seen}
    files.write_text(Path(choice.directory) / f"{name}.json", json.dumps(whole) + "\n")
    return whole


def state(path: str) -> list[int] | None:
    """Time and size of a file, the time of a directory; None where there is nothing."""
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return [status.st_mtime_ns, status.st_size]
