# SPDX-License-Identifier: MIT OR Apache-2.0
"""The value types of the manifest: what one value may be, and the words that refuse another.

A validator refuses with `refuse(code, ...)`, so that the code and the fix travel with the error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, core_schema

from zeroos_build.sizes import parse_size


class Closed(BaseModel):
    """A table that holds the named keys and no others, each of exactly its type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


def refuse(code: str, message: str, help: str = "") -> PydanticCustomError:
    """The error of a validator."""
    return PydanticCustomError(
        "zeroos", "{message}", {"code": code, "message": message, "help": help}
    )


def _check_size(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return value
    if isinstance(value, int):
        raise refuse("ZOS102", "a size needs a unit", f'write `"{value}B"`' if value >= 0 else "")
    try:
        return parse_size(value)
    except ValueError as problem:
        raise refuse("ZOS102", str(problem), _size_fix(value)) from None


_LOOSE_SIZE = re.compile(r"\s*([0-9]{1,19})\s*([kKmMgG])(?:[iI]?[bB]?)\s*")


def _size_fix(text: str) -> str:
    loose = _LOOSE_SIZE.fullmatch(text)
    if loose:
        return f'write `"{loose[1]}{loose[2].upper()}iB"`'
    if text.strip().isdecimal():
        return f'write `"{text.strip()}B"`'
    return 'write for example `"64MiB"`'


_SIZE_PATTERN = r"^[0-9]{1,19} ?(B|KiB|MiB|GiB)$"
_SIZE_SCHEMA = {"type": "string", "pattern": _SIZE_PATTERN}
Size = Annotated[
    int,
    BeforeValidator(_check_size),
    Field(ge=0, lt=2**63),
    WithJsonSchema(_SIZE_SCHEMA),
]


def _check_heap(value: object) -> object:
    return value if value == "auto" else _check_size(value)


def _heap_is_auto_or_bytes(value: Any) -> Any:
    if value == "auto" or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise refuse("ZOS104", 'a size like "64MiB" or "auto" belongs here')


HeapSize = Annotated[
    Any,
    BeforeValidator(_check_heap),
    AfterValidator(_heap_is_auto_or_bytes),
    WithJsonSchema({"anyOf": [{"const": "auto"}, _SIZE_SCHEMA]}),
]


def _no_nul(value: str) -> str:
    if "\0" in value:
        raise refuse("ZOS104", "the text holds a NUL character, which ends a string in C")
    return value


Text = Annotated[str, AfterValidator(_no_nul)]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]


def _inside(value: str) -> str:
    path = PurePosixPath(_no_nul(value))
    if not value.strip():
        raise refuse("ZOS107", "the path is empty")
    if path.is_absolute():
        raise refuse("ZOS107", f"`{value}` is absolute", "write it relative to the manifest")
    if ".." in path.parts:
        raise refuse(
            "ZOS107",
            f"`{value}` leaves the project's directory",
            "move the file under the manifest's directory",
        )
    return value


ProjectPath = Annotated[
    str, AfterValidator(_inside), WithJsonSchema({"type": "string", "pattern": r"^[^/].*$"})
]
ProjectPaths = Annotated[tuple[ProjectPath, ...], Field(strict=False)]


def _guest_path(value: str) -> str:
    path = PurePosixPath(_no_nul(value))
    if not path.is_absolute() or ".." in path.parts or str(path) != value or value[1:2] == "/":
        raise refuse(
            "ZOS104",
            f"`{value}` is not a plain absolute path of the guest",
            "begin with one `/`, without `.`, `..` or a `/` at the end",
        )
    if len(value.encode()) > 4095:
        raise refuse("ZOS104", "the path is longer than 4095 bytes, the limit of Linux")
    return value


GuestPath = Annotated[
    str, AfterValidator(_guest_path), WithJsonSchema({"type": "string", "pattern": "^/"})
]


@dataclass(frozen=True, slots=True)
class Matches:
    """Annotates a string that must match `pattern` in full; `what` completes "is not ..."."""

    pattern: str
    what: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), "pattern": f"^{self.pattern}$"}

    def _check(self, value: str) -> str:
        if re.fullmatch(self.pattern, value) is None:
            raise refuse("ZOS104", f"`{value}` is not {self.what}")
        return value


def _check_version(value: object) -> object:
    # A Literal compares with ==, and True and 1.0 are equal to 1.
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise refuse("ZOS104", "the version is an integer", "write `schema = 1`")


Version = Annotated[Literal[1], BeforeValidator(_check_version)]


def _text_or_true(value: object) -> object:
    if value is True:
        return value
    if isinstance(value, str):
        return _no_nul(value)
    fix = f'write `"{value}"`' if isinstance(value, int) and value is not False else ""
    raise refuse("ZOS104", "a macro's value is a string or `true`", fix)


MacroValue = Annotated[
    Any,
    AfterValidator(_text_or_true),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"const": True}]}),
]
