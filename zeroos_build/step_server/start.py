# SPDX-License-Identifier: MIT OR Apache-2.0
"""The build command's side of the step server: started by the first step that asks for it."""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import IO

from zeroos_build.step_server.client import SOCKET

_PATIENCE = 5  # seconds, for a process that has nothing to do but end
_lock = threading.Lock()


class StepServer:
    """One server for all builds of this process; there is none until a step asks for it.

    Steps send datagrams to `address`, a descriptor that ninja and its commands inherit. Until the
    server runs they queue in `inbox`.
    """

    def __init__(self) -> None:
        self.owner, self.lock = os.getpid(), threading.Lock()
        self.address, inbox = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.inbox: socket.socket | None = inbox
        self.child: subprocess.Popen[bytes] | None = None

    @property
    def usable(self) -> bool:
        """Whether it can be asked, which it cannot once it has ended, or in a fork."""
        if self.owner != os.getpid() or self.address.fileno() < 0:
            return False
        with self.lock:
            return self.inbox is not None or (self.child is not None and self.child.poll() is None)

    def environment(self) -> dict[str, str]:
        """What tells steps of the server."""
        return {SOCKET: str(self.address.fileno())}

    def start(self) -> None:
        """Start the server, once. If that fails, steps find nobody and do their work themselves."""
        with self.lock:
            if self.inbox is None:
                return
            inbox, self.inbox = self.inbox, None
            with inbox, contextlib.suppress(OSError):
                self.child = self._run(inbox.fileno())

    def _run(self, inbox: int) -> subprocess.Popen[bytes]:
        # Not in the current directory's modules: -P. Not in the terminal's group: who is
        # interrupted ends the steps first.
        argv = [sys.executable, "-P", "-m", "zeroos_build.step_server.server", str(inbox)]
        return subprocess.Popen(
            argv,
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(inbox,),
            start_new_session=True,
        )

    def close(self) -> None:
        """End the server, if this process has started it."""
        if self.owner != os.getpid():
            return
        self.address.close()
        if self.inbox is not None:
            self.inbox.close()
        if self.child is not None:
            assert self.child.stdin is not None
            self.child.stdin.close()
            try:
                self.child.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()


@functools.cache
def _servers() -> list[StepServer]:
    found: list[StepServer] = []

    def close() -> None:
        for server in found:
            server.close()

    atexit.register(close)
    return found


def step_server() -> StepServer:
    """This process's server, which may not run yet."""
    with _lock:
        servers = _servers()
        if not servers or not servers[-1].usable:
            for server in servers:
                server.close()
            servers[:] = [StepServer()]
        return servers[-1]


def lines(output: IO[bytes], server: StepServer) -> Iterator[str]:
    """The lines that come out of a pipe; starts the server when a step asks meanwhile."""
    poll = select.poll()
    poll.register(output, select.POLLIN)
    inbox = server.inbox
    asked = inbox.fileno() if inbox is not None else -1
    if asked >= 0:
        poll.register(asked, select.POLLIN)
    pending = b""
    while True:
        ready = {number for number, _ in poll.poll()}
        if asked in ready:
            # Another thread's build may have been first.
            poll.unregister(asked)
            asked = -1
            server.start()
        if output.fileno() not in ready:
            continue
        data = os.read(output.fileno(), 1 << 16)
        if not data:
            break
        *found, pending = (pending + data).split(b"\n")
        for line in found:
            yield line.decode(errors="replace")
    if pending:
        yield pending.decode(errors="replace")
