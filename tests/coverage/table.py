# SPDX-License-Identifier: MIT OR Apache-2.0
"""docs/coverage.md: each call and each of its errors, with a program that shows it."""

from __future__ import annotations

from tests.conformance.expectation import expectation, properties
from tests.coverage import OBSERVED, Coverage, gaps
from zeroos_build.spec import SUBSYSTEMS, Syscall, load_specs

_HEAD = """<!-- Made by `python -m tests.coverage --write` from conformance runs; do not edit. -->
<!-- SPDX-License-Identifier: MIT OR Apache-2.0 -->

# What the conformance programs show

Each program in `tests/conformance/` does on every target what it does as a Linux process, or says
why not. For every system call that is provided, this table names a program whose trace has it, and
for every error of its spec one that provokes it. What no program shows stands at the end, with the
reason.
"""


def text(found: Coverage) -> str:
    """The whole page."""
    parts = [_HEAD]
    for subsystem in SUBSYSTEMS:
        calls = load_specs().files[subsystem].syscall
        if calls:
            parts.append(f"\n## {subsystem}\n\n| call | seen in | errors |\n|---|---|---|\n")
            parts += [_row(call, found) for call in sorted(calls, key=lambda call: call.name)]
    parts.append("\n## What no program shows\n\n| what | why |\n|---|---|\n")
    parts += [f"| `{what}` | {reason} |\n" for what, reason in sorted(gaps().items())]
    parts.append("\n## Programs that do something else than under Linux\n\n")
    parts.append("| program | why |\n|---|---|\n")
    parts += [
        f"| {name} | {reason} |\n" for name in properties() if (reason := expectation(name).differs)
    ]
    return "".join(parts)


def _row(call: Syscall, found: Coverage) -> str:
    errors = [f"{error} {found.where(call.name, error) or '-'}" for error in call.errors]
    seen = found.where(call.name, OBSERVED) or "-"
    return f"| `{call.name}` | {seen} | {'<br>'.join(errors)} |\n"
