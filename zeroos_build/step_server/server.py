# SPDX-License-Identifier: MIT OR Apache-2.0
"""The step server: waits for requests and forks for each of them.

    python -P -m zeroos_build.step_server.server INBOX

INBOX is the number of a datagram socket's descriptor. The server ends when its standard input
does, which is a pipe that its build command holds. It has one thread and does no step itself, so
a fork of it is as good as a new process: only modules are loaded before.
"""

from __future__ import annotations

import functools
import importlib
import os
import select
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable

from zeroos_build import step
from zeroos_build.step_server.client import identity

_LARGEST = 1 << 20  # a request with all of an environment
_DESCRIPTORS = 3
_INTERRUPTED = 130

# What a step needs; it is loaded before the fork.
_NEEDS = {
    "lower": ("zeroos_build.lower.batch",),
    "generate": ("zeroos_build.assemble",),
    "verify": ("zeroos_build.verify",),
    "finish-process": ("zeroos_build.verify",),
}
# What mostly comes next: loaded while the step runs. Only a first build renders the templates.
_NEXT = {
    "lower": ("zeroos_build.assemble", "zeroos_build.verify", "capstone"),
    "generate": ("zeroos_build.generate.image", "zeroos_build.generate.linker_script"),
}
_TEMPLATES = ("image.c.j2", "link.ld.j2")


class Request:
    """One request as it was sent, with the descriptors that came with it."""

    def __init__(self, data: bytes, descriptors: list[int]) -> None:
        words = data.split(b"\0")
        self.identity, self.directory = map(os.fsdecode, words[:2])
        count = int(words[2])
        self.arguments = list(map(os.fsdecode, words[3 : 3 + count]))
        self.environment = dict(item.split(b"=", 1) for item in words[3 + count :])
        self.reply, self.stdout, self.stderr = descriptors


def serve(inbox: socket.socket) -> None:
    """Answer requests until standard input ends."""
    loaded: set[str] = set()
    expected: list[Callable[[], object]] = []
    poll = select.poll()
    poll.register(inbox, select.POLLIN)
    poll.register(0, select.POLLIN)
    while True:
        ready = {number for number, _ in poll.poll(0 if expected else None)}
        _reap()
        if 0 in ready:
            return
        if inbox.fileno() in ready:
            name = _take(inbox)
            if name not in loaded:
                loaded.add(name)
                expected += _what_follows(name)
        elif expected:
            expected.pop(0)()


def _what_follows(name: str) -> list[Callable[[], object]]:
    found: list[Callable[[], object]] = [
        functools.partial(importlib.import_module, module) for module in _NEXT.get(name, ())
    ]
    if name == "generate":
        from zeroos_build.generate.text import load

        found += [functools.partial(load, template) for template in _TEMPLATES]
    return found


def _reap() -> None:
    """Take in the steps that have ended; what they cost counts as this process's children's."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _take(inbox: socket.socket) -> str:
    """Start the step that is asked for; its name.

    Where the request cannot be read or is not for this server, its descriptors are closed, and
    the process that asked does the step itself.
    """
    data, descriptors, _, _ = socket.recv_fds(inbox, _LARGEST, _DESCRIPTORS)
    try:
        request = Request(data, descriptors)
        name = request.arguments[0]
        if request.identity != identity() or name not in _NEEDS:
            return ""
        for module in _NEEDS[name]:
            importlib.import_module(module)
        if os.fork() == 0:
            _do(request)
    except (ValueError, IndexError, OSError):
        return ""
    finally:
        for number in descriptors:
            os.close(number)
    return name


def _do(request: Request) -> None:
    """In a process of its own: the step, its exit code to who asked, and the end."""
    code = 1
    # A shell's background commands ignore it, and so would this one.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        os.dup2(request.stdout, 1)
        os.dup2(request.stderr, 2)
        os.environb.clear()
        os.environb.update(request.environment)
        os.chdir(request.directory)
        threading.Thread(target=_watch, args=(request.reply,), daemon=True).start()
        code = step.do(request.arguments)
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except BaseException:
        traceback.print_exc()
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
            # Who reads the output waits until nobody can write it any more.
            for number in (1, 2, request.stdout, request.stderr):
                os.close(number)
            os.write(request.reply, bytes([code]))
        finally:
            os._exit(code)


def _watch(reply: int) -> None:
    """End the step as an interrupt does when the process that asked for it is gone."""
    try:
        os.read(reply, 1)
    finally:
        os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
    os._exit(0)
