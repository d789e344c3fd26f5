# SPDX-License-Identifier: MIT OR Apache-2.0
"""`[budget]`: what an image may cost, as data."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from zeroos_build.manifest.kinds import Closed, Matches, ProjectPath, Size

RunName = Annotated[str, Matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "a name of a run")]


class RunBudget(Closed):
    """What one run may cost. It is made on the embedded machine."""

    input: ProjectPath | None = Field(
        default=None, description="The file with the private input. Default: an empty one."
    )
    instructions: int = Field(
        ge=1, description="How many instructions it may take from reset to halt."
    )


class Budget(Closed):
    """What the image may cost; `check --build` fails with what is above it."""

    loaded: Size | None = Field(
        default=None, description="Bytes of the image that are loaded into memory."
    )
    text: Size | None = Field(default=None, description="Bytes of code.")
    stack: Size | None = Field(
        default=None,
        description="Bytes of stack that the deepest chain of calls takes.",
    )
    runs: dict[RunName, RunBudget] = Field(
        default={},
        description='Runs by name: `small = { input = "tests/small.bin", instructions = 50000 }`.',
    )
