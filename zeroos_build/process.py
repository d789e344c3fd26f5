# SPDX-License-Identifier: MIT OR Apache-2.0
"""The one module that runs other programs: argument lists only, never a shell."""

from __future__ import annotations

import functools
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zeroos_build.diagnostics import error

# Called with the shell-quoted line before a program starts; `-v` sets it to print.
on_command: Callable[[str], None] | None = None
_THIRD = 3


@dataclass(frozen=True, slots=True)
class Result:
    """What a finished program left: exit code (128+n after signal n) and its two streams.

    `signal` is what ended it, 0 for an exit.
    """

    args: tuple[str, ...]
    code: int
    stdout: bytes
    stderr: bytes
    signal: int = 0


def quoted(args: Sequence[str | os.PathLike[str]], cwd: Path | None = None) -> str:
    """The command as a line that can be pasted into a shell."""
    line = shlex.join(os.fspath(a) for a in args)
    return f"cd {shlex.quote(str(cwd))} && {line}" if cwd else line


def run(
    args: Sequence[str | os.PathLike[str]],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: bytes | None = None,
    timeout: float | None = None,
    pass_output: bool = False,
    clean: bool = False,
    user: int | None = None,
    third: int | None = None,
) -> Result:
    """Run a program to its end.

    `env` adds to the environment, or with `clean` is all of it. With `pass_output` the streams are
    the caller's own. With `user` it runs as that user and group alone. `third` is an open file that
    it has as descriptor 3.
    A missing program is ZOS201, a timeout ZOS603; a failing program is the caller's matter.
    """
    argv = [os.fspath(a) for a in args]
    if on_command is not None:
        on_command(quoted(argv, cwd))
    sys.stdout.flush()
    pipe = None if pass_output else subprocess.PIPE
    try:
        child = subprocess.Popen(
            argv,
            cwd=cwd,
            env={**({} if clean else os.environ), **(env or {})},
            stdin=subprocess.PIPE
            if stdin is not None
            else (None if pass_output else subprocess.DEVNULL),
            stdout=pipe,
            stderr=pipe,
            start_new_session=not pass_output,
            user=user,
            group=user,
            extra_groups=None if user is None else (),
            pass_fds=() if third is None else (_THIRD,),
            preexec_fn=None if third is None else functools.partial(os.dup2, third, _THIRD),
        )
    except (FileNotFoundError, NotADirectoryError, PermissionError) as problem:
        raise error(
            "ZOS201",
            f"cannot run `{argv[0]}`: {(problem.strerror or 'not found').lower()}",
            help="`zeroos-build doctor` lists what is needed and how to get it",
        ) from problem
    try:
        out, err = child.communicate(stdin, timeout=timeout)
    except subprocess.TimeoutExpired as problem:
        _stop(child, not pass_output)
        raise error(
            "ZOS603",
            f"`{Path(argv[0]).name}` did not finish within {timeout:g} s and was stopped",
            notes=[quoted(argv, cwd)],
        ) from problem
    except BaseException:
        _stop(child, not pass_output)
        raise
    code = child.returncode
    return Result(
        tuple(argv), code if code >= 0 else 128 - code, out or b"", err or b"", max(-code, 0)
    )


def _stop(child: subprocess.Popen[bytes], own_group: bool) -> None:
    """End a program and, where it leads a group of its own, everything it started."""
    try:
        if own_group:
            os.killpg(child.pid, signal.SIGTERM)
        else:
            child.terminate()
        child.wait(timeout=2)
    except (ProcessLookupError, subprocess.TimeoutExpired):
        pass
    if child.poll() is None:
        if own_group:
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
        child.wait()
    for stream in (child.stdin, child.stdout, child.stderr):
        if stream is not None:
            stream.close()
