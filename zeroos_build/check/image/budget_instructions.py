# SPDX-License-Identifier: MIT OR Apache-2.0
"""Runs that take more instructions than their budget."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.built import Built
from zeroos_build.check.subject import Finding

CODE = "ZOS523"

_HELP = "`zeroos-build run --stats` counts, and the functions above are where it spends them"


def check(subject: Built) -> Iterator[Finding]:
    runs = subject.resolved.budget.runs
    if not runs:
        return
    from zeroos_build.check.budgets import most_of
    from zeroos_build.check.runs import measure, sample

    for name, budget in runs.items():
        key = ("budget", "runs", name)
        path = subject.project.directory / budget.input if budget.input else None
        if path is not None and not path.is_file():
            message = f"the run `{name}` has no input: `{budget.input}` is no file"
            yield Finding((*key, "input"), message, "correct the path")
            continue
        result = measure(subject, path)
        if result.outcome != "exit":
            what = result.message or f"it ended by {result.outcome}"
            message = f"the run `{name}` failed: {what}"
            yield Finding(key, message, "a run with a budget has to end by itself")
            continue
        used = result.instructions or 0
        if used > budget.instructions:
            shares = sample(subject, path, used)
            yield Finding(
                (*key, "instructions"),
                f"the run `{name}` takes {used} instructions, {used - budget.instructions} more "
                f"than its budget of {budget.instructions}",
                _HELP,
                (most_of(shares, "% of samples"),),
            )
