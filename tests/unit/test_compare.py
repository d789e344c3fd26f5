# SPDX-License-Identifier: MIT OR Apache-2.0
"""What a program wrote, from outputs that targets digest or fill up."""

from __future__ import annotations

import hashlib

import pytest

from zeroos_build.compare import Row, disagreements, with_digests
from zeroos_build.conformance.kit import published
from zeroos_build.target import load_target, target_names

NAMES = target_names("libos")


def _rows(written: dict[str, bytes], code: int = 0) -> list[Row]:
    targets = [load_target(name) for name in written]
    rows = [
        Row(name, "", target.exit.codes == "pass-fail", exit_code=code, output=data)
        for (name, data), target in zip(written.items(), targets, strict=True)
    ]
    return with_digests(rows, targets)


@pytest.mark.parametrize("data", [b"", b"abc", b"abcd", b"a\0\0\0", b"\0", bytes(64)])
@pytest.mark.parametrize("names", [NAMES, NAMES[::-1], ["zisk", "openvm"], ["nexus", "airbender"]])
def test_all_agree_on_what_was_written(names: list[str], data: bytes) -> None:
    rows = _rows({name: published(load_target(name), data) for name in names})
    assert {row.output_sha256 for row in rows} == {hashlib.sha256(data).hexdigest()}
    assert disagreements(rows) == []
    assert "output" not in rows[0].as_json()


@pytest.mark.parametrize("wrong", NAMES)
def test_the_one_that_differs_is_seen(wrong: str) -> None:
    outputs = {n: published(load_target(n), b"abd" if n == wrong else b"abc") for n in NAMES}
    rows = {row.target: row.output_sha256 for row in _rows(outputs)}
    if load_target(wrong).streams.unit == 1 and not load_target(wrong).memory.window("public"):
        assert rows.pop(wrong) not in rows.values()
    assert disagreements(_rows(outputs)) == ["their public outputs differ"]


def test_a_failed_run_without_a_digest() -> None:
    rows = _rows({"openvm": b"", "sp1": b"abc"}, code=1)
    assert rows[0].output_sha256 is None
    assert rows[1].output_sha256 == hashlib.sha256(b"abc").hexdigest()
    assert disagreements(rows) == []
