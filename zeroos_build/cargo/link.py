# SPDX-License-Identifier: MIT OR Apache-2.0
"""From the record of a link to an image for one target; nothing is done twice."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zeroos_build import cache, files
from zeroos_build.cargo.record import LinkRecord, read_record
from zeroos_build.cargo.rlib import LoweredLibrary, lower_libraries, together
from zeroos_build.diagnostics import Diagnostic, error
from zeroos_build.elf.archive import members
from zeroos_build.libos import NO_UNWINDER
from zeroos_build.lower.batch import lower_objects, make_archive, read_input
from zeroos_build.lower.config import LowerConfig
from zeroos_build.wrap.command import Command
from zeroos_build.wrap.inputs import Input, Inputs, find_inputs
from zeroos_build.wrap.link import known_or_learnt, link_image
from zeroos_build.wrap.memory import Choice, state

VERSION = 1


@dataclass(frozen=True, slots=True)
class Linked:
    """An image that was made of a record, and the warnings of making it."""

    target: str
    image: Path
    report: Path
    warnings: tuple[Diagnostic, ...]


def image_path(record: Path, target: str) -> Path:
    """Where a record's image for a target lies: beside cargo's own products."""
    return record.parent / "zeroos" / target / f"{record.name}.elf"


def link_record(
    path: Path, target: str | None, settings: Sequence[str], *, unwind: bool = False
) -> Linked:
    """The image of a record for a target (None: the manifest's), made now if it is not up to date.

    `settings` are KEY=VALUE, over those of the manifest nearest to the package.
    """
    record = read_record(path)
    command = Command()
    command.target, command.settings = target, [*record.settings, *settings]
    choice = Choice(command, record.package)
    plan = known_or_learnt(choice, "plan")
    items = [item for item in record.items if unwind or item != ("library", "unwind")]
    inputs = find_inputs(items, record.search, cxx=False)
    image = image_path(path.absolute(), plan["target"])
    report, stamp = image.with_suffix(".report.json"), image.with_suffix(".stamp.json")
    made_from = [str(one.path) for one in inputs.given]
    seen = {name: state(name) for name in [*made_from, *plan["files"]]}
    identity = cache.digest_of(VERSION, choice.key, record.text(), seen)
    known = _known(stamp, identity)
    if known is not None and image.is_file() and report.is_file():
        return Linked(plan["target"], image, report, known)
    if plan["libos"] is None:
        warnings = link_image(choice, inputs, record.options, image, None)
    else:
        without = [] if unwind else [Path(plan["libos"]) / f"{NO_UNWINDER}.a"]
        warnings = _lower_and_link(
            choice, plan["texts"]["lower.json"], inputs, record, image, without
        )
    rows = [item.as_json() for item in warnings]
    files.write_text(stamp, json.dumps({"identity": identity, "warnings": rows}) + "\n")
    return Linked(plan["target"], image, report, tuple(warnings))


def _known(stamp: Path, identity: str) -> tuple[Diagnostic, ...] | None:
    """The warnings of the last link, if it was the same one."""
    try:
        last = json.loads(stamp.read_bytes())
        if last["identity"] == identity:
            return tuple(Diagnostic.from_json(row) for row in last["warnings"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def _lower_and_link(
    choice: Choice,
    config_text: str,
    inputs: Inputs,
    record: LinkRecord,
    image: Path,
    last: list[Path],
) -> list[Diagnostic]:
    config = LowerConfig.from_json(json.loads(config_text)["config"])
    # Of a library whose every member is linked, the linker has to know.
    alone = [one.path for one in inputs.given if one.archive and not one.whole]
    libraries = lower_libraries(alone, config)
    joined = together(libraries)
    libraries = [one for one in libraries if one.source not in joined]
    given = [one for one in inputs.given if one.path in joined or one.path not in set(alone)]
    with tempfile.TemporaryDirectory(prefix="zeroos-cargo-") as directory:
        lowered = _lower_program(given, config, libraries, Path(directory))
        archives = [*(one.archive for one in libraries), *last]
        return link_image(
            choice, Inputs(tuple(lowered), inputs.cxx), record.options, image, None, archives
        )


def _lower_program(
    given: Sequence[Input], config: LowerConfig, libraries: Sequence[LoweredLibrary], work: Path
) -> list[Input]:
    """What belongs to this program alone, lowered together; the link finds it lowered already."""
    rows: list[tuple[str, bytes]] = []
    spans = []
    for one in given:
        data = read_input(one.path)
        if one.archive:
            found = [(m.name, bytes(m.data)) for m in members(data, one.path.name)]
            found = [row for row in found if row[0] != "lib.rmeta"]
            rows += [(f"{one.path.name}({name})", content) for name, content in found]
        else:
            found = [(one.path.name, data)]
            rows += found
        spans.append((one, [name for name, _ in found]))
    lowered = lower_objects(rows, config)
    _check_forwarders(set(lowered.forwarders) - set(config.forwarders), libraries)
    result, position = [], 0
    for number, (one, names) in enumerate(spans):
        part = lowered.objects[position : position + len(names)]
        position += len(names)
        path = work / f"{number:03}_{one.path.name}"
        files.write_bytes(path, make_archive(names, part) if one.archive else part[0])
        result.append(Input(path, one.archive, one.whole))
    return result


def _check_forwarders(new: set[str], libraries: Sequence[LoweredLibrary]) -> None:
    """Libraries were lowered without knowing the program's own forwarders."""
    for one in libraries:
        for name in sorted(one.wanted & new):
            raise error(
                "ZOS426",
                f"`{one.source.name}` calls `{name}` of the program, which passes system call "
                "numbers on",
                notes=["libraries are lowered before the program is known"],
                help=f"move `{name}` into the library that calls it",
            )
