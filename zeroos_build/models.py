# SPDX-License-Identifier: MIT OR Apache-2.0
"""What the models of data that comes with the tool share: targets and syscall specs."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from zeroos_build.diagnostics import Diagnostic, Location, ZeroosError


class Closed(BaseModel):
    """A table that holds the named keys and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def misfits(code: str, file: Path, problem: ValidationError) -> ZeroosError:
    """One diagnostic for each place of the file that its model refuses."""
    return ZeroosError(
        Diagnostic(
            code,
            f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}",
            Location(str(file)),
        )
        for item in problem.errors()
    )
