# SPDX-License-Identifier: MIT OR Apache-2.0
"""The manifest as data: each table and key of `zeroos.toml`, with its default and its meaning.

The descriptions are the manifest reference: docs/manifest.md and the editors' JSON schema are
made from them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from zeroos_build.manifest.budget import Budget
from zeroos_build.manifest.kinds import (
    Closed,
    GuestPath,
    HeapSize,
    MacroValue,
    Matches,
    ProjectPath,
    ProjectPaths,
    Size,
    Text,
    Texts,
    Version,
    refuse,
)

Subsystem = Literal[
    "process", "memory", "threads", "signals", "vfs", "random", "time", "socket"
]  # fmt: skip
Action = Literal["provide", "enosys", "halt", "constant"]
BundlePart = Literal["args", "env", "files", "stdin"]
Level = Literal["error", "warning", "off"]

ImageName = Annotated[
    str,
    Matches(
        "[a-z0-9][a-z0-9._-]{0,63}",
        "a name: use a-z, 0-9, `.`, `_` and `-`, at most 64 of them, a letter or digit first",
    ),
]
MacroName = Annotated[str, Matches("[A-Za-z_][A-Za-z0-9_]*", "a name of a C macro")]
VariableName = Annotated[str, Matches("[^=\x00]+", "a name of an environment variable")]
SyscallName = Annotated[str, Matches("[a-z_][a-z0-9_]*", "a name of a Linux syscall")]
TargetName = Annotated[str, Matches("[^\x00]+", "a name of a target")]
HostCallSite = Annotated[
    str, Matches("[^:\\s]+:[^:\\s]+", 'of the form "object-or-crate:function"')
]
Seed = Annotated[
    str, Matches("(?:[0-9A-Fa-f]{2}){1,64}", "a seed: write 1 to 64 bytes as pairs of hex digits")
]


class Image(Closed):
    """What goes into the image and what the program finds when it starts."""

    name: ImageName | None = Field(
        default=None,
        description="Names the image's files and is the program's `argv[0]`. "
        "Default: the directory's name.",
    )
    sources: ProjectPaths | None = Field(
        default=None,
        description="C, C++ and assembly files, as paths or globs (`*`, `?`, `[...]`, `**`); the "
        "order is that of their names. Default: `*.c *.cc *.cpp *.S` in the manifest's directory "
        "and in `src/`.",
    )
    objects: ProjectPaths = Field(
        default=(), description="Objects and archives (`.o`, `.a`) that are taken as they are."
    )
    include: ProjectPaths = Field(default=(), description="Directories to search for headers.")
    defines: dict[MacroName, MacroValue] = Field(
        default={},
        description='Macros: `NAME = "value"`, or `NAME = true` for one without a value.',
    )
    cflags: Texts = Field(default=(), description="More options for each C compilation.")
    cxxflags: Texts = Field(default=(), description="More options for each C++ compilation.")
    ldflags: Texts = Field(default=(), description="More options for the linker.")
    args: Texts = Field(default=(), description="The program's arguments from `argv[1]` on.")
    env: dict[VariableName, Text] = Field(default={}, description="The program's environment.")


class Build(Closed):
    """How the image is made."""

    target: TargetName = Field(
        default="qemu-virt",
        description="The target of `build` and `run` when the command names none: a name from "
        "`zeroos-build targets`, or a directory such as `./my-zkvm`.",
    )
    targets: Annotated[tuple[TargetName, ...], Field(strict=False)] = Field(
        default=(), description="The targets of `build --all`. Default: every in-tree target."
    )
    toolchain: Literal["zig", "gcc", "clang"] = Field(
        default="zig", description="The compiler family."
    )
    optimize: Literal["0", "1", "2", "3", "s", "z"] = Field(
        default="2", description="The optimization level, as in `-O2`."
    )
    dispatch: Literal["call", "trap"] = Field(
        default="call",
        description="How Linux system calls reach the libOS: by direct calls, or through the trap "
        "vector of a target that has one.",
    )


class AbiMemory(Closed):
    """The program's memory."""

    heap: HeapSize = Field(
        default="auto", description='The heap: a size, or `"auto"` for the rest of the RAM.'
    )
    stack: Size = Field(default=1 << 20, description="The stack of the main thread.")
    allocator: Literal["first-fit", "buddy", "bump"] = Field(
        default="first-fit", description="How the pages behind `mmap` and `brk` are found."
    )
    malloc: Literal["musl", "bump"] = Field(
        default="musl", description="The program's `malloc`; `bump` is the fastest and never frees."
    )


class AbiRandom(Closed):
    """Where random bytes come from."""

    source: Literal["deny", "seed", "input"] = Field(
        default="deny",
        description="`deny` hands out no random byte, `seed` a fixed sequence that everyone who "
        "has the image can compute, `input` bytes that the prover chooses.",
    )
    seed: Seed | None = Field(
        default=None,
        description='The seed in hex; goes with `source = "seed"` and with nothing else.',
    )


class AbiTime(Closed):
    """Where the time comes from."""

    source: Literal["virtual", "fixed", "input", "deny"] = Field(
        default="virtual",
        description="`virtual` is a function of the execution alone, `fixed` always answers "
        "`epoch`, `input` is chosen by the prover, `deny` makes reading the clock a build error.",
    )
    epoch: int = Field(
        default=0,
        ge=0,
        le=2**63 // 10**9,
        description="Where the clock starts, in seconds since 1970.",
    )


class EmbeddedFile(Closed):
    """A file or directory of the project that the image carries."""

    path: GuestPath = Field(description="Where the program finds it.")
    from_: ProjectPath = Field(
        alias="from", description="The file or directory under the manifest's directory."
    )


class AbiVfs(Closed):
    """The in-memory file system."""

    files: Annotated[tuple[EmbeddedFile, ...], Field(strict=False)] = Field(
        default=(),
        description='Embedded files and directories: `{ path = "/params.bin", from = '
        '"data/params.bin" }`. They cost nothing until they are written.',
    )
    cwd: GuestPath = Field(
        default="/", description="The working directory at the start; it is made if need be."
    )


class AbiInput(Closed):
    """What the private input is."""

    mode: Literal["stream", "bundle"] = Field(
        default="stream",
        description="`stream`: standard input is the raw private input. `bundle`: the private "
        "input is an archive with arguments, environment, files and standard input.",
    )
    allow: Annotated[tuple[BundlePart, ...], Field(strict=False)] = Field(
        default=("stdin",), description="What a bundle may carry."
    )


class Policy(Closed):
    """What a reachable syscall does, and why."""

    action: Action = Field(
        description="`provide` its handler; or answer `enosys`; or `halt` the run as a failure; or "
        "always answer the `constant` in `value`."
    )
    value: int | None = Field(
        default=None,
        ge=-(2**31),
        lt=2**31,
        description='The answer; goes with `action = "constant"`.',
    )
    reason: str = Field(description="Why this is right for this program. The report prints it.")

    @model_validator(mode="after")
    def _check(self) -> Policy:
        if not self.reason.strip():
            raise refuse("ZOS105", "the policy's `reason` is empty", "say why this is right")
        if (self.action == "constant") != (self.value is not None):
            wanted = self.action == "constant"
            raise refuse(
                "ZOS119",
                '`action = "constant"` needs a `value`'
                if wanted
                else f'`value` has no meaning with `action = "{self.action}"`',
                "add `value = 0`" if wanted else "remove `value`",
            )
        return self


class Abi(Closed):
    """The Linux that the program sees."""

    subsystems: Annotated[
        Annotated[Literal["auto"], Tag("<auto>")]
        | Annotated[tuple[Subsystem, ...], Field(strict=False), Tag("<list>")],
        Discriminator(lambda value: "<list>" if isinstance(value, list | tuple) else "<auto>"),
    ] = Field(
        default="auto",
        description='`"auto"`: what the program reaches. A list: reaching another subsystem is an '
        "error.",
    )
    host_calls: Annotated[tuple[HostCallSite, ...], Field(strict=False)] = Field(
        default=(),
        description='Functions whose `ecall`s are the target\'s own: `"object-or-crate:function"`.',
    )
    memory: AbiMemory = Field(default_factory=AbiMemory)
    random: AbiRandom = Field(default_factory=AbiRandom)
    time: AbiTime = Field(default_factory=AbiTime)
    vfs: AbiVfs = Field(default_factory=AbiVfs)
    input: AbiInput = Field(default_factory=AbiInput)
    specs: ProjectPaths = Field(
        default=(),
        description="Files of syscall specs, for system calls that the libOS does not have; each "
        "needs an entry in `handlers`, or a policy.",
    )
    handlers: dict[SyscallName, ProjectPath] = Field(
        default={},
        description="Handlers of the project's own, which replace the libOS's: the name of the "
        "syscall and the C or assembly file, object or archive that defines it (`openat = "
        '"handlers/openat.c"` has `sys_openat`).',
    )
    policy: dict[SyscallName, Policy] = Field(
        default={}, description="Syscalls that get another answer than their handler's."
    )


class Tables(Closed):
    """The tables that hold for all targets or, below `[target.T]`, for one."""

    image: Image = Field(default_factory=Image)
    build: Build = Field(default_factory=Build)
    abi: Abi = Field(default_factory=Abi)
    budget: Budget = Field(default_factory=Budget)
    lint: dict[str, Level] = Field(
        default={}, description="Severities of lint rules; rules of soundness cannot be `off`."
    )


class Manifest(Tables):
    """The whole of `zeroos.toml`."""

    schema_: Version = Field(default=1, alias="schema", description="The version of this format.")
    target: dict[TargetName, Tables] = Field(
        default={},
        description="Any of the tables above, for one target: `[target.sp1]` with "
        '`abi.memory.heap = "128MiB"`.',
    )
