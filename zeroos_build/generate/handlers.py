# SPDX-License-Identifier: MIT OR Apache-2.0
"""Handlers to fill in, in C and in Rust: they compile as they are and answer ENOSYS."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

from zeroos_build.diagnostics import error
from zeroos_build.generate.rust import CRATE, crate_files, trait_names
from zeroos_build.generate.rust import calls as rust_calls
from zeroos_build.generate.text import render
from zeroos_build.own_specs import extended, read_own
from zeroos_build.spec import Specs, Syscall, load_specs


def subject_specs(subject: str | None) -> tuple[Specs, tuple[Syscall, ...]]:
    """All specs, and the calls that a subsystem's name or a spec file's path stands for.

    ZOS100 where it is neither; what `extended` raises for a bad file.
    """
    specs = load_specs()
    if subject is None:
        return specs, ()
    if subject in specs.files and specs.files[subject].syscall:
        return specs, specs.files[subject].syscall
    path = Path(subject)
    if not path.is_file():
        names = [name for name, file in specs.files.items() if file.syscall]
        raise error(
            "ZOS100",
            f"`{subject}` is neither a subsystem with system calls nor a file",
            notes=[f"subsystems: {', '.join(names)}"],
        )
    return extended([path]), read_own(path, subject)[0].syscall


def stub_files(specs: Specs, calls: Sequence[Syscall], lang: str) -> dict[str, str]:
    """File name to text."""
    if lang == "c":
        return {f"{call.name}.c": _c_stub(call) for call in calls}
    names = {call.name for call in calls}
    parts = [
        {
            "trait": trait,
            "macro": macro,
            "calls": [row for row in rust_calls(specs, subsystem) if row["name"] in names],
        }
        for subsystem, (trait, macro) in trait_names(specs).items()
        if any(call.subsystem == subsystem for call in calls)
    ]
    made = {
        "Cargo.toml": render("stubs/Cargo.toml.j2", crate=CRATE),
        "src/lib.rs": render("stubs/lib.rs.j2", parts=parts),
    }
    return made | {f"{CRATE}/{name}": text for name, text in crate_files(specs).items()}


def _c_stub(call: Syscall) -> str:
    words = call.doc
    if call.errors:
        words += f" Errors: {', '.join(call.errors)}."
    if call.differs:
        words += f" The libOS's own handler differs from Linux: {call.differs}"
    lines = textwrap.wrap(" ".join(words.replace("*/", "* /").split()), 96)
    return render(
        "stubs/handler.c.j2",
        lines=lines,
        prototype=call.prototype,
        name=call.name,
        unused=["frame"] if call.abi == "frame" else [a.name for a in call.args],
        noreturn=call.abi == "noreturn",
    )
