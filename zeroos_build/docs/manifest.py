# SPDX-License-Identifier: MIT OR Apache-2.0
"""docs/manifest.md: the reference of `zeroos.toml`, from the models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo

from zeroos_build.docs import stamp
from zeroos_build.manifest.fields import inner_model, is_table, names_of
from zeroos_build.manifest.kinds import Closed
from zeroos_build.manifest.model import Manifest, Tables
from zeroos_build.manifest.schema import schema
from zeroos_build.manifest.wording import shown
from zeroos_build.sizes import format_size

_INTRO = """\
# The manifest: `zeroos.toml`

The manifest says what to build and what Linux the program gets. Every key has a default, so an
empty file is a valid manifest; without a file, a directory with sources is built as if it held an
empty one. The format is closed: a key that is not listed here is an error. `zeroos-build check`
tells all that is wrong at once, and `zeroos-build schema` prints a JSON schema for editors.

```toml
[image]
sources = ["main.c", "src/*.c"]
defines = { NDEBUG = true }

[build]
target = "sp1"

[abi.memory]
heap = "64MiB"

[target.qemu-virt]
abi.memory.heap = "auto"
```

**Sizes** are strings of an integer and `B`, `KiB`, `MiB` or `GiB`: `"64MiB"`.

**Paths** are relative to the manifest and stay inside its directory, also through symbolic links.

**Which value holds.** From the strongest: the command line (`--set abi.memory.heap=64MiB`, `-t`,
`--toolchain`, `--dispatch`), the environment (`ZEROOS_SET`, `ZEROOS_TARGET`, `ZEROOS_TOOLCHAIN`),
`[target.T]`, the other tables, the target's own `target.toml`, the default. Open tables
(`image.defines`, `image.env`, `abi.handlers`, `abi.policy`, `lint`) are merged entry by entry.
`zeroos-build check --resolved` prints each value with the place that it comes from.
"""


def text() -> str:
    """The whole file."""
    definitions = schema()["definitions"]
    parts = [stamp("zeroos_build/manifest/model.py"), _INTRO]
    parts += ["\n## Top level\n\n", *_table([("schema", names_of(Manifest)["schema"])], _top())]
    parts += _sections(Tables, (), definitions)
    target = names_of(Manifest)["target"]
    parts.append(f"\n## `[target.T]`\n\n{target.description}\n")
    return "".join(parts)


def _top() -> dict[str, Any]:
    properties: dict[str, Any] = schema()["properties"]
    return properties


def _sections(model: type[Closed], path: tuple[str, ...], definitions: Any) -> Iterator[str]:
    properties = _top() if model is Tables else definitions[model.__name__]["properties"]
    fields = names_of(model)
    plain = [(name, info) for name, info in fields.items() if not _has_section(info)]
    if plain:
        yield f"\n## `[{'.'.join(path)}]`\n\n{model.__doc__}\n\n"
        yield from _table(plain, properties)
    for name, info in fields.items():
        inner = inner_model(info.annotation)
        if is_table(info) and inner:
            yield from _sections(inner, (*path, name), definitions)
        elif _has_section(info):
            yield from _open_section(info, (*path, name), definitions)


def _has_section(info: FieldInfo) -> bool:
    """Tables, and open tables whose entries are tables or that stand at the top."""
    return is_table(info) or str(info.annotation).startswith("dict")


def _open_section(info: FieldInfo, path: tuple[str, ...], definitions: Any) -> Iterator[str]:
    yield f"\n## `[{'.'.join(path)}]`\n\n{info.description}\n"
    model = inner_model(info.annotation)
    if model is not None:
        yield "\nEach entry is a table, `NAME = { ... }`:\n\n"
        yield from _table(list(names_of(model).items()), definitions[model.__name__]["properties"])


def _table(rows: list[tuple[str, FieldInfo]], properties: dict[str, Any]) -> Iterator[str]:
    yield "| key | type | default | meaning |\n|---|---|---|---|\n"
    for name, info in rows:
        kind = _kind(properties[name]).replace("|", "\\|")
        meaning = (info.description or "").replace("|", "\\|")
        yield f"| `{name}` | {kind} | {_default(name, info)} | {meaning} |\n"


def _default(name: str, info: FieldInfo) -> str:
    if info.is_required():
        return "required"
    value = info.get_default(call_default_factory=False)
    if name == "stack" and value is not None:
        value = format_size(value)
    return "" if value is None else f"`{shown(value)}`"


def _kind(property_schema: dict[str, Any]) -> str:
    """A type in the words of TOML."""
    if "enum" in property_schema:
        return " \\| ".join(f"`{shown(v)}`" for v in property_schema["enum"]).replace("\\|", "|")
    if "const" in property_schema:
        return f"`{shown(property_schema['const'])}`"
    choices = property_schema.get("anyOf") or property_schema.get("oneOf")
    if choices:
        return " or ".join(_kind(choice) for choice in choices)
    kind = property_schema.get("type", "table")
    if kind == "array":
        return f"array of {_plural(_kind(property_schema.get('items', {})))}"
    if kind == "string" and "KiB" in property_schema.get("pattern", ""):
        return "size"
    return str(kind)


def _plural(kind: str) -> str:
    return kind if kind.startswith("`") else kind + "s"
