# SPDX-License-Identifier: MIT OR Apache-2.0
"""What thunks call: entry functions, and dispatchers for numbers known at run time only."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from zeroos_build.facts import Call, Facts
from zeroos_build.generate.text import c_string


def entry_function(facts: Facts, call: Call) -> str | None:
    """The C function that a thunk calls, or None where the handler itself can be called.

    It takes whole registers and cuts them to what the handler's types say, as Linux does.
    """
    policy = facts.policy.get(call.name)
    name = f"zeroos_enter_{call.name}"
    if policy is not None and policy.action != "provide":
        if policy.action == "halt":
            text = c_string(f"{call.name} was called, and the manifest's policy is halt")
            return (
                f"/* policy: {_comment(policy.reason)} */\n_Noreturn void {name}(void);\n"
                f"_Noreturn void {name}(void)\n{{\n    zeroos_fail(ZEROOS_HALT, {text});\n}}"
            )
        value = facts.effective_constant(call)
        return (
            f"/* policy {policy.action}: {_comment(policy.reason)} */\nlong {name}(void);\n"
            f"long {name}(void)\n{{\n    return {value};\n}}"
        )
    if not call.narrow or call.abi == "frame":
        return None
    parameters = ", ".join(f"long a{i}" for i in range(len(call.types)))
    kind = "_Noreturn void" if call.abi == "noreturn" else "long"
    give = "" if call.abi == "noreturn" else "return "
    return (
        f"{kind} {name}({parameters});\n{kind} {name}({parameters})\n{{\n"
        f"    {give}sys_{call.name}({_cast_arguments(call)});\n}}"
    )


def jump(name: str, to: str) -> str:
    """A function that is another one, in a section of its own."""
    lines = (
        f'.pushsection .text.{name},"ax",@progbits', f".globl {name}", f".type {name},@function",
        f"{name}: tail {to}", f".size {name},.-{name}", ".popsection",
    )  # fmt: skip
    return "__asm__(" + "\n        ".join(c_string(f"{line}\n") for line in lines) + ");"


def _cast_arguments(call: Call) -> str:
    return ", ".join(f"({kind})a{i}" for i, kind in enumerate(call.types))


def _comment(text: str) -> str:
    return " ".join(text.replace("*/", "* /").split())


def dispatcher(facts: Facts, name: str, numbers: Iterable[int], why: str) -> dict[str, Any]:
    """A dispatcher for numbers that are known at run time only."""
    calls = facts.call_by_number()
    cases = []
    for number in sorted(numbers):
        call = calls.get(number)
        if call is not None:
            cases.append({"number": number, "name": call.name, "body": _case(facts, call)})
        elif number in facts.refused:
            name_of = facts.linux_name(number)
            text = c_string(f"{name_of} was called, and {facts.refused[number]}")
            body = f"return zeroos_refused({text});"
            cases.append({"number": number, "name": name_of, "body": body})
    return {"name": name, "why": why, "cases": cases, "unknown": _unknown_to_linux(facts)}


def _case(facts: Facts, call: Call) -> str:
    policy = facts.policy.get(call.name)
    constant = facts.effective_constant(call)
    if constant is not None:
        return f"return {constant};"
    if policy is not None and policy.action == "halt":
        return f"return zeroos_leave_{call.name}(a0);"
    if call.load is not None:
        return f"return {call.load};"
    if call.abi == "frame":
        return "return zeroos_needs_frame(number);"
    if call.abi == "noreturn":
        return f"return zeroos_leave_{call.name}(a0);"
    return f"return sys_{call.name}({_cast_arguments(call)});"


def _unknown_to_linux(facts: Facts) -> str:
    """A C condition on `number`: Linux has no system call of this number."""
    numbers = sorted(facts.linux)
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    # Probes for what a kernel has use numbers beyond the last one: one compare finds them.
    gaps = [(a[1] + 1, b[0] - 1) for a, b in pairwise(ranges)]
    tests = [f"(unsigned long)number > {ranges[-1][1]}"]
    tests += [
        f"(number >= {low} && number <= {high})" if low != high else f"number == {low}"
        for low, high in gaps
    ]
    return " || ".join(tests)
