# SPDX-License-Identifier: MIT OR Apache-2.0
"""Single values and memory in strace's forms."""

from __future__ import annotations

import struct

import pytest

from zeroos_build.decode import Decoder
from zeroos_build.decode.values import bitmap, flags, quoted
from zeroos_build.layouts import load_layouts

LAYOUTS = load_layouts()
MINUS = 1 << 64


@pytest.mark.parametrize(
    ("group", "value", "text"),
    [
        ("O_", 0, "O_RDONLY"),
        ("O_", 0o102, "O_RDWR|O_CREAT"),
        ("O_", 0o4010001, "O_WRONLY|O_SYNC"),
        ("O_", 0o20200003, "O_TMPFILE|0x3"),
        ("PROT_", 0, "PROT_NONE"),
        ("PROT_", 3, "PROT_READ|PROT_WRITE"),
        ("PROT_", 0x80, "0x80"),
        ("MAP_", 0x22, "MAP_PRIVATE|MAP_ANONYMOUS"),
        ("FUTEX_", 0x189, "FUTEX_WAIT_BITSET|FUTEX_PRIVATE_FLAG|FUTEX_CLOCK_REALTIME"),
        ("FUTEX_", 0x7E, "0x7e"),
        ("CLONE_", 0x111, "SIGCHLD|CLONE_VM"),
        ("AT_FDCWD", 2**32 - 100, "AT_FDCWD"),
        ("AT_FDCWD", 5, "5"),
        ("SIG", 6, "SIGABRT"),
        ("SEEK_", 2**32 - 1, "-1"),
        ("S_I", 0o100644, "S_IFREG|0644"),
        ("S_I", 0o4755, "S_ISUID|0755"),
        ("S_I", 0, "000"),
        ("GRND_", 0, "0"),
        ("RLIM64_", 2**32 - 1, "RLIM64_INFINITY"),
    ],
)
def test_flags(group: str, value: int, text: str) -> None:
    assert flags(value, 32, (LAYOUTS.groups[group],), LAYOUTS) == text


def test_quoted() -> None:
    assert quoted(b'a"\\\n\0b') == r'"a\"\\\n\0b"'
    assert quoted(b"\0001\377", cut=True) == r'"\0001\377"...'


def test_sets() -> None:
    signals = LAYOUTS.groups["SIG"]
    assert bitmap(bytes(8), signals) == "[]"
    assert bitmap(b"\xff" * 8, signals) == "~[]"
    assert bitmap((1 << 9 | 1 << 33).to_bytes(8, "little"), signals) == "[USR1 RT_2]"


def _text(number: int, args: tuple[int, ...], result: int | None, memory: bytes = b"") -> str:
    """A call on riscv64 whose memory lies at 0x1000, before and after the same."""
    decoder, padded = Decoder(64), (*args, 0, 0, 0, 0, 0, 0)[:6]

    def read(address: int, size: int) -> bytes:
        return memory[max(0, address - 0x1000) :][:size] if address >= 0x1000 else b""

    before = decoder.look(number, padded, None, read)
    after = () if result is None else decoder.look(number, padded, result, read)
    call = decoder.decode(number, padded, result, before, after)
    return f"{call.name}({', '.join(shown.text for _, _, shown in call.args)}) = {call.text}"


def test_calls() -> None:
    assert _text(64, (1, 0x8000, 6), 6) == "write(1, 0x8000, 6) = 6"
    assert _text(64, (2**32 - 1, 0, 6), MINUS - 9) == (
        "write(-1, NULL, 6) = -1 EBADF (Bad file descriptor)"
    )
    assert _text(64, (1, 0x1000, 2), MINUS - 4095).endswith("= -1 (errno 4095)")
    assert _text(94, (7,), None) == "exit_group(7) = ?"
    assert _text(3999, (), MINUS - 38).startswith("syscall_0xf9f(0x0, ")
    assert _text(214, (0x8100_0000,), 0x8100_0000) == "brk(0x81000000) = 0x81000000"


def test_strings_and_buffers() -> None:
    at_cwd = MINUS - 100
    assert _text(56, (at_cwd, 0x1000, 0), 3, b"/x\0") == 'openat(AT_FDCWD, "/x", O_RDONLY) = 3'
    # Without its end in memory it is no string.
    assert "0x1000" in _text(56, (at_cwd, 0x1000, 0), MINUS - 14, b"/x")
    long = _text(56, (at_cwd, 0x1000, 0), MINUS - 36, b"a" * 5000)
    assert f'"{"a" * 4096}"...' in long
    assert _text(63, (0, 0x1000, 8), 3, b"abcdefgh") == 'read(0, "abc", 8) = 3'
    assert _text(63, (0, 0x1000, 8), 0, b"abcdefgh") == 'read(0, "", 8) = 0'
    assert _text(63, (0, 0x1000, 8), MINUS - 4, b"abcdefgh").startswith("read(0, 0x1000, 8) = -1")
    assert '"...' in _text(64, (1, 0x1000, 33), 33, b"x" * 33)
    # Memory ends inside.
    assert _text(64, (1, 0x1000, 33), 33, b"x" * 32) == "write(1, 0x1000, 33) = 33"


def test_arrays_are_bounded() -> None:
    entry = struct.pack("<QQ", 0, 0)
    text = _text(66, (1, 0x1000, 1024), 0, entry * 1024)
    assert text.count("iov_base") == 32 and ", ...]" in text
    # A count that no program means.
    assert _text(66, (1, 0x1000, 2**31), MINUS - 22, entry).startswith("writev(1, 0x1000, ")


def test_pieces_take_the_result_in_order() -> None:
    data = struct.pack("<QQQQ", 0x1020, 2, 0x1022, 3) + b"abcde"
    text = _text(65, (0, 0x1000, 2), 4, data)
    assert '[{iov_base="ab", iov_len=2}, {iov_base="cd", iov_len=3}]' in text


def test_a_pointer_that_is_a_number() -> None:
    """futex's fourth argument is a time, a count or nothing."""
    time = struct.pack("<QQ", 1, 5)
    assert "{tv_sec=1, tv_nsec=5}" in _text(98, (8, 0, 1, 0x1000), 0, time)
    assert _text(98, (8, 1, 1, 0x1000), 0, time) == "futex(0x8, FUTEX_WAKE, 1) = 0"
    assert "FUTEX_REQUEUE, 1, 0x1000, 0x9)" in _text(98, (8, 3, 1, 0x1000, 9), 0, time)
