# SPDX-License-Identifier: MIT OR Apache-2.0
"""Each template of `init` builds and runs by the command that `init` prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.support import cargo
from tests.support.wrappers import done
from zeroos_build.scaffold import template_names


@pytest.mark.parametrize("template", template_names())
def test_a_new_project_runs(template: str, tmp_path: Path) -> None:
    if template == "cmake":
        need_program("cmake")
    if template.startswith("rust"):
        cargo.need_rust()
    # std of the other tests' programs is the same.
    env = {"ZEROOS_EXECUTOR": "embedded", "CARGO_TARGET_DIR": str(cargo.target_dir())}
    words = done("zeroos-build", "init", "--template", template, "new thing", cwd=tmp_path, env=env)
    last = words.decode().splitlines()[-1]
    assert last.startswith("next: ")
    printed = done("sh", "-c", last.removeprefix("next: "), cwd=tmp_path, env=env)
    assert b"hello from new-thing\n" in printed
