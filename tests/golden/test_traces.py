# SPDX-License-Identifier: MIT OR Apache-2.0
"""Traces as text and as JSON, recorded; and beside those of qemu-user, which knows Linux's."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from tests.support.images import build
from tests.support.oracle import build_linux, run_linux
from zeroos_build.decode import Decoder, lines, records
from zeroos_build.execute import RunRequest, run_embedded
from zeroos_build.target import load_target

HERE = Path(__file__).parent / "traces"
# Addresses depend on how the image is linked; what a file system chooses is no matter here.
_ADDRESS = re.compile(r"0x[0-9a-f]{7,}")
_CHOSEN = re.compile(
    r"(stx?_(?:dev|dev_major|dev_minor|ino|mnt_id|.time|.time_nsec)=)(?:\d+|\{[^}]*\})"
)


def _project(directory: Path) -> Path:
    project = directory / "program"
    shutil.copytree(HERE / "program", project, ignore=shutil.ignore_patterns("build"))
    return project


def _traces(project: Path, target: str, dispatch: str = "call") -> tuple[str, list[str]]:
    image = build(project, target, **{"build.dispatch": dispatch}).image
    description = load_target(target)
    decoder = Decoder(description.isa.xlen)
    text: list[str] = []
    objects: list[str] = []
    sinks = lines(decoder, text.append), records(decoder, objects.append)
    request = RunRequest(
        image=image, target=description, look=decoder.look,
        trace=lambda event: [sink(event) for sink in sinks],
    )  # fmt: skip
    assert run_embedded(request).exit_code == 7
    return _CHOSEN.sub(r"\1N", _ADDRESS.sub("ADDRESS", "".join(text))), objects


def _compare(name: str, text: str) -> None:
    golden = HERE / name
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text)
    assert text == golden.read_text()


@pytest.mark.parametrize("target", ["qemu-virt", "qemu-virt32"])
def test_trace(target: str, tmp_path: Path) -> None:
    project = _project(tmp_path)
    text, objects = _traces(project, target)
    _compare(f"{target}.txt", text)
    rows = [json.loads(line) for line in objects]
    for row in rows:
        assert row["schema"] == 1
        assert set(row) == {
            "schema", "thread", "site", "number", "name", "args", "returned", "result", "error",
        }  # fmt: skip
        row["site"] = "ADDRESS"
    # Every kind of data once: a string, a buffer, flags, a structure, pieces.
    chosen = {"openat", "read", "uname", "writev", "exit_group"}
    kept = list({row["name"]: row for row in rows if row["name"] in chosen}.values())
    text = json.dumps(kept, indent=1)
    text = re.sub(r"\b\d{9,}\b", "ADDRESS", _ADDRESS.sub("ADDRESS", text))
    _compare(f"{target}.json", text + "\n")
    # A vector that serves traps changes nothing of what is called.
    assert _traces(project, target, "trap")[0] == text_of(target)


def text_of(target: str) -> str:
    return (HERE / f"{target}.txt").read_text()


# Calls whose lines qemu-user 7.2 writes as strace does, up to blanks and what differs by machine.
_SAME = ("read", "close", "munmap", "mprotect", "lseek")


@pytest.mark.usefixtures("qemu_user")
def test_beside_qemu(tmp_path: Path) -> None:
    """qemu-user's own trace of the same program has the same lines for what it decodes."""
    project = _project(tmp_path)
    (tmp_path / "linux").mkdir()
    program = build_linux(project, tmp_path / "linux" / "program")
    done = run_linux(program, options=["-strace"])
    assert done.code == 7

    def normal(text: str) -> list[str]:
        found = []
        for line in text.splitlines():
            match = re.match(r"(?:\[pid +\d+\] |\d+ )?(\w+)\((.*)\) = (.*)", line)
            if match and match[1] in _SAME:
                words = re.sub(r"0x[0-9a-f]+|ADDRESS|\"[^\"]*\"(\.\.\.)?", "PLACE", match[2])
                result = re.sub(r"-1 E?\w+ ?=?\d* ?\((.*)\)", r"-1 (\1)", match[3])
                # Under qemu-user descriptor 3 is the public output.
                words = re.sub(r"^[34]\b", "FD", words.replace(" ", ""))
                found.append(f"{match[1]}({words}) = {result}")
        return found

    theirs = normal(done.stderr.decode())
    ours = normal(_traces(project, "qemu-virt")[0])
    assert len(ours) == 8
    assert ours == theirs
