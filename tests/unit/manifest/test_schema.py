# SPDX-License-Identifier: MIT OR Apache-2.0
"""The editors' schema, judged by a validator that is not ours."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from tests.support.planted import MANIFEST as PLANTED
from zeroos_build.manifest.fields import names_of, table_at, walk
from zeroos_build.manifest.model import Manifest, Tables
from zeroos_build.manifest.schema import schema
from zeroos_build.scaffold import plan_files, template_names

ROOT = Path(__file__).resolve().parents[3]
MANIFESTS = sorted(
    path
    for top in ("examples", "tests", "benchmarks")
    for path in (ROOT / top).rglob("*.toml")
    if path.name == "zeroos.toml" or path.name == "minigzip.toml"
)
VALIDATOR = Draft7Validator(schema())


def complaints(text: str) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(tomllib.loads(text))]


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(schema())


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_manifest(path: Path) -> None:
    assert complaints(path.read_text()) == []


@pytest.mark.parametrize("template", template_names())
def test_manifest_of_a_new_project(template: str, tmp_path: Path) -> None:
    made = plan_files(tmp_path, template)
    texts = [text for path, text in made.items() if path.name == "zeroos.toml"]
    assert texts
    for text in texts:
        assert complaints(text) == []


def test_manifests_in_the_documentation() -> None:
    """Whatever begins with a table of the manifest; tables of targets and specs are others."""
    names = "|".join(Manifest.model_fields)
    start = re.compile(rf"(?:#.*\n|\s)*\[(?:{names})[].]")
    pages = [page.read_text() for page in (ROOT / "docs").glob("*.md")]
    blocks = [t for page in pages for t in re.findall(r"^```toml\n(.*?)^```", page, re.M | re.S)]
    shown = [text for text in blocks if start.match(text)]
    assert len(shown) >= 3
    assert [text for text in shown if complaints(text)] == []


def test_a_manifest_with_every_table() -> None:
    assert len(MANIFESTS) > 5
    # Its mistakes are such that only the linter knows them.
    assert complaints(PLANTED) == []


@pytest.mark.parametrize(
    "text",
    [
        "[image]\nsource = ['a.c']\n",
        "[image]\nsources = 'a.c'\n",
        "[build]\noptimize = 2\n",
        "[build]\ntoolchain = 'tcc'\n",
        "[abi.memory]\nheap = '64MB'\n",
        "[abi.memory]\nstack = 4096\n",
        "[abi.random]\nsource = 'dice'\n",
        "[abi.policy]\nbrk = { action = 'enosys' }\n",
        "[abi.vfs]\nfiles = [{ path = '/a' }]\n",
        "[budget]\nloaded = 100\n",
        "[budget]\nruns.small = { input = 'a' }\n",
        "[target.sp1]\nabi.memory.heap = 1\n",
        "[lint]\nZOS150 = 'fatal'\n",
        "schema = 2\n",
        "[unknown]\n",
    ],
)
def test_a_wrong_manifest(text: str) -> None:
    assert complaints(text)


def texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "description" and isinstance(value, str):
                yield value
            else:
                yield from texts(value)
    elif isinstance(node, list):
        for item in node:
            yield from texts(item)


def test_hover_texts_are_those_of_the_reference() -> None:
    hover = set(texts(schema()))
    page = (ROOT / "docs" / "manifest.md").read_text()
    for key in walk(Tables):
        model = table_at(Tables, key.path[:-1])
        assert model is not None
        description = names_of(model)[key.path[-1]].description or ""
        assert description in hover, key.dotted
        assert description.replace("|", "\\|") in page, key.dotted
