# SPDX-License-Identifier: MIT OR Apache-2.0
"""The data model of a target: what `targets/<name>/target.toml` may say, and its loader.

Every fact has one place here and a `source` beside it in the data. Nothing in this package
knows a target by name.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from zeroos_build.diagnostics import Location, error
from zeroos_build.host_call import (
    Address,
    HostCall,
    HostCallAbi,
    Size,
    Stream,
    incomplete,
    pattern,
)
from zeroos_build.models import Closed, misfits
from zeroos_build.paths import data_root
from zeroos_build.riscv.march import extension_names, register_width

ENTRY_POINTS = "zeroos_build.targets"
Role = Literal["entry", "stack", "text", "rodata", "data", "heap", "input", "public", "zero"]
Kernel = Literal["libos", "linux"]
CsrForm = Literal["csrrw", "csrrs", "csrrc", "csrrwi", "csrrsi", "csrrci"]
Rule = Literal[
    "segments-readable", "no-write-exec", "text-contiguous", "text-decodes", "sections-hold-all",
    "segments-filled", "segments-adjacent",
]  # fmt: skip


class Isa(Closed):
    """What the machine executes. `march` is what compilers are told and all that an image may hold.

    "keep" leaves an instruction as it is; the other values say what lowering puts in its place.
    `exceptions` are those that reach a trap vector; the machine dies of others. `csrs` are the
    control registers that it has, and `csr_forms` the instructions that reach them; without these,
    all of the extension zicsr.
    """

    march: str = Field(pattern=r"^rv(32|64)im?a?c?(_z[a-z0-9]+)*$")
    abi: Literal["lp64", "ilp32"]
    misaligned: Literal["works", "fault"]
    null_load: Literal["faults", "reads-zero"]
    null_store: Literal["faults", "ignored"]
    fence: Literal["keep", "nop"]
    counters: Literal["keep", "virtual"]
    ebreak: Literal["keep", "abort"]
    unimp: Literal["keep", "abort"]
    exceptions: Literal["all", "ecall"] = "all"
    csrs: tuple[Annotated[int, Field(ge=0, lt=1 << 12)], ...] | None = None
    csr_forms: tuple[CsrForm, ...] | None = None
    source: str

    @property
    def xlen(self) -> int:
        """Register width in bits."""
        return register_width(self.march)

    @property
    def extensions(self) -> frozenset[str]:
        """Single letters and z-names: {"i", "m", "zicsr"}."""
        return frozenset(extension_names(self.march))


class Region(Closed):
    """An address range [start, end) and what lies in it, from low to high.

    A region that holds the stack alone is used from its end downwards. `input` and `public` stand
    alone: memory where the host puts the private input, framed as `[streams] stdin` says, and
    memory whose content is the public output of a run that ends with exit code 0; `zero` is memory
    of the machine that reads 0. `guard` bytes in front of the heap are left alone.
    """

    name: str
    start: Address
    end: Address
    holds: tuple[Role, ...]
    guard: Size = 0
    source: str


class Memory(Closed):
    """The regions of the address space."""

    region: tuple[Region, ...]

    @model_validator(mode="after")
    def _each_role_once(self) -> Memory:
        roles = [role for region in self.region for role in region.holds]
        for role in ("stack", "text", "rodata", "data", "heap"):
            if roles.count(role) != 1:
                raise ValueError(f"`{role}` must be held by exactly one region")
        for window in ("input", "public", "zero"):
            holding = [region.holds for region in self.region if window in region.holds]
            if holding not in ([], [(window,)]):
                raise ValueError(f"`{window}` must be alone in at most one region")
        for region in self.region:
            if region.start >= region.end:
                raise ValueError(f"region `{region.name}` is empty")
        return self

    def holding(self, role: Role) -> Region:
        """The region that holds a role."""
        return next(region for region in self.region if role in region.holds)

    def window(self, role: Literal["input", "public", "zero"]) -> Region | None:
        """The region through which a stream goes, where the machine has one."""
        return next((region for region in self.region if role in region.holds), None)


class ImageRules(Closed):
    """What the target's loader wants; `verify` checks the rules by name.

    `zeroed`: memory that no segment fills reads 0. `copied`: RAM is empty, and what data starts
    with lies behind the constants (load addresses say so), from where the bootloader copies it.
    The container `flat` is what lies at the load addresses, from the first to the last byte, in
    `<name>.bin`. `text_limit`: bytes of executable segments.
    """

    container: Literal["elf", "flat"]
    zeroed: bool
    copied: bool = False
    text_limit: Size | None = None
    flags: dict[Literal["text", "rodata", "data"], Literal["x", "r", "rx", "rw"]]
    rules: tuple[Rule, ...]
    align: int = Field(ge=1, le=4096)
    source: str


class Exit(Closed):
    """How an exit code arrives: whole (`code`), or as success or failure only."""

    codes: Literal["code", "pass-fail"]
    source: str


class Streams(Closed):
    """How bytes come and go.

    `stdin`: `native` has a true end, `length-prefix` is framed with 64 bits of length.
    `stdout`: `line` wants one whole line per host call, `text` one of UTF-8. `public`: bytes of
    public output; with `digest` the machine publishes the 32 bytes of its SHA-256 instead.
    `unit`: public output comes in so many bytes at a time, the last ones filled up with zeros.
    """

    stdin: Literal["native", "length-prefix"]
    stdout: Literal["bytes", "line", "text"]
    public: Literal["unlimited", "digest"] | Size
    unit: int = Field(default=1, ge=1, le=4096)
    source: str


class Dispatch(Closed):
    """How Linux system calls reach the libOS."""

    modes: tuple[Literal["call", "trap"], ...]


class Executor(Closed):
    """A program that runs images of this target; `{image}` and friends are filled in.

    kind `command`: our own contract (see docs/targets.md). kind `simulator`: started in an empty
    directory, `files` maps file names there to streams. kind `process`: the image is a process of
    this machine's Linux; standard input is the private input, descriptor 3 the public output, and
    `{arguments}` and `{environment}` come from the image. `packaged`: some registry has it.
    `container`: arguments with which it writes what the zkVM's own tools take, `{container}`.
    """

    name: str
    kind: Literal["command", "simulator", "process"]
    version: str
    args: tuple[str, ...]
    files: dict[str, Stream] = Field(default={})
    container: tuple[str, ...] = ()
    packaged: bool = True
    install: str
    doc: str


class Target(Closed):
    """A place where an image runs. `directory` holds target.toml, boot.S, host.c, README.md.

    `kernel` says who answers Linux system calls: the libOS, or Linux itself. Under Linux nothing
    is lowered, and the target has neither bootloader nor host calls.
    """

    schema_: Literal[1] = Field(alias="schema")
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")
    title: str
    summary: str
    versions: str
    kernel: Kernel = "libos"
    isa: Isa
    memory: Memory
    image: ImageRules
    exit: Exit
    streams: Streams
    dispatch: Dispatch
    host_call_abi: dict[str, HostCallAbi] = Field(default={})
    host_call: tuple[HostCall, ...] = ()
    executor: tuple[Executor, ...] = ()
    directory: Path = Field(default=Path(), exclude=True)

    @model_validator(mode="after")
    def _host_calls_are_complete(self) -> Target:
        for call in self.host_call:
            abi = self.host_call_abi.get(call.via)
            if abi is None:
                raise ValueError(f'host call `{call.name}`: `via = "{call.via}"` is not described')
            if problem := incomplete(call, abi):
                raise ValueError(problem)
        return self

    def instruction_patterns(self) -> tuple[tuple[int, int], ...]:
        """Mask and value of every host call that is an instruction of its own."""
        return tuple(
            pattern(call, self.host_call_abi[call.via])
            for call in self.host_call
            if call.word is not None
        )

    def ecall_numbers(self) -> tuple[str | None, dict[int, str]]:
        """Host calls made by `ecall`: the register of their numbers, and number to name.

        A group of calls that one number opens is named as the group.
        """
        register: str | None = None
        found: dict[int | None, str] = {}
        for name, abi in self.host_call_abi.items():
            if abi.form == "ecall" and not abi.fixed:
                register = abi.number
                found |= {c.number: c.name for c in self.host_call if c.via == name}
        for name, abi in self.host_call_abi.items():
            if abi.form == "ecall" and register in abi.fixed:
                found[abi.fixed[register]] = name
        return register, {number: name for number, name in found.items() if number is not None}


def target_names(kernel: Kernel | None = None) -> list[str]:
    """All in-tree targets, or those with this kernel, sorted."""
    root = data_root() / "targets"
    names = sorted(p.parent.name for p in root.glob("*/target.toml"))
    return [n for n in names if kernel is None or load_target(n).kernel == kernel]


def installed_targets() -> dict[str, Path]:
    """Targets of other packages: name to directory.

    Such a package has an entry point of the group `zeroos_build.targets` per target, whose value
    is the directory, or a function that gives it.
    """
    from importlib.metadata import entry_points

    found = {}
    for point in entry_points(group=ENTRY_POINTS):
        given = point.load()
        directory = Path(given() if callable(given) else given)
        if not (directory / "target.toml").is_file():
            raise error(
                "ZOS110",
                f"the target `{point.name}` of an installed package holds no target.toml",
                notes=[f"its entry point `{point.value}` gives `{directory}`"],
                help="the package is broken: install it again, or tell its authors",
            )
        found[point.name] = directory.resolve()
    return dict(sorted(found.items()))


def find_target(name: str) -> Path:
    """The directory of a target: its name, in-tree or installed, or a path (`./my-zkvm/`)."""
    if "/" in name or name in (".", ".."):
        directory = Path(name)
        if not (directory / "target.toml").is_file():
            raise error(
                "ZOS110",
                f"`{name}` holds no target.toml",
                help="an out-of-tree target is a directory with target.toml, boot.S and host.c",
            )
        return directory.resolve()
    if name in target_names():
        return data_root() / "targets" / name
    installed = installed_targets()
    if name in installed:
        return installed[name]
    from difflib import get_close_matches

    close = get_close_matches(name, [*target_names(), *installed], n=1)
    raise error(
        "ZOS110",
        f"there is no target `{name}`",
        notes=[f"targets: {', '.join([*target_names(), *installed])}"],
        help=f"did you mean `{close[0]}`?" if close else "`zeroos-build targets` describes each",
    )


@cache
def load_target(name: str) -> Target:
    """Read and check a target by name or directory."""
    directory = find_target(name)
    file = directory / "target.toml"
    try:
        raw = tomllib.loads(file.read_text("utf-8"))
        return Target.model_validate({**raw, "directory": directory})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise error("ZOS111", f"{file}: {problem}", location=Location(str(file))) from problem
    except ValidationError as problem:
        raise misfits("ZOS111", file, problem) from problem
