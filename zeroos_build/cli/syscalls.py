# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build syscalls`."""

from __future__ import annotations

from zeroos_build.cli import output
from zeroos_build.cli.options import part


def command() -> None:
    """List the system calls of the libOS.

    With number, subsystem, and what a program gets without a policy of its own.
    """
    specs = part("spec").load_specs()
    calls = sorted(specs, key=lambda call: (call.subsystem, call.name))
    rows = [(call.name, str(call.nr.rv64 or "-"), call.subsystem, call.doc) for call in calls]
    described = [call.model_dump(mode="json", by_alias=True) for call in calls]
    head = ("NAME", "NUMBER", "SUBSYSTEM", "WHAT IT DOES")
    output.result(output.table(head, rows), syscalls=described)
