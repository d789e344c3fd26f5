# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build targets`."""

from __future__ import annotations

from zeroos_build.cli import output


def command() -> None:
    """List the targets."""
    from zeroos_build.target import installed_targets, load_target, target_names

    targets = [load_target(name) for name in [*target_names(), *installed_targets()]]
    rows = [
        (
            target.name,
            target.isa.march,
            ",".join(target.dispatch.modes),
            target.exit.codes,
            ", ".join(executor.name for executor in target.executor) or "embedded only",
            target.summary,
        )
        for target in targets
    ]
    head = ("NAME", "ISA", "DISPATCH", "EXIT", "OWN EXECUTOR", "WHAT IT IS")
    described = [
        target.model_dump(mode="json", by_alias=True, exclude={"host_call", "host_call_abi"})
        for target in targets
    ]
    output.result(output.table(head, rows), targets=described)
