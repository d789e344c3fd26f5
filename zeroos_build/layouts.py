# SPDX-License-Identifier: MIT OR Apache-2.0
"""What values and memory mean to Linux: flags, structures and errors, from `syscall_specs/`.

flags.toml, structs.toml and errno.toml say it; specs name their groups and structures. Traces are
decoded with it and the Rust crate is made from it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import Field, ValidationError, model_validator

from zeroos_build.diagnostics import Diagnostic, Location, ZeroosError
from zeroos_build.models import Closed, misfits
from zeroos_build.paths import data_root
from zeroos_build.spec import Argument, Syscall

# C types of fields: bytes (0: a register's), and whether they are signed.
FIELD_TYPES: dict[str, tuple[int, bool]] = {
    "char": (1, True),
    "unsigned char": (1, False),
    "short": (2, True),
    "unsigned short": (2, False),
    "int": (4, True),
    "unsigned int": (4, False),
    "long": (0, True),
    "unsigned long": (0, False),
    "long long": (8, True),
    "unsigned long long": (8, False),
    "void *": (0, False),
}
_STRUCT = re.compile(r"struct ([a-z_0-9]+)")


class Group(Closed):
    """Names of values and of bits; the head of flags.toml says what the keys mean."""

    doc: str = Field(min_length=4)
    header: str | None = None
    libc: str | None = None
    type: Literal[
        "int", "unsigned int", "unsigned char", "unsigned long", "unsigned long long"
    ] = "int"  # fmt: skip
    mask: int | None = None
    low: str | None = None
    rest: Literal["hex", "octal"] | None = None
    arguments: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    values: dict[str, int] = Field(default={})
    bits: dict[str, int] = Field(default={})

    @model_validator(mode="after")
    def _sourced(self) -> Group:
        if (self.header is None) == (self.libc is None):
            raise ValueError("give either `header` or `libc`")
        return self

    @property
    def names(self) -> dict[str, int]:
        """Every name with its number."""
        return self.values | self.bits


class Choice(Closed):
    """An argument whose meaning another one decides, by the name of its value.

    flags: the group of its values. reads: where it points to something. absent: where there is
    no such argument. only: the bits of which one must be set for it to be there.
    """

    call: str
    argument: str
    by: str
    flags: dict[str, str] = Field(default={})
    reads: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


class StructField(Closed):
    """A field; the head of structs.toml says what the keys mean."""

    name: str = Field(pattern=r"^[a-z_][a-z0-9_]*$")
    type: str
    count: int = Field(default=1, ge=1)
    align: Literal["pointer"] | None = None
    string: bool = False
    buffer: str | None = None
    filled_by: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    set_: str | None = Field(default=None, alias="set")
    member: str | None = None
    behind: dict[str, int] = Field(default={})

    @model_validator(mode="after")
    def _known_type(self) -> StructField:
        if self.type not in FIELD_TYPES and not self.struct:
            raise ValueError(f"`{self.type}` is not a known type of a field")
        return self

    @property
    def struct(self) -> str | None:
        """The structure that it is, if it is one."""
        match = _STRUCT.fullmatch(self.type)
        return match[1] if match else None

    @property
    def signed(self) -> bool:
        """How to print it."""
        return self.type in FIELD_TYPES and FIELD_TYPES[self.type][1]

    @property
    def padding(self) -> bool:
        """It means nothing."""
        return self.name.startswith("_")


class Struct(Closed):
    """A structure of the kernel."""

    c: str
    header: str
    size: int | dict[Literal["rv64", "rv32"], int] | None = None
    bytes: bool = False
    fields: tuple[StructField, ...] = Field(min_length=1)
    arguments: tuple[str, ...] = ()


class Errno(Closed):
    """An error: its number, and strerror's words."""

    number: int = Field(gt=0, lt=4096)
    words: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the fields of a structure lie on one machine; all in bytes.

    `fields` are (field, offset, size of one element).
    """

    size: int
    align: int
    fields: tuple[tuple[StructField, int, int], ...]


class Layouts:
    """Everything that flags.toml, structs.toml and errno.toml say."""

    def __init__(
        self,
        groups: dict[str, Group],
        choices: tuple[Choice, ...],
        structs: dict[str, Struct],
        errors: dict[str, Errno],
    ) -> None:
        self.groups, self.choices = groups, choices
        self.structs, self.errors = structs, errors
        self._places: dict[tuple[str, int], Placed] = {}
        self._by_argument = {key: g for g in groups.values() for key in g.arguments}
        self._by_type = {key: g for g in groups.values() for key in g.types}
        self._struct_of = {key: name for name, s in structs.items() for key in s.arguments}

    @cached_property
    def error_names(self) -> dict[int, str]:
        """Names of errors by number."""
        return {error.number: name for name, error in self.errors.items()}

    def groups_of(self, call: Syscall, argument: Argument) -> tuple[Group, ...]:
        """The groups that name an argument's values; the more particular rule counts."""
        own = self._by_argument.get(f"{call.name}.{argument.name}")
        if own is not None:
            return (own,)
        if argument.flags:
            return self.named(argument.flags)
        found = self._by_argument.get(argument.name) or self._by_type.get(argument.type)
        return (found,) if found is not None and not argument.is_pointer else ()

    def named(self, names: tuple[str, ...]) -> tuple[Group, ...]:
        """Groups by name; those that do not exist are left out (a test finds them)."""
        return tuple(self.groups[name] for name in names if name in self.groups)

    def struct_of(self, call: Syscall, argument: Argument) -> str | None:
        """The structure that an argument points to, if any is known."""
        rule = self._struct_of.get(f"{call.name}.{argument.name}")
        if rule is not None:
            return rule
        match = _STRUCT.search(argument.type)
        return match[1] if match and match[1] in self.structs else None

    def place(self, name: str, xlen: int) -> Placed:
        """The layout of a structure by C's rules."""
        key = (name, xlen)
        if key not in self._places:
            self._places[key] = self._place(self.structs[name], xlen)
        return self._places[key]

    def _place(self, struct: Struct, xlen: int) -> Placed:
        word, offset, widest, rows = xlen // 8, 0, 1, []
        for field in struct.fields:
            if field.struct is not None:
                inner = self.place(field.struct, xlen)
                size, align = inner.size, inner.align
            else:
                size = align = FIELD_TYPES[field.type][0] or word
            align = max(align, word) if field.align else align
            offset = -(-offset // align) * align
            rows.append((field, offset, size))
            offset += size * field.count
            widest = max(widest, align)
        given = struct.size
        if isinstance(given, dict):
            given = given["rv64" if xlen == 64 else "rv32"]
        return Placed(given or -(-offset // widest) * widest, widest, tuple(rows))


@cache
def load_layouts() -> Layouts:
    """Read and check the three files; ZOS303 where one does not follow its schema."""
    root = data_root() / "syscall_specs"
    flags, structs = _read(root / "flags.toml"), _read(root / "structs.toml")
    where = root / "flags.toml"
    choices = tuple(_model(Choice, row, where) for row in flags.pop("choice", []))
    return Layouts(
        {name: _model(Group, row, where) for name, row in flags.items()},
        choices,
        {name: _model(Struct, row, root / "structs.toml") for name, row in structs.items()},
        {
            name: _model(Errno, row, root / "errno.toml")
            for name, row in _read(root / "errno.toml").items()
        },
    )


_Model = TypeVar("_Model", bound=Closed)


def _model(kind: type[_Model], row: Any, path: Path) -> _Model:
    try:
        return kind.model_validate(row)
    except ValidationError as problem:
        raise misfits("ZOS303", path, problem) from problem


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise ZeroosError([Diagnostic("ZOS303", str(problem), Location(str(path)))]) from problem
