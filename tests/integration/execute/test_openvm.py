# SPDX-License-Identifier: MIT OR Apache-2.0
"""OpenVM's own transpiler and interpreter through our command, against the embedded machine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zeroos_build.diagnostics import ZeroosError
from zeroos_build.target import load_target

from conftest import Assemble, Executable, Ran, compare, executor_of, run  # isort: skip

pytestmark = pytest.mark.built_executor

_OPENVM = load_target("openvm")

_MACROS = """
.macro print at, size
  la t0, \\at; li t1, \\size
  .insn i 0x0b, 3, t0, t1, 1
.endm
.macro leave code
  .insn i 0x0b, 0, x0, x0, \\code
.endm
.globl _start
_start:
"""
_DATA = """
.section .rodata
text: .ascii "w\\r\\n\\303\\244\\0x\\n\\n."
bad: .ascii "\\303("
.data
.balign 4
word: .word 0, 0
.globl zeroos_print_stream
zeroos_print_stream: .word 1
"""


def _both(assemble: Assemble, body: str, private: bytes = b"") -> Ran:
    return compare(assemble("openvm", _MACROS + body + _DATA), _OPENVM, private)


def test_output_is_exact(assemble: Assemble) -> None:
    body = """
  print text, 10
  print text, 0
  la s0, zeroos_print_stream; li s1, 2; sw s1, 0(s0)
  print text, 3
  li s1, 1; sw s1, 0(s0)
  print text, 1
  li s2, 4; li s3, 0x12345678; .insn i 0x0b, 2, s2, s3, 0
  .insn i 0x0b, 2, s2, s2, 0
  li s2, 28; .insn i 0x0b, 2, s2, s3, 0
  leave 0
"""
    ran = _both(assemble, body)
    public = bytes(4) + b"\4\0\0\0" + bytes(20) + b"\x78\x56\x34\x12"
    assert ran.streams == (b"w\r\n\xc3\xa4\0x\n\n.w", b"w\r\n", public)


@pytest.mark.parametrize("step", [1, 2, 1023])
def test_input(assemble: Assemble, step: int) -> None:
    body = f"""
  .insn i 0x0b, 3, x0, x0, 0
  la s0, word; .insn i 0x0b, 1, s0, x0, 0
  lw s1, 0(s0)
  li s2, 0x300000; mv s3, s2; addi s4, s1, 3; srli s4, s4, 2
1: beqz s4, 3f
  li s5, {step}; bltu s5, s4, 2f; mv s5, s4
2: .insn i 0x0b, 1, s2, s5, 1
  sub s4, s4, s5; slli s5, s5, 2; add s2, s2, s5
  j 1b
3: .insn i 0x0b, 3, s3, s1, 1
  leave 0
"""
    body = body.replace(".insn i 0x0b, 1, s0, x0, 0", "li t1, 1; .insn i 0x0b, 1, s0, t1, 1")
    for private in (b"", b"x", b"12345678", bytes(range(128)) * 50 + b"end"):
        assert _both(assemble, body, private).streams[0] == private


@pytest.mark.parametrize("code", [0, 1, 7, 255])
def test_exit_codes(assemble: Assemble, code: int) -> None:
    ran = _both(assemble, f"li s2, 0; .insn i 0x0b, 2, s2, s2, 0\n leave {code}\n")
    assert (ran.result.exit_code, len(ran.streams[2])) == (code, 0 if code else 32)


def test_why_it_failed(assemble: Assemble) -> None:
    for reason, outcome in ((0, "exit"), (2, "deadlock"), (6, "trap")):
        data = f".globl zeroos_failure\nzeroos_failure: .word {reason}\n"
        text = _MACROS + " leave 1\n" + _DATA + data
        assert compare(assemble("openvm", text), _OPENVM).result.outcome == outcome


# Both end the run, and say what they can.
_FAILS = {
    "print bad, 2": ("invalid utf-8", "not UTF-8"),
    "li s0, 32; .insn i 0x0b, 2, s0, s0, 0": ("", "no word at 0x20"),
    "li s0, 0x300000; li s1, 0; .insn i 0x0b, 1, s0, s1, 1": ("zero", "0 words cannot be read"),
    "li s0, 0x300000; li s1, 1; .insn i 0x0b, 1, s0, s1, 1": ("at pc", "there are no 1 words"),
    ".insn i 0x0b, 3, x0, x0, 0\n .insn i 0x0b, 3, x0, x0, 0": ("EndOfInput", "no input item"),
    "li s0, 0x20000000; lw s1, 0(s0)": ("panic", "where no memory is"),
    "jr zero": ("unreachable", "where no memory is"),
}


@pytest.mark.parametrize("body", _FAILS)
def test_what_fails(assemble: Assemble, body: str) -> None:
    image = assemble("openvm", _MACROS + "print text, 3\n" + body + "\n leave 0\n" + _DATA)
    there, here = run(image, _OPENVM, executor_of(_OPENVM)), run(image, _OPENVM)
    for ran in (there, here):
        assert (ran.result.outcome, ran.result.exit_status) == ("fault", 1)
        assert ran.streams == (b"w\r\n", b"", b"")
    wanted = _FAILS[body]
    assert wanted[0] in (there.result.message or "") and wanted[1] in (here.result.message or "")


@pytest.mark.parametrize("word", ["0", "-1", "0x0000100f", "0x00a5202f", "0x00010001"])
def test_words_that_are_no_instructions_are_not_loaded(assemble: Assemble, word: str) -> None:
    image = assemble("openvm", _MACROS + f"leave 0\n .word {word}\n" + _DATA)
    with pytest.raises(ZeroosError, match="couldn't parse the next instruction"):
        run(image, _OPENVM, executor_of(_OPENVM))
    with pytest.raises(ZeroosError, match="not instructions of rv32im"):
        run(image, _OPENVM)


def test_the_command_alone(assemble: Assemble, tmp_path: Path) -> None:
    call = Executable(_OPENVM)
    image = str(assemble("openvm", _MACROS + "print text, 3\n leave 7\n" + _DATA))
    plain = call(image)
    assert (plain.returncode, plain.stdout, plain.stderr) == (7, b"w\r\n", b"")
    stats = tmp_path / "stats.json"
    call(image, "--stats", str(stats), "--input", "-", given=b"123")
    assert json.loads(stats.read_text())["exit_code"] == 7
    good = str(assemble("openvm", _MACROS + "print text, 3\n leave 0\n" + _DATA))
    assert call(good, "--output", "-").stdout == b"w\r\n" + bytes(32)
    call.check_usage(image)
    call.check_fault(str(assemble("openvm", _MACROS + "jr zero\n" + _DATA)))
