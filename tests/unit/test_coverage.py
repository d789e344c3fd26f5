# SPDX-License-Identifier: MIT OR Apache-2.0
"""The coverage check finds what is missing, what is old and what is listed without need."""

from __future__ import annotations

import pytest

from tests import coverage
from tests.conformance.expectation import properties
from tests.coverage.__main__ import problems
from zeroos_build.execute import TraceEvent

_FULL = {call: {} for call, _ in coverage.wanted()}  # type: ignore[var-annotated]
for _call, _what in coverage.wanted():
    _FULL[_call][_what] = ["a"]


def test_every_gap_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.coverage.__main__.gaps", dict)
    assert problems(coverage.Coverage(_FULL)) == []
    for call, what in coverage.wanted():
        rows = {**_FULL, call: {k: v for k, v in _FULL[call].items() if k != what}}
        (problem,) = problems(coverage.Coverage(rows))
        assert problem.startswith(f"{call}.{what}: no program shows it")


def test_needless_gaps_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = {"read.EBADF": "why", "read.EWHAT": "why"}
    monkeypatch.setattr("tests.coverage.__main__.gaps", lambda: listed)
    found = problems(coverage.Coverage(_FULL))
    assert found[0] == "read.EBADF: a program shows it; remove it from gaps.toml"
    assert found[1] == "read.EWHAT: gaps.toml speaks of what no spec has"


def test_records(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error counts only for the call that returned it, and only while nothing has changed."""
    monkeypatch.setattr(coverage, "RECORDS", tmp_path)
    name, none = properties()[0], (0,) * 6
    for target, ebadf in (("qemu-virt", 2**64 - 9), ("qemu-virt32", 2**32 - 9)):
        recorder = coverage.Recorder(name, target)
        recorder(TraceEvent(0, 63, none, ebadf, 0))
        recorder(TraceEvent(0, 64, none, 9, 0))
        recorder(TraceEvent(0, 94, none, None, 0))
        recorder(TraceEvent(0, 3000, none, ebadf, 0))
        recorder.save()
    found = coverage.merge([name])
    assert found.missing == []
    assert found.where("read", "EBADF") == name
    assert found.where("write", "EBADF") is None
    assert {"read", "write", "exit_group"} == set(found.shown)
    monkeypatch.setattr(coverage, "digest", lambda name: "other")
    assert coverage.merge([name]).missing == [f"{name} on qemu-virt", f"{name} on qemu-virt32"]
