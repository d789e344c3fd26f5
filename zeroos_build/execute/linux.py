# SPDX-License-Identifier: MIT OR Apache-2.0
"""Images that are Linux processes: qemu-user translates them, this machine's kernel serves them.

Such a process never runs as root, since what it asks of the kernel happens: it is the user
`nobody` then, in an empty directory.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
from pathlib import Path

from zeroos_build import process
from zeroos_build.elf.image import Image
from zeroos_build.execute.found import FoundExecutor
from zeroos_build.execute.request import Outcome, RunRequest, RunResult

# The user and group that own nothing, by convention of all distributions.
NOBODY = 65534
# A crash of musl and of compilers' traps; the others end a program as a halt.
_SIGNALS: dict[int, Outcome] = {
    signal.SIGILL: "trap",
    signal.SIGTRAP: "trap",
    signal.SIGSEGV: "fault",
    signal.SIGBUS: "fault",
    signal.SIGFPE: "fault",
}


def run_process(request: RunRequest, found: FoundExecutor, home: Path) -> RunResult:
    """Run an image as a process in `home`. Standard input is the private input, descriptor 3 the
    public output; arguments and environment are those that the image's note names.

    ZOS603 when the process does not end in time.
    """
    said = Image.read(request.image).note or {}
    home.chmod(0o755)
    # Where the image lies may be closed to other users.
    program, work, public = home / "program", home / "cwd", home / "public"
    shutil.copy(request.image, program)
    program.chmod(0o755)
    work.mkdir()
    user = None
    if os.geteuid() == 0:
        user = NOBODY
        os.chown(work, NOBODY, NOBODY)
    values = {
        "{image}": [str(program)],
        "{name}": [str(said.get("name", request.image.stem))],
        "{arguments}": [str(word) for word in said.get("args", ())],
        # QEMU gives the process its -E options last to first; images have variables by name.
        "{environment}": [
            part
            for name, value in sorted(said.get("env", {}).items(), reverse=True)
            for part in ("-E", f"{name}={value}")
        ],
    }
    args = [str(found.program)]
    for arg in found.executor.args:
        args += values.get(arg, [arg])
    with public.open("wb") as sink:
        done = process.run(
            args, cwd=work, stdin=request.input, timeout=request.timeout, clean=True,
            user=user, third=sink.fileno(),
        )  # fmt: skip
    written = public.read_bytes()
    for passed, data in (
        (request.stdout, done.stdout),
        (request.stderr, done.stderr),
        (request.output, written),
    ):
        if passed is not None and data:
            passed(data)
    return RunResult(
        target=request.target.name,
        executor=found.executor.name,
        outcome=_SIGNALS.get(done.signal, "halt") if done.signal else "exit",
        exit_code=done.code,
        instructions=None,
        output_sha256=hashlib.sha256(written).hexdigest(),
        cost={},
    )
