# SPDX-License-Identifier: MIT OR Apache-2.0
"""docs/diagnostics.md: each code with its page, from the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.diagnostics import Entry, catalogue
from zeroos_build.docs import stamp

_INTRO = """\
# Diagnostics

Each message has a code. `zeroos-build explain CODE` prints the page of a code offline; the pages
are the same as here. With `--json` a command prints one object on stdout, errors included:

```json
{"schema": 1, "ok": false, "diagnostics": [
  {"code": "ZOS102", "severity": "error", "message": "...",
   "location": {"file": "zeroos.toml", "line": 3, "column": 8, "text": "heap = \\"64MB\\"",
                "width": 6},
   "notes": [], "help": "..."}]}
```

| exit code | meaning |
|---|---|
| 0 | ok |
| 1 | failed |
| 2 | the command line is wrong |
| 3 | the manifest is wrong |
| 4 | a toolchain or an executor is missing |
| 5 | an image does not keep what was promised, or a gate failed |
| 130 | interrupted |

`run` gives the guest's own exit code; 124 means that the instruction limit was reached, 125 that
something else than the guest failed. **Lint rules** are the codes with a severity: `[lint]` in the
manifest sets it to `"error"`, `"warning"` or `"off"`, except that rules of soundness cannot be
`"off"`.
"""

_BLOCKS = {
    "1": "1xx: the command line and the manifest",
    "2": "2xx: toolchains and other programs",
    "3": "3xx: specs and generated code",
    "4": "4xx: lowering and linking",
    "5": "5xx: the image",
    "6": "6xx: running",
    "7": "7xx: files, and the tool itself",
}


def text() -> str:
    """The whole file."""
    parts = [stamp("zeroos_build/diagnostics.toml"), _INTRO]
    block = ""
    for code, entry in catalogue().items():
        if code[3] != block:
            block = code[3]
            parts.append(f"\n## {_BLOCKS[block]}\n")
        parts += _entry(entry)
    return "".join(parts)


def _entry(entry: Entry) -> Iterator[str]:
    yield f"\n### {entry.code}: {entry.title}\n\n{entry.explain}\n\n"
    if entry.default is None:
        yield f"*Exit code {entry.exit_code}.*\n"
    else:
        bound = ", cannot be off" if entry.soundness else ""
        yield f"*Lint rule: {entry.default} by default{bound}.*\n"
