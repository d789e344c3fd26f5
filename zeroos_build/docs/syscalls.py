# SPDX-License-Identifier: MIT OR Apache-2.0
"""docs/syscalls.md: which system calls are provided, and how they differ from Linux."""

from __future__ import annotations

from zeroos_build.docs import stamp
from zeroos_build.spec import SUBSYSTEMS, Syscall, load_specs

_HEAD = """# System calls

Every system call with a handler, by subsystem. An image links only those that its program can reach.
A number is that of riscv64 and riscv32, or those of both where they differ; `-` where the call does not
exist. What is not in these tables has no handler: reaching it is a build error, unless `[abi.policy]` says
what it shall do. So are refused calls, whose error says why no image can provide them.
"""


def text() -> str:
    """The whole page."""
    specs = load_specs()
    parts = [stamp("syscall_specs/"), _HEAD]
    for name in SUBSYSTEMS:
        file = specs.files[name]
        parts.append(f"\n## {name}\n\n{file.doc}\n")
        if file.syscall:
            parts.append("\n| number | call | what it does | errors |\n|---|---|---|---|\n")
            parts += [_row(call) for call in sorted(file.syscall, key=lambda call: call.name)]
        if file.refused:
            parts.append("\nRefused:\n\n")
            parts += [f"* `{name}`: {why}.\n" for name, why in sorted(file.refused.items())]
    parts.append(_differences(list(specs.by_name.values())))
    return "".join(parts)


def _row(call: Syscall) -> str:
    numbers = [str(n) if n is not None else "-" for n in (call.nr.rv64, call.nr.rv32)]
    number = " / ".join(dict.fromkeys(numbers))
    other = f" riscv32 calls it `{call.linux32}`." if call.linux32 else ""
    arguments = ", ".join(
        f"{a.type}{'' if a.type.endswith('*') else ' '}{a.name}" for a in call.args
    )
    how = ""
    if call.inline is not None:
        constant = call.inline.constant
        how = (
            f" Answered in place: {constant}." if constant is not None else " Answered by one load."
        )
    errors = " ".join(call.errors)
    return f"| {number} | `{call.name}({arguments})` | {call.doc}{how}{other} | {errors} |\n"


def _differences(calls: list[Syscall]) -> str:
    head = "\n## Where they differ from Linux\n\n| call | difference | reason |\n|---|---|---|\n"
    rows = [f"| `{c.name}` | {c.differs} | {c.reason} |\n" for c in calls if c.differs]
    return head + "".join(rows)
