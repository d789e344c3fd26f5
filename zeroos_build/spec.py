# SPDX-License-Identifier: MIT OR Apache-2.0
"""The data model of syscall specs: what `syscall_specs/*.toml` may say, and the loader.

One file per subsystem. From a spec come prototypes, dispatchers, decoding and documentation;
the behaviour lives in `libos/<subsystem>/`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from zeroos_build.diagnostics import Diagnostic, Location, ZeroosError
from zeroos_build.models import Closed, misfits
from zeroos_build.paths import data_root

Subsystem = Literal[
    "process", "memory", "threads", "signals", "vfs", "random", "time", "socket"
]  # fmt: skip
SUBSYSTEMS: tuple[Subsystem, ...] = (
    "process", "memory", "threads", "signals", "vfs", "random", "time", "socket",
)  # fmt: skip

# C types of scalars: bits that count, and whether they are signed. 0: a whole register.
SCALARS: dict[str, tuple[int, bool]] = {
    "int": (32, True),
    "unsigned int": (32, False),
    "pid_t": (32, True),
    "uid_t": (32, False),
    "gid_t": (32, False),
    "mode_t": (32, False),
    "clockid_t": (32, True),
    "long": (0, True),
    "unsigned long": (0, False),
    "size_t": (0, False),
    "ssize_t": (0, True),
    "off_t": (0, True),
}
_POINTER = re.compile(r"(const )?(void|char|struct [a-z_0-9]+|[a-z_ ]+?) ?(\*|\*const \*)")
_ERRNO = re.compile(r"E[A-Z0-9]{1,15}")


class Argument(Closed):
    """An argument. `in`, `out` and `inout` say that it points to data that the call reads or
    writes, and how much: the name of a length argument, a number of elements, or "string".
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: str
    in_: str | int | None = Field(default=None, alias="in")
    out: str | int | None = None
    inout: str | int | None = None
    flags: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known_type(self) -> Argument:
        if not self.is_pointer and self.type not in SCALARS:
            raise ValueError(f"`{self.type}` is not a known type")
        if not self.is_pointer and (self.in_, self.out, self.inout) != (None, None, None):
            raise ValueError("only pointers have a direction")
        return self

    @property
    def is_pointer(self) -> bool:
        """Points into the program's memory."""
        return _POINTER.fullmatch(self.type) is not None

    @property
    def narrow(self) -> bool:
        """Linux looks at the low 32 bits only, whatever the register's upper half holds."""
        return not self.is_pointer and SCALARS[self.type][0] == 32

    @property
    def signed(self) -> bool:
        """How to print it."""
        return not self.is_pointer and SCALARS[self.type][1]


class Numbers(Closed):
    """The syscall's number per machine; a machine without it has none."""

    rv64: int | None = Field(default=None, ge=0, lt=4096)
    rv32: int | None = Field(default=None, ge=0, lt=4096)


class Inline(Closed):
    """An answer that needs no call: a constant, or one load of a 32-bit variable of the libOS."""

    constant: int | None = Field(default=None, ge=-2048, lt=2048)
    load: str | None = None

    @model_validator(mode="after")
    def _one(self) -> Inline:
        if (self.constant is None) == (self.load is None):
            raise ValueError("give either `constant` or `load`")
        return self


class Syscall(Closed):
    """One system call.

    abi: `plain`; `frame` handlers get all registers; `noreturn` ones do not come back.
    `linux32` is the name that riscv32 has for it. `differs` says where it is not as Linux, and
    `reason` why.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    nr: Numbers
    linux32: str | None = None
    subsystem: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    returns: Literal["int", "long", "ssize_t", "off_t", "void *", "pid_t", "noreturn"]
    args: tuple[Argument, ...] = Field(max_length=6)
    errors: tuple[str, ...] = ()
    abi: Literal["plain", "frame", "noreturn"] = "plain"
    inline: Inline | None = None
    differs: str | None = None
    reason: str | None = None
    doc: str = Field(min_length=8)

    @model_validator(mode="after")
    def _consistent(self) -> Syscall:
        names = [argument.name for argument in self.args]
        if len(set(names)) != len(names):
            raise ValueError(f"{self.name}: two arguments share a name")
        for argument in self.args:
            for length in (argument.in_, argument.out, argument.inout):
                if isinstance(length, str) and length != "string" and length not in names:
                    raise ValueError(f"{self.name}: `{length}` is not an argument")
        for code in self.errors:
            if not _ERRNO.fullmatch(code):
                raise ValueError(f"{self.name}: `{code}` is not an error name")
        if list(self.errors) != sorted(set(self.errors)):
            raise ValueError(f"{self.name}: errors must be sorted, each once")
        if (self.returns == "noreturn") != (self.abi == "noreturn"):
            raise ValueError(f"{self.name}: `returns` and `abi` disagree")
        if (self.differs is None) != (self.reason is None):
            raise ValueError(f"{self.name}: `differs` and `reason` belong together")
        return self

    def number(self, xlen: int) -> int | None:
        """The number on rv32 or rv64."""
        return self.nr.rv64 if xlen == 64 else self.nr.rv32

    @property
    def narrows(self) -> bool:
        """Needs a wrapper that cuts arguments to 32 bits."""
        return any(argument.narrow for argument in self.args)

    @property
    def prototype(self) -> str:
        """The handler's C declaration, without the semicolon."""
        if self.abi == "frame":
            return f"long sys_{self.name}(struct zeroos_frame *frame)"
        args = ", ".join(a.type + ("" if a.type.endswith("*") else " ") + a.name for a in self.args)
        kind = "_Noreturn void" if self.abi == "noreturn" else "long"
        return f"{kind} sys_{self.name}({args or 'void'})"


class Edge(Closed):
    """A site of the C library that an image takes only under a condition; see edges.toml."""

    function: str
    syscall: str
    when: Literal["never", "large-tls", "threads", "deadline"]
    reason: str = Field(min_length=8)
    source: str = Field(min_length=8)


class EdgeFile(Closed):
    """The file of edges."""

    edge: tuple[Edge, ...]


class SpecFile(Closed):
    """A file of specs. `refused`: calls that an image can never provide, by name, with the reason.

    Reaching one is an error that says why, unless a policy says what it shall do.
    """

    doc: str
    refused: dict[str, Annotated[str, Field(min_length=8)]] = Field(default_factory=dict)
    syscall: tuple[Syscall, ...] = ()


class Specs:
    """All specs, the number tables of Linux, and the edges."""

    def __init__(
        self,
        files: dict[str, SpecFile],
        linux: dict[str, dict[str, int]],
        edges: tuple[Edge, ...],
    ) -> None:
        self.files = files
        self.linux = linux
        self.edges = edges

    @cached_property
    def by_name(self) -> dict[str, Syscall]:
        """Specs by name, sorted."""
        rows = [call for file in self.files.values() for call in file.syscall]
        return {call.name: call for call in sorted(rows, key=lambda call: call.name)}

    def by_number(self, xlen: int) -> dict[int, Syscall]:
        """Specs by number on one machine."""
        found = {}
        for call in self.by_name.values():
            number = call.number(xlen)
            if number is not None:
                found[number] = call
        return found

    def refused(self, xlen: int) -> dict[int, str]:
        """Numbers of refused calls on one machine, with the reason."""
        numbers = self.linux[f"rv{xlen}"]
        rows = [row for file in self.files.values() for row in file.refused.items()]
        return {numbers[name]: reason for name, reason in sorted(rows) if name in numbers}

    def names(self, xlen: int) -> dict[int, str]:
        """Every number of Linux with its name: a spec's own where there is one."""
        return self._linux_names[xlen] | {n: c.name for n, c in self.by_number(xlen).items()}

    def linux_name(self, number: int, xlen: int) -> str | None:
        """Linux's own name of a number, whether there is a spec or not."""
        return self._linux_names[xlen].get(number)

    @cached_property
    def _linux_names(self) -> dict[int, dict[int, str]]:
        return {
            xlen: {number: name for name, number in self.linux[f"rv{xlen}"].items()}
            for xlen in (32, 64)
        }


@cache
def load_specs() -> Specs:
    """Read and check everything under syscall_specs/."""
    root = data_root() / "syscall_specs"
    files: dict[str, SpecFile] = {
        name: read_file(root / f"{name}.toml", name) for name in SUBSYSTEMS
    }
    linux = tomllib.loads((root / "linux.toml").read_text("utf-8"))
    specs = Specs(files, linux, _edges(root / "edges.toml"))
    seen: dict[str, str] = {}
    for subsystem, file in files.items():
        for name in file.refused:
            if name in specs.by_name or not any(name in table for table in linux.values()):
                why = f"`{name}` is refused and has a spec, or is no system call of Linux"
                place = Location(str(root / f"{subsystem}.toml"))
                raise ZeroosError([Diagnostic("ZOS302", why, place)])
        for call in file.syscall:
            where = Location(str(root / f"{subsystem}.toml"))
            if call.name in seen:
                raise ZeroosError([Diagnostic("ZOS302", f"`{call.name}` has two specs", where)])
            seen[call.name] = subsystem
            for xlen in (64, 32):
                number = call.number(xlen)
                wanted = call.linux32 or call.name if xlen == 32 else call.name
                if number is not None and specs.linux_name(number, xlen) != wanted:
                    words = f"`{wanted}` is not number {number} on rv{xlen}"
                    raise ZeroosError([Diagnostic("ZOS301", words, where)])
    return specs


def _edges(path: Path) -> tuple[Edge, ...]:
    try:
        return EdgeFile.model_validate(tomllib.loads(path.read_text("utf-8"))).edge
    except (tomllib.TOMLDecodeError, ValueError) as problem:
        raise ZeroosError([Diagnostic("ZOS303", str(problem), Location(str(path)))]) from problem


def read_file(path: Path, subsystem: str | None = None) -> SpecFile:
    """A file of specs, of one subsystem if one is named; ZOS303 where it breaks the schema."""
    try:
        file = SpecFile.model_validate(tomllib.loads(path.read_text("utf-8")))
        for call in file.syscall:
            if subsystem is not None and call.subsystem != subsystem:
                raise ValueError(f"`{call.name}` belongs into {call.subsystem}.toml")
    except ValidationError as problem:
        raise misfits("ZOS303", path, problem) from problem
    except (tomllib.TOMLDecodeError, ValueError) as problem:
        raise ZeroosError([Diagnostic("ZOS303", str(problem), Location(str(path)))]) from problem
    return file


def syscall_names() -> list[str]:
    """Names that a manifest may use: specs, and every system call that Linux has."""
    specs = load_specs()
    return sorted({*specs.by_name, *specs.linux["rv64"], *specs.linux["rv32"]})
