# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build syscalls`."""

from __future__ import annotations

from zeroos_build.cli import output


def command() -> None:
    """List the system calls of the libOS.

    With their numbers; `-` where a machine does not have one.
    """
    from zeroos_build.spec import load_specs

    calls = sorted(load_specs().by_name.values(), key=lambda call: (call.subsystem, call.name))
    rows = [
        (call.name, _number(call.nr.rv64), _number(call.nr.rv32), call.subsystem, call.doc)
        for call in calls
    ]
    described = [call.model_dump(mode="json", by_alias=True, exclude_none=True) for call in calls]
    head = ("NAME", "RV64", "RV32", "SUBSYSTEM", "WHAT IT DOES")
    output.result(output.table(head, rows), syscalls=described)


def _number(number: int | None) -> str:
    return "-" if number is None else str(number)
