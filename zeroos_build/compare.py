# SPDX-License-Identifier: MIT OR Apache-2.0
"""One project on several targets: what each makes of it, and whether they agree."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from zeroos_build.conformance.kit import published
from zeroos_build.conformance.runner import ExecutorChoice, executor_runner
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.target import Target, load_target

if TYPE_CHECKING:
    from zeroos_build.build import Options
    from zeroos_build.manifest import Project


@dataclass(frozen=True, slots=True)
class Row:
    """One target. Sizes are bytes; what is not known is None, and so is all behind `refusal`.

    `refusal` is why there is no image, or no run of it. `coarse`: of the exit code only zero or not
    arrives. `output` is the public output as the target has it; `output_sha256` is of what the
    program wrote, as far as the outputs of all targets show that, and None where a run that failed
    left no digest.
    """

    target: str
    isa: str
    coarse: bool
    refusal: str | None = None
    loaded: int | None = None
    syscalls: tuple[str, ...] | None = None
    executor: str | None = None
    instructions: int | None = None
    exit_code: int | None = None
    failed: bool = False
    message: str | None = None
    stdout: bytes = b""
    output: bytes = b""
    output_sha256: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain data; stdout as its digest."""
        row = asdict(self)
        del row["output"]
        row["stdout_sha256"] = hashlib.sha256(row.pop("stdout")).hexdigest()
        if self.exit_code is None:
            row["stdout_sha256"] = None
        return row


def compare(
    project: Project,
    references: Sequence[str],
    options: Options,
    *,
    given: bytes = b"",
    executor: ExecutorChoice = "auto",
) -> list[Row]:
    """Build and run a project on each target; a target's refusal is in its row."""
    rows = [_row(project, name, options, given, executor) for name in references]
    return with_digests(rows, [load_target(name) for name in references])


def _row(
    project: Project, reference: str, options: Options, given: bytes, executor: ExecutorChoice
) -> Row:
    from zeroos_build.build import build

    target = load_target(reference)
    known: dict[str, Any] = {
        "target": target.name,
        "isa": target.isa.march,
        "coarse": target.exit.codes == "pass-fail",
    }
    try:
        [built] = build(project, [reference], options)
        report = json.loads(built.report.read_text("utf-8"))
        reached = report["syscalls"]["reachable"]
        known["loaded"] = report["sizes"]["loaded"]
        known["syscalls"] = None if reached is None else tuple(reached)
        machine, run = executor_runner(target, executor)
        ran = run(built.image, given)
        count = ran.instructions
        if count is None and target.kernel == "libos":
            # The executor does not count; the embedded machine counts the same instructions.
            count = executor_runner(target, "embedded")[1](built.image, given).instructions
    except ZeroosError as problem:
        first = problem.diagnostics[0]
        return Row(**known, refusal=f"{first.code}: {first.message}")
    return Row(
        **known,
        executor=machine,
        instructions=count,
        exit_code=ran.code,
        failed=ran.failed,
        message=ran.message,
        stdout=ran.stdout,
        output=ran.output or b"",
    )


def with_digests(rows: Sequence[Row], targets: Sequence[Target]) -> list[Row]:
    """The rows with `output_sha256`, each with the target that it is of.

    Some targets publish a digest, some fill up with zeros. Such an output stands for what another
    target has in full, if that is what it would be for it.
    """
    ended = [(row, of) for row, of in zip(rows, targets, strict=True) if row.exit_code is not None]
    written = _written([(row.output, of) for row, of in ended if row.exit_code == 0])
    digests = {}
    for row, target in ended:
        output = row.output
        if row.exit_code == 0 and output == published(target, written):
            output = written
        elif target.streams.public == "digest":
            digests[row.target] = output.hex() or None
            continue
        digests[row.target] = hashlib.sha256(output).hexdigest()
    return [replace(row, output_sha256=digests.get(row.target)) for row in rows]


def _written(outputs: Sequence[tuple[bytes, Target]]) -> bytes:
    """The bytes by which most of the outputs are explained."""
    candidates = []
    for output, target in outputs:
        if target.streams.public == "digest":
            continue
        window = target.memory.window("public")
        filling = len(output) if window else target.streams.unit - 1
        if not filling:
            candidates = [output]
            break
        shortest = max(len(output.rstrip(b"\0")), len(output) - filling)
        candidates += [output[:size] for size in range(shortest, len(output) + 1)]
    explained = [sum(o == published(t, data) for o, t in outputs) for data in candidates]
    return candidates[explained.index(max(explained))] if candidates else b""


def disagreements(rows: Sequence[Row]) -> list[str]:
    """In what the targets that ran differ; a sentence each, none if they agree."""
    ran = [row for row in rows if row.exit_code is not None]
    found = []
    # What a run that failed has published differs: some machines publish nothing then.
    whole = {row.exit_code for row in ran if not row.coarse}
    ends = {bool(row.exit_code) for row in ran}
    if len(whole) > 1 or len(ends) > 1:
        found.append("the exit codes differ")
    if len({row.stdout for row in ran}) > 1:
        found.append("what they print on standard output differs")
    if len({row.output_sha256 for row in ran if not row.exit_code}) > 1:
        found.append("their public outputs differ")
    return found


def common_code(rows: Sequence[Row]) -> int:
    """The exit code of a program on which all agree: a whole one where some target has it."""
    codes = [row.exit_code for row in rows if row.exit_code is not None]
    whole = [row.exit_code for row in rows if row.exit_code is not None and not row.coarse]
    return (whole or codes or [0])[0]
