# SPDX-License-Identifier: MIT OR Apache-2.0
"""Filling in templates, and the few things that all generated files write alike."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from zeroos_build import __version__
from zeroos_build.paths import data_root


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(data_root() / "templates"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - C, not HTML; strings go through c_string
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def load(template: str) -> None:
    """Make a template ready, which takes longer than to fill it in."""
    _environment().get_template(template)


def render(template: str, /, **context: Any) -> str:
    """A template filled in; a name that it uses and `context` lacks is an error."""
    return str(_environment().get_template(template).render(**context))


def header(what: str, sources: Iterable[str]) -> str:
    """The first comment of a generated file."""
    lines = [
        f"/* {what}",
        f" * Made by zeroos-build {__version__} from {', '.join(sources)}; do not edit. */",
    ]
    return "\n".join(lines)


def c_string(text: str | bytes) -> str:
    """A C string literal that holds exactly these bytes."""
    data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
    out = "".join(
        chr(byte) if 32 <= byte < 127 and chr(byte) not in '"\\?' else f"\\{byte:03o}"
        for byte in data
    )
    return f'"{out}"'
