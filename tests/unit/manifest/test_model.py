# SPDX-License-Identifier: MIT OR Apache-2.0
"""The models: closed, strict, documented."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pydantic import ValidationError

from zeroos_build.manifest.fields import inner_model, names_of, walk
from zeroos_build.manifest.kinds import Closed
from zeroos_build.manifest.model import Manifest, Tables
from zeroos_build.manifest.schema import schema
from zeroos_build.sizes import format_size, parse_size

Codes = Callable[..., list[str]]


def _models(model: type[Closed] = Manifest) -> Iterator[type[Closed]]:
    yield model
    for info in names_of(model).values():
        inner = inner_model(info.annotation)
        if inner is not None:
            yield from _models(inner)


def test_the_contract_keeps_its_names() -> None:
    assert [key.dotted for key in walk(Tables)] == [
        "image.name",
        "image.sources",
        "image.objects",
        "image.include",
        "image.defines",
        "image.cflags",
        "image.cxxflags",
        "image.ldflags",
        "image.args",
        "image.env",
        "build.target",
        "build.targets",
        "build.toolchain",
        "build.optimize",
        "build.dispatch",
        "abi.subsystems",
        "abi.host_calls",
        "abi.memory.heap",
        "abi.memory.stack",
        "abi.memory.allocator",
        "abi.memory.malloc",
        "abi.random.source",
        "abi.random.seed",
        "abi.time.source",
        "abi.time.epoch",
        "abi.vfs.files",
        "abi.vfs.cwd",
        "abi.input.mode",
        "abi.input.allow",
        "abi.specs",
        "abi.handlers",
        "abi.policy",
        "budget.loaded",
        "budget.text",
        "budget.stack",
        "budget.runs",
        "lint",
    ]


def test_every_key_is_described() -> None:
    for model in _models():
        assert model.__doc__
        for name, info in names_of(model).items():
            is_table = isinstance(info.annotation, type) and issubclass(info.annotation, Closed)
            assert info.description or is_table, f"{model.__name__}.{name}"


def test_every_model_is_closed_and_frozen() -> None:
    for model in _models():
        assert model.model_config["extra"] == "forbid"
        assert model.model_config["frozen"]
        assert model.model_config["strict"]
    with pytest.raises(ValidationError):
        Manifest().build.toolchain = "gcc"  # type: ignore[misc]


WRONG = [
    "schema = true",
    "schema = 1.0",
    "image = 3",
    "image.sources = [1]",
    "image.sources = {}",
    "image.defines = { A = 1 }",
    "image.defines = { A = false }",
    "image.env = { A = 1 }",
    'image.env = { "" = "x" }',
    'image.args = ["a\\u0000b"]',
    "image.name = ''",
    "image.name = '.hidden'",
    "image.name = '" + "a" * 65 + "'",
    "image.objects = ['']",
    "build.optimize = 2",
    "build.jobs = 2",
    "abi.subsystems = 'all'",
    "abi.subsystems = ['auto']",
    "abi.subsystems = 1",
    "abi.memory.heap = 'all'",
    "abi.memory.heap = -1",
    "abi.memory.heap = true",
    "abi.memory.heap = []",
    "abi.memory.stack = 'auto'",
    "abi.memory.stack = '99999999999GiB'",
    "abi.random.seed = 'f'",
    "abi.time.epoch = '0'",
    "abi.time.epoch = 2020-01-01",
    "abi.time.epoch = 9223372037",
    "abi.vfs.cwd = 'tmp'",
    "abi.vfs.cwd = '/a/../b'",
    "abi.vfs.cwd = '/a/'",
    "abi.vfs.files = [3]",
    "abi.input.allow = ['network']",
    "abi.policy.getpid = 'enosys'",
    "abi.policy.getpid = { action = 'constant', value = 4294967296, reason = 'x' }",
    "abi.policy.Getpid = { action = 'enosys', reason = 'x' }",
    "target.sp1.schema = 1",
    "target.sp1.target.sp1.build = {}",
    "target = []",
    "lint = ['ZOS150']",
]


@pytest.mark.parametrize("line", WRONG)
def test_wrong_values_give_one_error(line: str, codes: Codes) -> None:
    found = codes(line + "\n")
    assert len(found) == 1
    assert found[0] in ("ZOS101", "ZOS102", "ZOS104", "ZOS107")


@pytest.mark.parametrize(("text", "value"), [("1B", 1), ("64MiB", 64 << 20), ("2 GiB", 2 << 30)])
def test_sizes(text: str, value: int) -> None:
    assert parse_size(text) == value
    assert parse_size(format_size(value)) == value


@pytest.mark.parametrize(
    "text",
    ["", "64", "64MB", "64M", "64mib", "-1B", "1.5MiB", "0x10B", "\u0661MiB", "1MiB\n2", "9" * 30],
)
def test_what_is_no_size(text: str) -> None:
    with pytest.raises(ValueError, match="size"):
        parse_size(text)


def test_schema_references_resolve() -> None:
    tree = schema()

    def check(node: object) -> None:
        if isinstance(node, list):
            for item in node:
                check(item)
        if isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str):
                assert reference.removeprefix("#/definitions/") in tree["definitions"]
            for value in node.values():
                check(value)

    check(tree)
    assert tree["definitions"]["AbiMemory"]["properties"]["stack"]["type"] == "string"
    assert "null" not in str(tree)
