# SPDX-License-Identifier: MIT OR Apache-2.0
"""Machines whose streams are memory: a window for the input, one for the public output, a UART."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from zeroos_build.diagnostics import ZeroosError
from zeroos_build.generate.headers import target_header
from zeroos_build.riscv.encode import addi, i_type, s_type
from zeroos_build.target import Target

from .conftest import MakeGuest
from .guests import (
    A0,
    A7,
    ECALL,
    NOP,
    S0,
    T0,
    T1,
    VIRT,
    ZERO,
    ZISK,
    jal,
    ld,
    li,
    lw,
    sb,
    sd,
    sw,
)  # fmt: skip

_TEXT, _RAM, _INPUT, _OUTPUT, _UART = (
    0x90000000, 0xA0430000, 0x10000008, 0xA0410000, 0xA0400200,
)  # fmt: skip


def at(address: int) -> list[int]:
    """s0 becomes an address above 2^31, which `lui` alone would extend with ones."""
    return [*li(S0, address), i_type(0x13, S0, 1, S0, 32), i_type(0x13, S0, 5, S0, 32)]


def leave(code: int = 0) -> list[int]:
    return [addi(A0, ZERO, code), addi(A7, ZERO, 93), ECALL]


def parts(**more: Any) -> dict[str, Any]:
    return {"target": ZISK, "text": _TEXT, "text_flags": 1, "data_at": _RAM, **more}


def lb(rd: int, base: int, offset: int) -> int:
    return i_type(0x03, rd, 4, base, offset)


def test_input_is_a_record_in_memory(guest: MakeGuest) -> None:
    # The exit code is the last byte; the length was added to it.
    program = guest(
        [*at(_INPUT), ld(T0, S0), lb(A0, S0, 8 + 9), i_type(0x13, A7, 0, ZERO, 93), ECALL],
        **parts(),
    )
    assert program.run(input=b"0123456789").exit_code == ord("9")
    for fast in (False, True):
        assert program.run(input=b"0123456789", fast=fast).outcome == "exit"
    # A record of no bytes ends behind its length.
    refused = program.run(input=b"")
    assert "loads 1 bytes at 0x10000019, which the image may not read" in (refused.message or "")


def test_the_length_comes_first(guest: MakeGuest) -> None:
    code = [*at(_INPUT), ld(A0, S0), addi(A7, ZERO, 93), ECALL]
    program = guest(code, **parts())
    for size in (0, 1, 8, 200):
        assert program.run(input=bytes(size)).exit_code == size


def test_input_is_not_written(guest: MakeGuest) -> None:
    message = guest([*at(_INPUT), sd(ZERO, S0), *leave()], **parts()).run().message
    assert "stores 8 bytes at 0x10000008, which the image may not write" in (message or "")


def test_output_is_what_lies_there_at_a_good_end(guest: MakeGuest) -> None:
    code = [*at(_OUTPUT), addi(T0, ZERO, 7), sb(T0, S0, 3), sd(T0, S0, 248)]
    program = guest([*code, *leave()], **parts())
    wanted = bytearray(256)
    wanted[3] = wanted[248] = 7
    for fast in (False, True):
        assert program.run(fast=fast).message is None
        assert program.public == wanted
    failed = guest([*code, *leave(9)], **parts())
    assert failed.run().exit_code == 9
    assert failed.public == b""


def test_output_has_its_size(guest: MakeGuest) -> None:
    message = guest([*at(_OUTPUT), sb(ZERO, S0, 256), *leave()], **parts()).run().message
    assert "stores 1 bytes at 0xa0410100, where no memory is" in (message or "")
    message = guest([*at(_OUTPUT), sd(ZERO, S0, 252), *leave()], **parts()).run().message
    assert "stores 8 bytes at 0xa04100fc" in (message or "")


def test_one_uart_for_two_streams(guest: MakeGuest) -> None:
    select = _RAM + 8
    letters = []
    for stream, letter in ((1, "o"), (2, "e"), (1, "O"), (3, "?")):
        letters += [
            *at(select), addi(T0, ZERO, stream), sw(T0, S0),
            *at(_UART), addi(T0, ZERO, ord(letter)), sb(T0, S0),
        ]  # fmt: skip
    named = parts(data_size=16, symbols={"zeroos_uart_stream": select})
    program = guest([*letters, *leave()], **named)
    for fast in (False, True):
        assert program.run(fast=fast).outcome == "exit"
        assert (program.stdout, program.stderr) == (b"oO?", b"e")
    # Who has no such word means the first.
    plain = guest([*letters, *leave()], **parts(data_size=16))
    assert plain.run().outcome == "exit"
    assert (plain.stdout, plain.stderr) == (b"oeO?", b"")


@pytest.mark.parametrize("width", [2, 4, 8])
def test_the_uart_takes_single_bytes(guest: MakeGuest, width: int) -> None:
    store = s_type(0x23, width.bit_length() - 1, S0, ZERO, 0)
    program = guest([*at(_UART), store, *leave()], **parts())
    message = program.run().message or ""
    assert f"stores {width} bytes to the device `uart_putc`, which takes stores of 1" in message
    assert program.stdout == b""


def test_an_unknown_ecall_is_not_ignored(guest: MakeGuest) -> None:
    message = guest([addi(A7, ZERO, 64), ECALL, *leave()], **parts()).run().message
    assert "with a7 = 0x40, which is none of 0x5d exit" in (message or "")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ([*at(_TEXT), lw(T1, S0)], "loads 4 bytes at 0x90000000, which the image may not read"),
        ([*at(_TEXT), sw(ZERO, S0)], "stores 4 bytes at 0x90000000, which the image may not write"),
        ([*at(_TEXT + 4096), sw(ZERO, S0)], "which the image may not write"),
        ([lw(T1, ZERO)], "loads 4 bytes at 0x0, where no memory is"),
        ([sw(ZERO, ZERO)], "stores 4 bytes at 0x0, where no memory is"),
        ([*at(0x9FFFFFF8), sd(ZERO, S0)], "stores 8 bytes at 0x9ffffff8, where no memory is"),
        ([*at(0xBFFC0000), ld(T1, S0)], "loads 8 bytes at 0xbffc0000, where no memory is"),
        ([jal(ZERO, 0x1000)], "out of the code"),
    ],
)
def test_what_the_machine_refuses(guest: MakeGuest, body: list[int], words: str) -> None:
    result = guest([*body, *leave()], **parts()).run()
    assert (result.outcome, result.exit_status) == ("fault", 1)
    assert words in (result.message or "")


def test_misaligned_accesses_work(guest: MakeGuest) -> None:
    code = [*at(_RAM), addi(T0, ZERO, 77), sd(T0, S0, 3), lw(A0, S0, 3), addi(A7, ZERO, 93), ECALL]
    assert guest(code, **parts(data_size=16)).run().exit_code == 77


def test_input_must_fit(guest: MakeGuest) -> None:
    small = ZISK.model_copy(deep=True)
    window = small.memory.region[0].model_copy(update={"end": _INPUT + 64})
    small.memory.__dict__["region"] = (window, *small.memory.region[1:])
    program = guest([NOP, *leave()], **parts(target=small))
    assert program.run(input=bytes(56)).outcome == "exit"
    with pytest.raises(ZeroosError, match="takes 72 bytes, more than the 64 of ZisK"):
        program.run(input=bytes(57))


def test_bootloaders_get_the_addresses() -> None:
    header = target_header(ZISK)
    assert "#define HOST_INPUT ((const unsigned char *)0x10000008)" in header
    assert "#define HOST_PUBLIC ((unsigned char *)0xa0410000)" in header
    assert "#define HOST_PUBLIC_SIZE ((size_t)0x100)" in header
    assert "HOST_INPUT" not in target_header(VIRT)


def test_windows_stand_alone() -> None:
    data = ZISK.model_dump(by_alias=True, exclude={"directory"})
    data["memory"]["region"][3]["holds"] = ["public", "heap"]
    data["memory"]["region"][4]["holds"] = ["data"]
    with pytest.raises(ValidationError, match="`public` must be alone in at most one region"):
        Target.model_validate(data)
