# SPDX-License-Identifier: MIT OR Apache-2.0
"""Each planted mistake is reported once, at its line, in all four formats."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from pydantic import BaseModel
from sarif_pydantic import Sarif

from tests.support.findings import READERS
from tests.support.planted import plant
from zeroos_build.check import rules
from zeroos_build.cli.sarif import sarif_text
from zeroos_build.diagnostics import Diagnostic, Location

from .conftest import Cli

Found = dict[tuple[str, int], str]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Found]:
    directory = tmp_path_factory.mktemp("planted")
    return directory, plant(directory)


@pytest.mark.parametrize("form", READERS)
def test_planted_mistakes(
    cli: Cli, planted: tuple[Path, Found], form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory, wanted = planted
    monkeypatch.chdir(directory)
    ended = cli("check", "-t", "qemu-virt", "--format", form)
    assert ended.code == 3
    found = sorted(READERS[form](ended.out, ended.err))
    assert found == sorted((code, file, line) for (file, line), code in wanted.items())


def test_there_is_a_mistake_for_each_rule(planted: tuple[Path, Found]) -> None:
    known = {rule.CODE for block in ("manifest", "objects") for rule in rules(block)}
    assert set(planted[1].values()) == known


# SARIF 2.1.0, 3.13.3 and 3.14.17, which the model leaves out.
_NOT_IN_THE_MODEL = {"$schema", "columnKind"}


def open_fields(model: Any) -> Iterator[str]:
    """Names that SARIF does not know."""
    if isinstance(model, BaseModel):
        yield from set(model.model_extra or {}) - _NOT_IN_THE_MODEL
        for name in type(model).model_fields:
            yield from open_fields(getattr(model, name))
    elif isinstance(model, list):
        for item in model:
            yield from open_fields(item)


def test_sarif_is_sarif(
    cli: Cli, planted: tuple[Path, Found], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(planted[0])
    text = cli("check", "-t", "qemu-virt", "--format", "sarif").out
    log = Sarif.model_validate_json(text)
    assert list(open_fields(log)) == []
    (run,) = log.runs
    rule_ids = [rule.id for rule in run.tool.driver.rules or []]
    assert len(set(rule_ids)) == len(rule_ids)
    for result in run.results or []:
        assert result.rule_index is not None
        assert rule_ids[result.rule_index] == result.rule_id
        (place,) = result.locations or []
        region = place.physical_location.region if place.physical_location else None
        assert region is not None and region.snippet is not None
        lines = (planted[0] / unquote(place.physical_location.artifact_location.uri)).read_text()
        line = lines.splitlines()[region.start_line - 1]
        assert region.snippet.text == line
        assert 1 <= region.start_column < region.end_column <= len(line) + 1


def test_sarif_of_odd_places() -> None:
    found = [
        Diagnostic("ZOS101", "no place"),
        Diagnostic("ZOS101", "a file", Location("dir with space/ü#.toml")),
        Diagnostic("ZOS101", "a line", Location("a.c", 3)),
    ]
    log = Sarif.model_validate_json(sarif_text(found))
    none, file, line = log.runs[0].results or []
    assert not none.locations
    assert file.locations[0].physical_location.artifact_location.uri == (
        "dir%20with%20space/%C3%BC%23.toml"
    )
    assert file.locations[0].physical_location.region is None
    assert line.locations[0].physical_location.region.start_line == 3
    assert Sarif.model_validate_json(sarif_text([])).runs[0].results == []


def test_a_fingerprint_outlives_lines_above() -> None:
    def marks(line: int, text: str) -> list[str]:
        place = Location("zeroos.toml", line, 1, text)
        log = json.loads(sarif_text([Diagnostic("ZOS101", "m", place)]))
        return list(log["runs"][0]["results"][0]["partialFingerprints"].values())

    assert marks(3, "a = 1") == marks(9, "a = 1") != marks(3, "b = 1")


def test_several_files(cli: Cli, project: Path) -> None:
    for name, text in (("a", "[abi.random]\nsource = 'input'\n"), ("b", ""), ("c", "x = 1\n")):
        (project / name).mkdir()
        (project / name / "main.c").write_text("")
        (project / name / "zeroos.toml").write_text(text)
    ended = cli("check", "a/zeroos.toml", "b/zeroos.toml")
    assert ended.out.splitlines() == [
        "a/zeroos.toml: 1 warning (qemu-virt)",
        "b/zeroos.toml: ok (qemu-virt)",
    ]
    ended = cli("check", "a/zeroos.toml", "c/zeroos.toml", "--format", "json")
    assert ended.code == 3
    assert [d["code"] for d in ended.data["diagnostics"]] == ["ZOS101", "ZOS150"]
    assert cli("check", "a/zeroos.toml", "b/zeroos.toml", "--resolved").code == 2
