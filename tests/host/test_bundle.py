# SPDX-License-Identifier: MIT OR Apache-2.0
"""The reader of bundles as a program of this machine: every malformed one, and random ones."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tests.host.compile import COMPILERS, compile_host, run_host
from tests.support.bundles import MALFORMED, good, mutations

ALL = 15
MUTATIONS = 60_000


@pytest.fixture(scope="module", params=COMPILERS)
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("host") / "bundle"
    return compile_host(request.param, output, "bundle.c", ["io/bundle.c"])


def answers(reader: Path, archives: list[bytes], allow: int = ALL) -> list[str]:
    given = b"".join(struct.pack("<II", allow, len(data)) + data for data in archives)
    return run_host(reader, given).splitlines()


def test_good(reader: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "file").write_text("text")
    (tmp_path / "link").symlink_to("sub/file")
    whole = good(tmp_path)
    assert answers(reader, [whole, good(), whole + bytes(512)]) == [
        "ok 8 10 11 3",
        "ok 8 10 11 0",
        "ok 8 10 11 3",
    ]


@pytest.mark.parametrize(("bit", "part"), [(1, "args"), (2, "env"), (4, "stdin"), (8, "files")])
def test_what_is_not_allowed(reader: Path, tmp_path: Path, bit: int, part: str) -> None:
    (tmp_path / "file").write_text("text")
    (answer,) = answers(reader, [good(tmp_path)], ALL & ~bit)
    assert answer.startswith("the manifest does not allow")


def test_every_malformed_archive_is_refused(reader: Path) -> None:
    found = answers(reader, list(MALFORMED.values()))
    assert not [name for name, answer in zip(MALFORMED, found, strict=True) if answer[:2] == "ok"]


def test_every_prefix(reader: Path) -> None:
    whole = good()
    cut = answers(reader, [whole[:size] for size in range(len(whole))])
    # Only the padding behind the trailer's name may be missing.
    assert all(not answer.startswith("ok") for answer in cut[:-3])


def test_random_archives(reader: Path) -> None:
    found = answers(reader, list(mutations(1, MUTATIONS)))
    assert len(found) == MUTATIONS
    reached = set(found)
    # The mutations lead everywhere: all that can be wrong was said at least once.
    source = (Path(__file__).parents[2] / "libos/io/bundle.c").read_text()
    texts = {line.split('"')[1] for line in source.splitlines() if 'return "' in line}
    texts |= {line.split('"')[1] for line in source.splitlines() if '? NULL : "' in line}
    assert {text for text in texts if text not in reached} <= {
        "the manifest does not allow it", "the manifest does not allow files",
    }  # fmt: skip
    assert any(answer.startswith("ok") for answer in found)
