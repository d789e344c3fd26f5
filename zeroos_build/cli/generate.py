# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build generate`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import typer

from zeroos_build.cli import output
from zeroos_build.cli.options import TargetOption, usage_error

_DEFAULT_TARGET = "qemu-virt"


def command(
    what: Annotated[
        Literal["crate", "stubs", "target", "pack", "cmake", "make"],
        typer.Argument(metavar="crate|stubs|target|pack|cmake|make", help="What to write."),
    ],
    subject: Annotated[
        str | None,
        typer.Argument(
            metavar="[SUBSYSTEM|SPEC|TARGET]",
            help="Of what: stubs of a subsystem or of the calls of a spec file; a crate that also"
            " has the calls of a spec file; the host calls of a target.",
            show_default=False,
        ),
    ] = None,
    lang: Annotated[
        Literal["c", "rust"],
        typer.Option("--lang", metavar="c|rust", help="Of stubs and host calls."),
    ] = "c",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where; it may exist.")
    ] = None,
    target: TargetOption = None,
) -> None:
    """Write code for your handlers and host calls, or files for a build system.

    `crate` writes the crate zeroos-abi: numbers, errors, flags, structures, signatures and a
    trait per subsystem. `stubs` writes handlers that answer ENOSYS until they are filled in; a
    file that exists is never overwritten. docs/handlers.md says how a project uses them. `target`
    writes the header `zeroos/target.h`, which builds have anyway, or the crate zeroos-target;
    docs/host-calls.md says how programs use them. `pack` writes a static library, a linker script
    and headers of a target, with which any linker makes images. `cmake` writes a toolchain file
    and the package for find_package(ZeroOS), `make` a makefile to include.
    """
    if what in ("cmake", "make"):
        _build_system(what, out, target)
        return
    from zeroos_build import files
    from zeroos_build.generate.handlers import stub_files, subject_specs
    from zeroos_build.generate.rust import CRATE, crate_files

    if what == "stubs" and subject is None:
        raise usage_error("stubs of what? name a subsystem or a spec file")
    if what == "target" and subject is None:
        raise usage_error("host calls of what? name a target")
    if what == "pack":
        _pack(subject, out)
        return
    if what == "target":
        _host_calls(subject or "", lang, out)
        return
    specs, chosen = subject_specs(subject)
    if what == "crate":
        directory = out or Path(CRATE)
        made = crate_files(specs)
        for name, text in made.items():
            files.write_if_changed(directory / name, text.encode())
    else:
        directory = out or Path("handlers")
        made = stub_files(specs, chosen, lang)
        there = [name for name in made if (directory / name).exists()]
        if there:
            from zeroos_build.diagnostics import error

            raise error(
                "ZOS711",
                f"`{directory / there[0]}` exists",
                help="write to another directory with `--out`, or remove the file",
            )
        for name, text in made.items():
            files.write_text(directory / name, text)
    _written(directory, made)


def _host_calls(name: str, lang: str, out: Path | None) -> None:
    from zeroos_build import files
    from zeroos_build.generate.headers import public_target_header
    from zeroos_build.generate.target_crate import CRATE, target_crate_files
    from zeroos_build.target import load_target

    target = load_target(name)
    if lang == "rust":
        directory, made = out or Path(CRATE), target_crate_files(target)
    else:
        directory, made = out or Path("include"), {"zeroos/target.h": public_target_header(target)}
    for path, text in made.items():
        files.write_if_changed(directory / path, text.encode())
    _written(directory, made)


def _pack(name: str | None, out: Path | None) -> None:
    import os
    import tempfile

    from zeroos_build.bare import resolve_bare
    from zeroos_build.build import prepare
    from zeroos_build.cli.building import shown_options
    from zeroos_build.generate.pack import write_pack
    from zeroos_build.manifest import load

    with shown_options("generate") as options, tempfile.TemporaryDirectory() as work:
        if Path("zeroos.toml").is_file():
            resolved = load(Path(), target=name, env=os.environ).resolve(need_objects=False)
        else:
            resolved = resolve_bare(Path(work), name or _DEFAULT_TARGET, (), "pack")
        target = resolved.target
        if target.kernel == "linux":
            raise usage_error(f"a pack of `{target.name}`? Linux needs no libOS")
        directory = out or Path(f"zeroos-{target.name}")
        made = write_pack(resolved, prepare(resolved, options), Path(work).resolve(), directory)
    _written(directory, made)


def _written(directory: Path, made: Iterable[str]) -> None:
    output.result(
        [f"wrote {directory / name}" for name in made],
        written=[str(directory / name) for name in made],
    )


def _build_system(what: str, out: Path | None, target: str | None) -> None:
    from zeroos_build import files
    from zeroos_build.cli.env import wanted_target
    from zeroos_build.target import load_target
    from zeroos_build.wrap.environment import cmake_files, make_files

    reference = wanted_target(target)
    made = (cmake_files if what == "cmake" else make_files)(load_target(reference), reference)
    directory = out or Path("cmake" if what == "cmake" else ".")
    for name, text in made.items():
        files.write_if_changed(directory / name, text.encode())
    output.result(
        [f"wrote {directory / name}" for name in made],
        written=[str(directory / name) for name in made],
    )
