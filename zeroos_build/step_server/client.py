# SPDX-License-Identifier: MIT OR Apache-2.0
"""Asking the step server: what every step of ours does first, so next to nothing is imported."""

from __future__ import annotations

import os
import sys

# Without the constants and classes that `socket` makes of it, which cost more than the asking.
from _socket import AF_UNIX, SCM_RIGHTS, SO_TYPE, SOCK_DGRAM, SOL_SOCKET, socket, socketpair

TYPE_CHECKING = False  # typing's own costs an import
if TYPE_CHECKING:
    from collections.abc import Sequence

# The environment variable with the number of the descriptor that leads to the server.
SOCKET = "ZEROOS_STEP_SERVER"
_INT = 4


def identity() -> str:
    """Only this Python with this copy of the package does a step as this process would."""
    return f"{sys.executable} {sys.version} {__file__}"


def message(arguments: Sequence[str]) -> bytes:
    """A request: identity, directory, number of arguments, arguments, environment."""
    words = [identity(), os.getcwd(), str(len(arguments)), *arguments]  # noqa: PTH109
    environment = [key + b"=" + value for key, value in os.environb.items()]
    return b"\0".join([*map(os.fsencode, words), *environment])


def ask(where: str, arguments: Sequence[str]) -> int | None:
    """Have a step done; its exit code, or None when it has to be done without the server.

    The step has this process's standard output and error. Should it be killed, or should there
    be no server, the answer is None as well: every step can be done again.
    """
    try:
        server = socket(AF_UNIX, SOCK_DGRAM, 0, os.dup(int(where)))
        if server.getsockopt(SOL_SOCKET, SO_TYPE) != SOCK_DGRAM:
            return None
        mine, theirs = socketpair()
        with_it = (theirs.fileno(), 1, 2)
        rights = b"".join(number.to_bytes(_INT, sys.byteorder) for number in with_it)
        server.sendmsg([message(arguments)], [(SOL_SOCKET, SCM_RIGHTS, rights)])
        # Else the answer would not end when the step does.
        theirs.close()
        answer = mine.recv(1)
    except (OSError, ValueError):
        return None
    return answer[0] if answer else None
