# SPDX-License-Identifier: MIT OR Apache-2.0
"""From the probe to the image's own files: what is reachable decides what is generated."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from zeroos_build import __version__, files
from zeroos_build.elf.image import Image
from zeroos_build.elf.sites import DISPATCH, set_entry
from zeroos_build.facts import Facts
from zeroos_build.scan import Scan, check, scan

WARNINGS = "warnings.json"
_MADE = ("image.c", "link.ld", "link.options", "scan.json", WARNINGS)
_KEY = "key"


def generate_files(
    facts_file: Path, probe: Path, directory: Path, kept: tuple[Path, str] | None = None
) -> None:
    """Write the files of the image (`_MADE`) and the warnings about them into a directory.

    `kept` is for directories that begin empty: where texts stay, and an identity that changes
    whenever this code or its templates do.
    """
    facts = Facts.read(facts_file)
    if facts.handlers:
        from zeroos_build.own_handlers import check_files

        check_files(facts, directory.parent)
    found = scan(Image.read(probe), facts)
    rows = [item.as_json() for item in check(found)]
    # Most changes of a program leave what it asks of the libOS as it was; then there is nothing
    # to do, and the template engine need not be loaded.
    key = json.dumps([__version__, facts.dump(), summary(found), found.shape(), rows])
    digest = hashlib.sha256(key.encode()).hexdigest()
    if all((directory / name).is_file() for name in _MADE) and _key(directory) == digest:
        return
    made = _kept_texts(kept, digest)
    if made is None:
        made = render(found) | {WARNINGS: json.dumps(rows, indent=1) + "\n"}
        if kept is not None:
            files.write_text(_kept_file(kept, digest), json.dumps(made))
    for name, text in made.items():
        files.write_if_changed(directory / name, text.encode())
    files.write_text(directory / _KEY, digest)


def _kept_file(kept: tuple[Path, str], digest: str) -> Path:
    directory, identity = kept
    return directory / f"{hashlib.sha256((identity + digest).encode()).hexdigest()[:24]}.json"


def _kept_texts(kept: tuple[Path, str] | None, digest: str) -> dict[str, str] | None:
    if kept is None:
        return None
    try:
        made: dict[str, str] = json.loads(_kept_file(kept, digest).read_text())
    except (OSError, ValueError):
        return None
    return made


def _key(directory: Path) -> str:
    try:
        return (directory / _KEY).read_text()
    except OSError:
        return ""


def render(found: Scan, *, jumps: bool = False) -> dict[str, str]:
    """The files by name.

    With `jumps`, one function stands for another by a jump rather than by the linker script, whose
    symbols are linked whether anything reaches them or not.
    """
    from zeroos_build.generate.calls import dispatcher, entry_function, jump
    from zeroos_build.generate.image import image_source
    from zeroos_build.generate.linker_script import link_options, link_script

    facts = found.facts
    entries, aliases = [], {}
    for call in found.reachable:
        if (call.number in found.numbers and facts.effective_constant(call) is None) or (
            facts.policy.get(call.name) is not None
        ):
            function = entry_function(facts, call)
            if function is not None:
                entries.append(function)
            elif call.load is None:
                aliases[f"zeroos_enter_{call.name}"] = f"sys_{call.name}"
    # A conditional edge that this program takes is an ordinary call.
    for edge in facts.edges:
        if edge.entry is not None and edge.when != "never":
            taken = edge.number in found.numbers
            name = f"zeroos_enter_{facts.linux_name(edge.number)}"
            aliases[edge.entry] = name if taken else "zeroos_edge_never"
    dispatchers = []
    trapped = facts.dispatch == "trap"
    if found.needs_dispatcher or trapped:
        why = "Calls whose number is an argument of syscall() or of the C library's own wrappers."
        if found.open_sites:
            why = "Some number is known at run time only: every enabled system call."
        elif trapped:
            why = "What the trap vector calls: every system call that the program can reach."
        # Where any number may come, a refused call ends the run by its name.
        refused = facts.refused if found.open_sites else ()
        dispatchers.append(dispatcher(facts, DISPATCH, {*found.served, *refused}, why))
    wanted = found.served.union(*found.sets) if dispatchers or found.sets else ()
    for call in facts.calls:
        # A dispatcher must not know that these do not return, or it would need a stack frame.
        policy = facts.policy.get(call.name)
        ends = call.abi == "noreturn" or (policy is not None and policy.action == "halt")
        if call.number in wanted and ends:
            aliases[f"zeroos_leave_{call.name}"] = f"zeroos_enter_{call.name}"
    for numbers in sorted(found.sets):
        dispatchers.append(
            dispatcher(facts, set_entry(numbers), numbers, "One call with a few numbers.")
        )
    leaving = sorted(name for name in aliases if name.startswith("zeroos_leave_"))
    if jumps:
        entries += [jump(name, to) for name, to in sorted(aliases.items())]
        aliases = {}
    return {
        "image.c": image_source(
            facts,
            entries,
            dispatchers,
            leaving=leaving,
            tls=found.tls,
            program_headers=found.program_headers,
            unwinds=found.unwinds,
        ),
        "link.ld": link_script(facts, aliases, tls=found.tls, unwinds=found.unwinds),
        "link.options": link_options(unwinds=found.unwinds),
        "scan.json": json.dumps(summary(found), indent=1, sort_keys=True) + "\n",
    }


def summary(found: Scan) -> dict[str, Any]:
    """What the report says of reachability."""
    facts = found.facts
    return {
        "reachable": [call.name for call in found.reachable],
        "unknown_to_linux": sorted(found.numbers - set(facts.linux)),
        "edges": found.edges(),
        "dispatched": sorted(facts.linux_name(n) for n in found.dispatched),
        "open_sites": [
            {"object": site.object, "function": site.function} for site in found.open_sites
        ],
    }
