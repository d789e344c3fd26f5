# SPDX-License-Identifier: MIT OR Apache-2.0
"""Running a plan's steps one after the other in this process, for a link that nothing precedes.

Nothing is up to date in a new directory, so there is nothing for ninja to decide, and our own
steps need no Python of their own. What the compiler makes of our own sources is kept in the cache.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from zeroos_build import files, process, step
from zeroos_build.assemble import generate_files
from zeroos_build.diagnostics import ZeroosError, error
from zeroos_build.link.messages import translate
from zeroos_build.plan.model import Step

_OWN = (sys.executable, "-m", "zeroos_build.step")


def run_steps(steps: Sequence[Step], work: Path, kept: Path, identity: str) -> None:
    """Run `steps` in the directory `work`, which is the current one.

    `kept` is where objects of our own sources and generated texts stay; `identity` changes
    whenever one of them could come out otherwise with the same command and the same text.
    """
    for one in steps:
        for output in one.outputs:
            files.make_dir((work / output).parent)
        if one.command[:3] == _OWN and one.name == "generate":
            facts, probe, directory = map(Path, one.command[4:])
            generate_files(facts, probe, directory, (kept, identity))
        elif one.command[:3] == _OWN:
            step.run(one.command[3:])
        elif one.name == "compile":
            _compile(one, work, kept, identity)
        else:
            _run(one)


def _compile(one: Step, work: Path, kept: Path, identity: str) -> None:
    words = [identity, *one.command]
    texts = [(work / name).read_bytes() for name in one.inputs]
    name = hashlib.sha256(json.dumps(words).encode() + b"\0".join(texts)).hexdigest()[:24]
    saved, output = kept / f"{name}.o", work / one.outputs[0]
    if saved.is_file():
        files.copy(saved, output)
        return
    _run(one)
    files.copy(output, saved)


def _run(one: Step) -> None:
    done = process.run(one.command)
    if done.code == 0:
        return
    words = (done.stdout + done.stderr).decode("utf-8", "replace")
    if one.name in ("probe", "link"):
        raise ZeroosError(translate(words))
    raise error("ZOS430", f"compiling {one.subject} failed", notes=[words.strip()])
