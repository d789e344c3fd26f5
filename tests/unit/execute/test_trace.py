# SPDX-License-Identifier: MIT OR Apache-2.0
"""`--trace`: one event per executed site, whatever happens behind it."""

from __future__ import annotations

from zeroos_build.elf.sites import Site, SiteKind
from zeroos_build.execute import TraceEvent
from zeroos_build.riscv.encode import addi

from .conftest import MakeGuest
from .guests import A0, A7, TEXT, TP, ZERO, halt, jal

_WRITE, _GETPID, _GETTID, _EXIT = 64, 172, 178, 94


def _site(kind: SiteKind, index: int, number: int, *, resume: bool = True) -> bytes:
    site = TEXT + 4 * index
    return Site(site, 0, site + 4 if resume else 0, number, 0, kind, "a.o", "main").encode()


def test_events(guest: MakeGuest) -> None:
    code = [
        addi(TP, ZERO, 5),
        addi(A0, ZERO, 1),
        addi(A0, ZERO, 7),  # 2: getpid, answered in place
        addi(A0, A0, 1),  # 3: another in place, right behind it
        addi(A7, ZERO, _GETTID),
        addi(A0, ZERO, 9),  # 5: a number known at run time
        addi(A0, ZERO, 3),
        addi(A0, ZERO, 4),  # 7: no syscall: a fence that was lowered
        jal(ZERO, 4),  # 8: does not return
        *halt(),
    ]
    sites = (
        _site(SiteKind.CONSTANT, 2, _GETPID)
        + _site(SiteKind.CALL, 3, _WRITE)
        + _site(SiteKind.RUN_TIME, 5, -1)
        + _site(SiteKind.FENCE, 7, -1)
        + _site(SiteKind.NORETURN, 8, _EXIT, resume=False)
    )
    program = guest(code, sections={".zeroos.sites": sites})
    for fast in (False, True):
        events: list[TraceEvent] = []
        result = program.run(trace=events.append, fast=fast)
        assert [(e.number, e.args[0], e.result, e.thread) for e in events] == [
            (_GETPID, 1, 7, 5),
            (_WRITE, 7, 8, 5),
            (_GETTID, 8, 9, 5),
            (_EXIT, 4, None, 5),
        ]
        assert result.observed == {_GETPID, _WRITE, _GETTID, _EXIT}
        assert result.instructions == 9 + 5


def test_threads_are_told_apart(guest: MakeGuest) -> None:
    code = [
        addi(TP, ZERO, 1),
        addi(A0, ZERO, 10),
        jal(ZERO, 8),  # 2: thread 1 calls
        addi(A0, A0, 0),
        addi(TP, ZERO, 2),
        addi(A0, ZERO, 20),
        jal(ZERO, 4),  # 6: thread 2 calls and comes back first
        addi(A0, ZERO, 21),
        addi(TP, ZERO, 1),
        jal(ZERO, -4 * 6),  # back to 3: thread 1 comes back
        *halt(),
    ]
    code[3] = jal(ZERO, 4 * 7)
    sites = _site(SiteKind.CALL, 2, _WRITE) + _site(SiteKind.CALL, 6, _GETPID)
    events: list[TraceEvent] = []
    guest(code, sections={".zeroos.sites": sites}).run(trace=events.append)
    assert [(e.number, e.thread, e.args[0], e.result) for e in events] == [
        (_GETPID, 2, 20, 20),
        (_WRITE, 1, 10, 21),
    ]


def test_without_records(guest: MakeGuest) -> None:
    result = guest(halt()).run(trace=print)
    assert result.observed == frozenset()


def test_untraced(guest: MakeGuest) -> None:
    assert guest(halt()).run().observed is None


def test_a_sink_that_fails(guest: MakeGuest) -> None:
    import pytest

    def broken(_event: TraceEvent) -> None:
        raise BrokenPipeError

    sites = _site(SiteKind.CONSTANT, 0, _GETPID)
    program = guest([addi(A0, ZERO, 1), *halt()], sections={".zeroos.sites": sites})
    with pytest.raises(BrokenPipeError):
        program.run(trace=broken)
