# SPDX-License-Identifier: MIT OR Apache-2.0
"""The data model of a target's host calls: how each is made, and what the host does for it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from zeroos_build.models import Closed
from zeroos_build.sizes import parse_size

Stream = Literal["input", "stdout", "stderr", "public"]
Service = Literal[
    "exit", "finisher", "open", "read", "write", "write-byte", "write-word", "public-word",
    "input-length", "input-read", "input-byte", "input-word", "input-next", "input-words",
    "commit-word", "sha256-block", "sha256-blocks", "sha256-extend", "sha256-compress",
    "keccak-permute", "ignore",
]  # fmt: skip
# Operand fields of an instruction: mask and lowest bit of a register number in the word.
FIELDS = {"rd": (0x1F << 7, 7), "rs1": (0x1F << 15, 15), "rs2": (0x1F << 20, 20)}
IMMEDIATE = "imm"
# The one operand of an instruction that follows a call and belongs to it.
NEXT = "next.rs1"
_IMMEDIATE_MASK = 0xFFF << 20


def _number(value: object) -> object:
    """Addresses are written "0x..." so that TOML tools keep them readable."""
    return int(value, 0) if isinstance(value, str) else value


def _size(value: object) -> object:
    return parse_size(value) if isinstance(value, str) else value


Address = Annotated[int, BeforeValidator(_number), Field(ge=0, lt=2**64)]
Size = Annotated[int, BeforeValidator(_size), Field(ge=0, lt=2**64)]


class HostCallAbi(Closed):
    """One way out of the guest. `block` names the register that points to the arguments.

    Form `ecall`: `fixed` are registers with one value in all calls of this way, which tells it
    from the target's other ways; `label` is the register that holds the address of a call's label.
    Form `htif`: the address of number and arguments is stored to `tohost`, and the answer has
    come when `fromhost` is not 0; the result stands where the number stood.
    Form `instruction`: every call is an instruction of its own; `args` and `result` are operand
    fields of it (rd, rs1, rs2, imm) in its layout, I or S, or registers that it reads unnamed;
    `fixed` are registers that hold one value in all calls.
    """

    form: Literal["ecall", "semihosting", "mmio", "htif", "instruction"]
    layout: Literal["i", "s"] = "i"
    number: str | None = None
    args: tuple[str, ...] = ()
    fixed: dict[str, int] = Field(default={})
    label: str | None = None
    block: str | None = None
    result: str | None = None
    tohost: Address | None = None
    fromhost: Address | None = None
    source: str


class HostArgument(Closed):
    """An argument; `in`/`out` name the argument that gives the length of a buffer.

    `at` are the registers that hold it, or its field; without it, the next ones of the ABI.
    `shift`: the register holds the value times two to this power. `only`: its one possible value.
    """

    name: str
    type: str
    in_: str | None = Field(default=None, alias="in")
    out: str | None = None
    at: tuple[str, ...] = ()
    shift: int = Field(default=0, ge=0, lt=64)
    only: int | None = None


class Commitment(Closed):
    """What a digest at the end of a run must be: SHA-256 of prefix, SHA-256 of the public output
    and suffix, hexadecimal; `argument` points to it."""

    argument: str
    prefix: str = Field(pattern="^([0-9a-f]{2})*$")
    suffix: str = Field(pattern="^([0-9a-f]{2})*$")


class HostCall(Closed):
    """One host call: how it is made, and the service that the embedded machine gives for it.

    `select` is the symbol of a word of the image that says which of the `streams` is meant, for a
    machine that has one for all; the first is meant where the image has no such word. `word` is
    the instruction of the form `instruction`, with 0 in the fields of its operands; `next` is the
    one that must follow it and belongs to the call, with 0 in its field rs1 (`next.rs1`). `at_end`:
    whether there may be no input item, or always is exactly one, of any length. `text`: the host
    takes UTF-8 alone. `code`: how a call ends the run that takes no code. `public_words`: arguments
    that are the public output at the end. `base`: the place of the first word of public output,
    `exit_at` that of the exit code beside it.
    `most`: fewer words than this at a time.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    via: str
    number: Annotated[int, BeforeValidator(_number)] | None = None
    address: Address | None = None
    word: Annotated[int, BeforeValidator(_number), Field(ge=0, lt=2**32)] | None = None
    next: Annotated[int, BeforeValidator(_number), Field(ge=0, lt=2**32)] | None = None
    label: str | None = None
    args: tuple[HostArgument, ...]
    returns: Literal["void", "noreturn", "long", "size_t"]
    service: Service
    streams: dict[str, Stream] = Field(default={})
    select: str | None = None
    paths: dict[str, Stream] = Field(default={})
    result: Literal["value", "bytes-left"] = "value"
    at_end: Literal["all-ones", "refused"] = "all-ones"
    text: bool = False
    commits: Commitment | None = None
    code: int = Field(default=0, ge=0, le=255)
    public_words: tuple[str, ...] = ()
    base: int = 0
    exit_at: int | None = None
    most: int = 2**32
    align: int = 1
    pad: int = 0
    fresh: bool = False
    doc: str


def places(call: HostCall, abi: HostCallAbi) -> list[tuple[HostArgument, tuple[str, ...]]]:
    """The arguments with the registers or fields that hold each."""
    free = (name for name in abi.args if not any(name in a.at for a in call.args))
    return [(a, a.at or (next(free, ""),)) for a in call.args]


def pattern(call: HostCall, abi: HostCallAbi) -> tuple[int, int]:
    """Mask and value by which a word is known as this call of the form `instruction`."""
    mask = 0xFFFFFFFF
    fields = [field for _, held in places(call, abi) for field in held]
    if call.returns not in ("void", "noreturn"):
        fields.append(abi.result or "")
    for field in fields:
        if field == IMMEDIATE:
            mask &= ~_IMMEDIATE_MASK
        elif field in FIELDS:
            mask &= ~FIELDS[field][0]
    return mask, (call.word or 0) & mask


def incomplete(call: HostCall, abi: HostCallAbi) -> str | None:
    """What does not fit together in the description of a call."""
    form, name = abi.form, f"host call `{call.name}`"
    if (form == "htif") != (abi.tohost is not None and abi.fromhost is not None):
        return f"`{call.via}`: `tohost` and `fromhost` belong to the form htif"
    if (form == "mmio") != (call.address is not None):
        return f"{name}: `address` belongs to the form mmio"
    if (form == "instruction") != (call.word is not None):
        return f"{name}: `word` belongs to the form instruction"
    takes_next = any(NEXT in held for _, held in places(call, abi))
    if takes_next != (call.next is not None) or (call.next is not None and call.word is None):
        return f"{name}: `next` belongs to the form instruction and an argument in `{NEXT}`"
    if (form in ("mmio", "instruction")) == (call.number is not None):
        return f"{name}: `number` is missing or not wanted"
    if (abi.label is not None) != (call.label is not None):
        return f"{name}: `label` is missing or not wanted"
    registers = form in ("ecall", "instruction")
    if registers and not all(all(held) for _, held in places(call, abi)):
        return f"{name}: more arguments than registers"
    if call.commits and not any(a.name == call.commits.argument for a in call.args):
        return f"{name}: it commits to an argument that it does not have"
    return None
