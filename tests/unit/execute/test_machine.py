# SPDX-License-Identifier: MIT OR Apache-2.0
"""What the strict machine refuses, what it says, and what `fast` lets through."""

from __future__ import annotations

import hashlib
import struct

import pytest

from zeroos_build.diagnostics import ZeroosError
from zeroos_build.execute import diagnose
from zeroos_build.riscv.encode import addi, i_type, mv, r_type

from .conftest import MakeGuest
from .guests import (
    A0,
    DATA,
    EBREAK,
    ECALL,
    NOP,
    S0,
    S1,
    SP,
    T0,
    T1,
    T2,
    TEXT,
    VIRT,
    ZERO,
    counts_down,
    halt,
    host_call,
    jal,
    jalr,
    ld,
    li,
    lui,
    lw,
    sd,
    sw,
)  # fmt: skip

_FENCE = 0x0FF0000F
_CSRW_MTVEC_T0 = 0x30529073
_MRET = 0x30200073
_BOUNDED = {
    "zeroos_heap_start": DATA + 0x1000,
    "zeroos_heap_end": DATA + 0x2000,
    "zeroos_stack_low": 0x77FF0000,
    "zeroos_stack_high": 0x78000000,
}


def commit(output: bytes = b"") -> list[int]:
    """The host calls that commit the digest of the public output."""
    code: list[int] = []
    for index, (word,) in enumerate(struct.iter_unpack("<I", hashlib.sha256(output).digest())):
        code += host_call(0x10, index, word)
        # The commitment wants 32 bits, not a sign.
        code[-1:] = [0x02059593, 0x0205D593, ECALL]
    return code


def finished(code: int = 0) -> list[int]:
    return [*commit(), *halt(code)]


def test_exit_codes(guest: MakeGuest) -> None:
    for code in (0, 1, 7, 255):
        result = guest(finished(code)).run()
        assert (result.outcome, result.exit_code, result.exit_status) == ("exit", code, code)
        assert result.message is None and diagnose(result) is None
    large = guest(finished(256)).run()
    assert (large.exit_code, large.exit_status) == (256, 255)


def test_stats(guest: MakeGuest) -> None:
    assert guest(finished(7)).run().stats() == {
        "schema": 1,
        "target": "sp1",
        "executor": "embedded",
        "instructions": 8 * 9 + 5,
        "exit_code": 7,
        "outcome": "exit",
        "output_sha256": hashlib.sha256().hexdigest(),
        "cost": {},
    }


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ([*li(S0, DATA + 1), lw(S1, S0)], "loads 4 bytes at 0x78100001, misaligned"),
        ([*li(S0, DATA + 4), sd(S1, S0)], "stores 8 bytes at 0x78100004, misaligned"),
        ([sd(S1, ZERO, 16)], "stores 8 bytes at 0x10, where no memory is"),
        ([ld(S1, ZERO, 16)], "loads 8 bytes at 0x10, where no memory is"),
        ([*li(S0, TEXT), sw(S1, S0)], "at 0x78000000, which the image may not write"),
        ([*li(S0, DATA), jalr(ZERO, S0)], "jumps (ra is 0x0) out of the code, at 0x78100000"),
        ([jalr(ZERO, ZERO, 0x100)], "jumps (ra is 0x0) to where no memory is, at 0x100"),
        ([jal(ZERO, 6), NOP, NOP], "to an address that is not a multiple of 4, at 0x78000006"),
        ([EBREAK], "executes `ebreak`, at 0x78000000 (_start+0x0)"),
        ([_FENCE], "executes 0x0ff0000f, which a machine of rv64im like SP1 does not execute"),
        ([NOP] * 3, "jumps (ra is 0x0) out of the code, at 0x7800000c"),
        (host_call(0x999), "makes an `ecall` with t0 = 0x999, which is none of 0x0 halt"),
        (host_call(2, 5, DATA, 1), "makes the host call `write`, but there is no stream 5"),
        (host_call(2, 1, DATA, 0x10), "it reads 16 bytes at 0x78100000: 0x78100008 is outside"),
        (halt(), "the committed digest is not the SHA-256 of the public output"),
        (host_call(0x10, 8, 0), "word 8 of the digest cannot be 0x0"),
    ],
)  # fmt: skip
def test_faults(guest: MakeGuest, code: list[int], words: str) -> None:
    symbols = {"_start": TEXT, **_BOUNDED}
    result = guest(code, data=bytes(8), symbols=symbols).run()
    assert result.message is not None and words in result.message
    assert (result.outcome, result.exit_code, result.exit_status) == ("fault", 1, 1)
    found = diagnose(result)
    assert found is not None and found.code == "ZOS604"


def test_faults_at_any_place_of_a_block(guest: MakeGuest) -> None:
    for before in (0, 1, 5):
        for after in (0, 3):
            code = [*[NOP] * before, ld(S1, ZERO, 8), *[NOP] * after, *finished()]
            for fast in (False, True):
                result = guest(code).run(fast=fast)
                assert (result.outcome, result.instructions) == ("fault", before + 1)
                assert f"at {TEXT + 4 * before:#x}" in (result.message or "")


def test_only_heap_stack_and_data_are_memory(guest: MakeGuest) -> None:
    for address, allowed in [
        (DATA, True),
        (DATA + 8, False),
        (DATA + 0xFF8, False),
        (DATA + 0x1000, True),
        (DATA + 0x1FF8, True),
        (DATA + 0x2000, False),
        (0x77FF0000, True),
        (0x77FEFFF8, False),
        (0x77FFFFF8, True),
    ]:
        code = [*li(S0, address), sd(S0, S0), ld(S1, S0), *finished()]
        program = guest(code, data=bytes(8), symbols=_BOUNDED)
        assert program.run().outcome == ("exit" if allowed else "fault"), hex(address)
        # `fast` knows regions and pages only.
        assert program.run(fast=True).outcome == "exit"


def test_negative_offsets(guest: MakeGuest) -> None:
    for word in (sd(S0, S0, -8), sd(S0, S0, -2048), ld(S1, S0, -8), ld(S1, S0, -2048)):
        for base, allowed in ((DATA + 0x1800, True), (DATA + 0x1000, False)):
            program = guest([*li(S0, base), word, *finished()], data=bytes(8), symbols=_BOUNDED)
            result = program.run()
            assert result.outcome == ("exit" if allowed else "fault"), (hex(word), result)


def test_memory_far_apart(guest: MakeGuest) -> None:
    # 0x1b_ffff_f000: near the end of SP1's 112 GiB.
    far = [*li(S0, 0x1BFFF), i_type(0x13, S0, 1, S0, 20)]
    code = [*far, sd(S0, S0), ld(S1, S0), ld(T2, S0, 8), *finished()]
    result = guest(code).run()
    assert result.outcome == "exit", result.message


def test_output_and_streams(guest: MakeGuest) -> None:
    data = b"out\xff\0\n"
    code = [
        *host_call(2, 1, DATA, 6),
        *host_call(2, 2, DATA, 3),
        *host_call(2, 13, DATA, 2),
        *host_call(2, 1, DATA, 0),
        *commit(data[:2]),
        *halt(3),
    ]
    program = guest(code, data=data)
    result = program.run()
    assert (result.outcome, result.exit_code) == ("exit", 3)
    assert (program.stdout, program.stderr, program.public) == (data, data[:3], data[:2])
    assert result.output_sha256 == hashlib.sha256(data[:2]).hexdigest()


def test_output_larger_than_a_piece(guest: MakeGuest) -> None:
    size = (1 << 20) + 12345
    program = guest([*host_call(2, 1, DATA, size), *finished()], data=b"x" * size)
    assert program.run().outcome == "exit"
    assert program.stdout == b"x" * size


def test_sinks_that_fail(guest: MakeGuest) -> None:
    def full(_data: bytes) -> None:
        raise OSError("no space")

    program = guest([*host_call(2, 1, DATA, 1), *finished()], data=b"x")
    program.stdout = type("Sink", (bytearray,), {"extend": staticmethod(full)})()
    with pytest.raises(OSError, match="no space"):
        program.run()


def _reads_input(address: int, length: int) -> list[int]:
    return [*host_call(0xF0), mv(T2, T0), *host_call(0xF1, address, length)]


def test_input(guest: MakeGuest) -> None:
    heap = DATA + 0x1000
    text = b"eleven byte"
    code = [
        *_reads_input(heap, 11),
        *host_call(2, 13, heap, 11),
        *host_call(0xF0),
        # The end is all ones: t0 + 1 is 0.
        addi(T0, T0, 1),
        *li(T1, heap + 0x100),
        sd(T2, T1),
        sd(T0, T1, 8),
        *host_call(2, 1, heap + 0x100, 16),
        *commit(text),
        *halt(),
    ]
    program = guest(code, data_size=8, symbols=_BOUNDED)
    result = program.run(input=text)
    assert result.outcome == "exit", result.message
    assert program.public == text
    assert struct.unpack("<QQ", program.stdout) == (11, 0)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (_reads_input(DATA + 0x1000, 4), "the next input item has 11 bytes, not 4"),
        (_reads_input(DATA + 0x1004, 11), "the address 0x78101004 is not a multiple of 8"),
        (
            _reads_input(DATA + 0x1FF8, 11),
            "it writes 16 bytes at 0x78101ff8: 0x78102000 is outside",
        ),
        (_reads_input(DATA, 11), "the memory at 0x78100000 was touched before; it must be fresh"),
        (
            [*li(S0, DATA + 0x1008), i_type(0x03, S1, 4, S0, 3), *_reads_input(DATA + 0x1000, 11)],
            "the memory at 0x78101008 was touched before",
        ),
        (
            [*_reads_input(DATA + 0x1000, 11), *_reads_input(DATA + 0x1000, 11)],
            "there is no input item",
        ),
    ],
)
def test_input_that_is_read_wrongly(guest: MakeGuest, code: list[int], words: str) -> None:
    result = guest([*code, *finished()], data_size=32, symbols=_BOUNDED).run(input=b"eleven byte")
    assert result.outcome == "fault"
    assert result.message is not None and words in result.message


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"code": [NOP, 0, 0xFFFFFFFF]}, "2 words that are not instructions of rv64im"),
        ({"code": [0x0000202F | 2 << 27]}, "1 words that are not instructions"),
        ({"code": [_CSRW_MTVEC_T0]}, "1 words that are not instructions"),
        ({"code": [NOP], "text": 0x1000}, "the segment at 0x1000 lies outside the memory of SP1"),
        ({"code": [NOP], "text_flags": 7}, "is both writable and executable"),
        ({"code": [NOP], "text_flags": 1}, "is not readable"),
        ({"code": [NOP], "text_flags": 4}, "it has no executable segment"),
        ({"code": [NOP], "target": VIRT}, "lies outside the memory of QEMU virt"),
    ],
)
def test_images_that_are_refused(guest: MakeGuest, parts: dict[str, object], words: str) -> None:
    with pytest.raises(ZeroosError, match=words) as caught:
        guest(**parts).run()
    assert caught.value.diagnostics[0].code == "ZOS602"
    assert caught.value.exit_code == 125


def test_fast_runs_what_strict_refuses(guest: MakeGuest) -> None:
    misaligned = guest([*li(S0, DATA + 1), ld(S1, S0), _FENCE, *halt(5)], data=bytes(16))
    assert misaligned.run().outcome == "fault"
    result = misaligned.run(fast=True)
    assert (result.outcome, result.exit_code, result.instructions) == ("exit", 5, 9)


def test_illegal_instructions_in_fast_mode(guest: MakeGuest) -> None:
    for before in (0, 3):
        result = guest([*[NOP] * before, 0xFFFFFFFF, NOP]).run(fast=True)
        assert (result.outcome, result.instructions) == ("fault", before + 1)
        assert "executes 0xffffffff, an illegal instruction" in (result.message or "")


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [
        (0, "exit"),
        (1, "trap"),
        (2, "deadlock"),
        (3, "fault"),
        (4, "halt"),
        (6, "trap"),
        (99, "exit"),
    ],
)
def test_the_guest_says_why_it_failed(guest: MakeGuest, reason: int, outcome: str) -> None:
    symbols = {"zeroos_failure": DATA + 4}
    data = struct.pack("<II", 0xFFFFFFFF, reason)
    assert guest(finished(1), data=data, symbols=symbols).run().outcome == outcome
    assert guest(finished(0), data=data, symbols=symbols).run().outcome == "exit"


# --- the machine with a trap vector ---

_RAM = 0x80000000


def test_exceptions_reach_the_vector(guest: MakeGuest) -> None:
    # The vector stores mcause and leaves by the finisher, failing with it as code.
    for words, cause, count in [
        ([ECALL], 11, 1),
        ([EBREAK], 3, 1),
        ([ld(S1, ZERO, 8)], 5, 1),
        ([sd(S1, ZERO, 8)], 7, 1),
        ([jalr(ZERO, ZERO, 0x100)], 1, 1),
        ([0x12329073], 2, 1),
    ]:
        vector = [
            0x34202573,  # csrr a0, mcause
            i_type(0x13, A0, 1, A0, 16),
            *li(T0, 0x3333),
            r_type(0x33, A0, 6, A0, T0, 0),
            lui(T1, 0x100000),
            sw(A0, T1),
        ]
        setup = [0x00000297, addi(T0, T0, 16 + 4 * len(words)), _CSRW_MTVEC_T0, NOP]
        code = [*setup, *words, *vector]
        for fast in (False, True):
            result = guest(code, target=VIRT, text=_RAM, data_at=_RAM + 0x10000).run(fast=fast)
            assert (result.outcome, result.exit_code) == ("exit", cause), (words, result)
            assert result.instructions == len(setup) + count + len(vector)


def test_without_a_vector_the_run_ends(guest: MakeGuest) -> None:
    result = guest([ECALL], target=VIRT, text=_RAM).run()
    assert result.outcome == "fault" and "`ecall`, which is no host call" in (result.message or "")


def test_return_from_a_trap(guest: MakeGuest) -> None:
    # mepc + 4 is where the handler returns to; the second ecall gets there, too.
    handler = [0x34102373, addi(T1, T1, 4), 0x34131073, addi(S0, S0, 1), _MRET]
    setup = [0x00000297, addi(T0, T0, 4 * 9), _CSRW_MTVEC_T0]
    body = [ECALL, ECALL, lui(T2, 0x100000), *li(T1, 0x5555), sw(T1, T2)]
    assert len(setup) + len(body) == 9
    result = guest([*setup, *body, *handler], target=VIRT, text=_RAM).run()
    assert (result.outcome, result.exit_code) == ("exit", 0), result.message
    assert result.instructions == 9 + 2 * len(handler)


def test_code_in_two_places(guest: MakeGuest) -> None:
    # As on qemu-virt, where the stack lies between the first jump and the rest.
    rest = [lui(T2, 0x100000), *li(T1, 0x5555), sw(T1, T2)]
    parts = {"target": VIRT, "text": _RAM, "data_at": _RAM + 0x10000, "data_flags": 5}
    data = struct.pack(f"<{len(rest)}I", *rest)
    result = guest([jal(ZERO, 0x10000)], data=data, **parts).run()
    assert (result.outcome, result.instructions) == ("exit", 5), result.message
    between = guest([jal(ZERO, 0x8000)], data=data, **parts).run()
    assert "out of the code, at 0x80008000" in (between.message or "")
    undecodable = {"data": b"\xff" * 8, **parts}
    with pytest.raises(ZeroosError, match="its code holds 2 words that are not instructions"):
        guest([jal(ZERO, 0x10000)], **undecodable).run()


def test_devices(guest: MakeGuest) -> None:
    uart = [*li(S0, 0x10000000), addi(T1, ZERO, ord("A")), 0x00640023, NOP]
    passed = [lui(T2, 0x100000), *li(T1, 0x5555), sw(T1, T2)]
    program = guest([*uart, *passed], target=VIRT, text=_RAM)
    for fast in (False, True):
        result = program.run(fast=fast)
        assert (result.outcome, result.instructions) == ("exit", 5 + 4)
        assert program.stdout == b"A"
    nonsense = guest([lui(T2, 0x100000), sw(ZERO, T2)], target=VIRT, text=_RAM).run()
    assert "neither a pass nor a failure" in (nonsense.message or "")


def test_counters_are_not_the_hosts(guest: MakeGuest) -> None:
    with pytest.raises(ZeroosError, match="not instructions"):
        guest([0xC00022F3], target=VIRT, text=_RAM).run()


def test_waiting_for_ever(guest: MakeGuest) -> None:
    result = guest([NOP, 0x10500073, NOP], target=VIRT, text=_RAM).run()
    assert result.outcome == "fault" and "none ever comes" in (result.message or "")
    assert result.instructions == 2


def test_ctrl_c(guest: MakeGuest, monkeypatch: pytest.MonkeyPatch) -> None:
    import os
    import signal
    import threading

    program = guest([*counts_down(2**31 - 1), *halt()])
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        program.run()
    timer.join()


def test_stack_pointer_is_the_guests(guest: MakeGuest) -> None:
    result = guest([sd(ZERO, SP, -8), *finished()]).run()
    assert "stores 8 bytes at 0xfffffffffffffff8, where no memory is" in (result.message or "")
