# SPDX-License-Identifier: MIT OR Apache-2.0
"""The long way: from a choice of settings to what the wrappers remember of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from zeroos_build import cache, files, warm
from zeroos_build.build import Options, plan_linux, prepare
from zeroos_build.cxx import build_cxx, lower_cxx
from zeroos_build.diagnostics import error
from zeroos_build.generate.headers import public_target_header
from zeroos_build.manifest import Assignment, Resolved, load, split_setting
from zeroos_build.paths import data_root
from zeroos_build.plan.model import Plan
from zeroos_build.plan.steps import make_plan
from zeroos_build.sysroot import cxx_flags, include_flags, overlays
from zeroos_build.target import Target
from zeroos_build.toolchain.base import Abi, Toolchain
from zeroos_build.toolchain.discover import find_toolchain
from zeroos_build.wrap.memory import SLOT, Choice, remember

_PACKAGE = Path(__file__).parent.parent


@contextmanager
def resolved(choice: Choice) -> Iterator[Resolved]:
    """The settings, checked. The command line says what is compiled and linked, not the manifest.

    A project without a manifest stands in a directory that lives as long as the block.
    """
    flags = [split_setting(word, "-z") for word in choice.settings]
    flags.append(Assignment("image.sources", "[]", "the wrapper"))
    flags.append(Assignment("image.objects", f'["{SLOT}.o"]', "the wrapper"))
    with tempfile.TemporaryDirectory(prefix="zeroos-wrap-") as empty:
        place = Path(choice.manifest or empty)
        if choice.manifest is None:
            files.write_text(place / "zeroos.toml", "")
        project = load(place, target=choice.target, flags=flags, env=os.environ)
        yield project.resolve(need_objects=False)


def system_flags(
    toolchain: Toolchain, abi: Abi, *, cxx: bool, headers: Sequence[Path] = ()
) -> list[str]:
    """The compiler for an ABI with the sysroot's headers, as a command without inputs.

    `headers` are directories of the target's own.
    """
    return [
        *toolchain.compiler(abi, cxx=cxx),
        *(cxx_flags(toolchain) if cxx else []),
        *include_flags([*headers, data_root() / "libos" / "include" / "public"]),
        *include_flags([*overlays(linux=False), *toolchain.includes(abi)]),
    ]


def learn_compiler(choice: Choice) -> dict[str, Any]:
    """How to compile: one command for C, one for C++, and what they are for."""
    with resolved(choice) as settings:
        toolchain = find_toolchain(settings.build.toolchain)
        abi = Abi.of(settings.target.isa)
        headers = _target_headers(settings.target)
        entry = {
            "target": settings.target.name,
            "toolchain": toolchain.name,
            "march": settings.target.isa.march,
            "mabi": abi.mabi,
            "xlen": abi.xlen,
            "c": system_flags(toolchain, abi, cxx=False, headers=[headers]),
            "c++": system_flags(toolchain, abi, cxx=True, headers=[headers]),
            "ld": toolchain.linker(abi),
            "ar": toolchain.archiver(),
        }
        made_from = [*_own_files(), *_settings_files(settings), *toolchain.programs(), headers]
    return remember(choice, "compiler", made_from, entry)


def _target_headers(target: Target) -> Path:
    """A directory with `zeroos/target.h`: the target's host calls as functions of the image."""
    text = public_target_header(target)

    def build(staging: Path) -> None:
        files.write_text(staging / "zeroos" / "target.h", text)

    return cache.entry("headers", cache.digest_of(text), build)


def learn_plan(choice: Choice, options: Options) -> dict[str, Any]:
    """The steps of a link with `SLOT` for its objects; brings the cache up to date."""
    directory = Path(choice.directory) / "plan"
    with resolved(choice) as settings:
        if settings.target.kernel == "linux":
            return _remember_linux(choice, settings, options)
        ready = prepare(settings, options)
        plan = make_plan(
            settings, ready.facts, ready.toolchain, ready.library, ready.config, directory
        )
        embedded = [settings.directory / item.source for item in settings.embedded if item.source]
        made_from = [*warm.tool_files(), *_settings_files(settings), *ready.toolchain.programs()]
    libraries = [ready.library.sysroot, ready.library.libos]
    entry = {**_plan_entry(plan), "libos": str(ready.library.libos)}
    return remember(choice, "plan", [*made_from, *embedded, *libraries], entry)


def _plan_entry(plan: Plan) -> dict[str, Any]:
    return {
        "steps": [asdict(step) for step in plan.steps],
        "texts": plan.files,
        "target": plan.facts.target,
        "name": plan.facts.name,
    }


def _remember_linux(choice: Choice, settings: Resolved, options: Options) -> dict[str, Any]:
    """The same for a Linux process, of which nothing is lowered."""
    plan = plan_linux(settings, options, Path(choice.directory) / "plan")
    toolchain = find_toolchain(settings.build.toolchain)
    made_from = [*warm.tool_files(), *_settings_files(settings), *toolchain.programs()]
    return remember(choice, "plan", made_from, {**_plan_entry(plan), "libos": None})


def learn_cxx(choice: Choice, options: Options) -> dict[str, Any]:
    """Where the C++ library lies, lowered unless the kernel is Linux; brings it into the cache."""
    with resolved(choice) as settings:
        toolchain = find_toolchain(settings.build.toolchain)
        if not toolchain.has_cxx:
            raise error(
                "ZOS180",
                f"the toolchain {toolchain.name} has no C++ library",
                notes=["libc++ of the wheel wants clang, or GCC 14"],
                help="choose another one: `-z build.toolchain=zig`",
            )
        if options.on_phase is not None:
            options.on_phase("C++ library")
        abi = Abi.of(settings.target.isa)
        archive = build_cxx(toolchain, abi, jobs=options.jobs, on_step=options.on_step)
        if settings.target.kernel != "linux":
            archive = lower_cxx(archive, prepare(settings, options).config)
        made_from = [*warm.tool_files(), *_settings_files(settings), *toolchain.programs()]
    return remember(choice, "cxx", [*made_from, archive], {"archive": str(archive)})


def _own_files() -> list[Path]:
    parts = ("wrap", "toolchain", "manifest")
    return [*(path for part in parts for path in (_PACKAGE / part).glob("*.py")),
            _PACKAGE / "target.py", _PACKAGE / "sysroot.py"]  # fmt: skip


def _settings_files(settings: Resolved) -> list[Path]:
    found = [*settings.target.directory.glob("*")]
    return [*found, settings.file] if settings.file is not None else found
