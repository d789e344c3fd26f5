# SPDX-License-Identifier: MIT OR Apache-2.0
"""A pack: libOS, bootloader and libc of one target as a static library, for linkers of others.

What a program will ask of the libOS is not known when the library is made, so it holds an entry
for every system call; the linker takes from it what is reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zeroos_build import files, process
from zeroos_build.assemble import render as render_files
from zeroos_build.diagnostics import error
from zeroos_build.elf.archive import members
from zeroos_build.elf.image import Image
from zeroos_build.facts import Call, Facts, Policy
from zeroos_build.generate.headers import public_target_header
from zeroos_build.generate.text import render
from zeroos_build.lower.batch import make_archive
from zeroos_build.paths import data_root
from zeroos_build.plan.steps import make_plan
from zeroos_build.scan import Scan, scan
from zeroos_build.sysroot import overlays
from zeroos_build.toolchain.base import Abi

if TYPE_CHECKING:
    from zeroos_build.build import Ready
    from zeroos_build.elf.sites import Site
    from zeroos_build.manifest.project import Resolved

LIBRARY, SCRIPT = "lib/libzeroos.a", "lib/zeroos.ld"
_OWN = ("obj/zeroos_boot.S.o", "obj/zeroos_host.c.o", "obj/zeroos_image.o")
_PROBE = "probe.elf"


class _Everything(Scan):
    """A program that can reach whatever the libc can."""

    @property
    def tls(self) -> bool:
        return True

    @property
    def program_headers(self) -> bool:
        return True

    def is_taken(self, site: Site) -> bool:
        return True


def write_pack(resolved: Resolved, ready: Ready, work: Path, out: Path) -> list[str]:
    """Make the pack in the directory `out`, with `work` for what is in between; its files."""
    plan = make_plan(resolved, ready.facts, ready.toolchain, ready.library, ready.config, work)
    abi = Abi.of(resolved.target.isa)
    libc = ready.library.sysroot
    probe = [
        *ready.toolchain.linker(abi), *ready.toolchain.ld.probe(), "--no-gc-sections",
        "-o", str(work / _PROBE), str(libc / "crt1.o"),
        "--whole-archive", str(libc / "libc.a"), "--no-whole-archive", str(libc / "builtins.a"),
    ]  # fmt: skip
    _run(probe, work)
    made = render_files(_everything(Image.read(work / _PROBE), ready.facts), jumps=True)
    texts = plan.files | {f"gen/{name}": text for name, text in made.items()}
    for name, text in texts.items():
        files.write_text(work / name, text)
    for step in plan.steps:
        if step.name == "compile" and step.outputs[0] in _OWN:
            files.make_dir((work / step.outputs[0]).parent)
            _run(list(step.command), work)
    rows = list(_members(ready, work))
    archive = make_archive([name for name, _ in rows], [data for _, data in rows])
    files.write_bytes(out / LIBRARY, archive)
    files.write_text(out / SCRIPT, made["link.ld"])
    written = [LIBRARY, SCRIPT, *_headers(resolved, ready, abi, out)]
    text = render("pack.md.j2", target=resolved.target, abi=abi)
    files.write_text(out / "README.md", text)
    return [*written, "README.md"]


def _everything(image: Image, facts: Facts) -> Scan:
    """All system calls; those that no image provides end the run by name."""
    found = scan(image, facts)
    known = set(facts.call_by_number())
    missing = sorted(number for number in found.numbers - known if number in facts.linux)
    names = {number: facts.linux[number] for number in missing}
    calls = tuple(Call(n, nr, "policy", (), False, "plain", None, None) for nr, n in names.items())
    policy = {name: Policy("halt", None, "no image provides it") for name in names.values()}
    all_facts = replace(facts, calls=facts.calls + calls, policy=policy | facts.policy)
    whole = _Everything(**{f.name: getattr(found, f.name) for f in fields(Scan)})
    whole.facts, whole.needs_dispatcher = all_facts, True
    whole.dispatched = {call.number for call in all_facts.calls}
    whole.numbers |= whole.dispatched
    return whole


def _members(ready: Ready, work: Path) -> Iterator[tuple[str, bytes]]:
    """Objects in the order in which a build names their archives: of several definitions of a
    name a linker takes the first."""
    for name in _OWN:
        yield Path(name).name, (work / name).read_bytes()
    library, libc = ready.library, ready.library.sysroot
    yield "crt1.o", (libc / "crt1.o").read_bytes()
    first = [*library.first(ready.facts), library.libos / "defaults.a"]
    for file in [*first, *library.chosen(ready.facts), libc / "libc.a", libc / "builtins.a"]:
        data = file.read_bytes()
        yield from ((member.name, bytes(member.data)) for member in members(data, file.name))


def _headers(resolved: Resolved, ready: Ready, abi: Abi, out: Path) -> list[str]:
    """The libc's headers, ours before them; the compiler has those of the language itself."""
    roots = [
        data_root() / "libos/include/public",
        *overlays(linux=False),
        *(path for path in ready.toolchain.includes(abi) if path.name.endswith("-musl")),
    ]
    found: dict[str, Path] = {}
    for root in roots:
        for file in sorted(root.rglob("*.h")):
            found.setdefault(str(file.relative_to(root)), file)
    found.pop("atomic_arch.h", None)
    for name, file in found.items():
        files.write_bytes(out / "include" / name, file.read_bytes())
    files.write_text(out / "include/zeroos/target.h", public_target_header(resolved.target))
    return ["include/"]


def _run(command: list[str], work: Path) -> None:
    result = process.run(command, cwd=work)
    if result.code:
        raise error(
            "ZOS430",
            f"the pack cannot be made: `{Path(command[0]).name}` failed",
            notes=result.stderr.decode("utf-8", "replace").splitlines()[:8],
            help="`zeroos-build doctor` tells what is wrong with the toolchain",
        )
