# SPDX-License-Identifier: MIT OR Apache-2.0
"""Every step from sources to image and report, as commands."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zeroos_build import container
from zeroos_build.facts import Facts
from zeroos_build.generate.headers import (
    host_call_functions,
    public_target_header,
    target_header,
)
from zeroos_build.lower.config import LowerConfig
from zeroos_build.paths import data_root
from zeroos_build.plan.model import Library, Plan, Step
from zeroos_build.plan.own import built
from zeroos_build.sysroot import cxx_flags, include_flags, overlays
from zeroos_build.toolchain.base import Abi, Toolchain

if TYPE_CHECKING:
    from zeroos_build.manifest.project import Resolved
    from zeroos_build.target import Target

# Written by the plan: changes when the compiler or the linker does.
TOOLCHAIN = "toolchain.txt"
# The tree of embedded files.
_FILES, _FILES_OBJECT = "gen/files.c", "obj/zeroos_files.o"
# Stands before the libOS's own, which lacks the calls that a project adds.
_LINK_OPTIONS = "gen/link.options"
_SYSCALLS = "gen/include/zeroos/syscalls.h"
# The target's host calls as programs see them, and as the bootloader does.
PUBLIC_HEADERS, _PUBLIC_TARGET = "gen/public", "gen/public/zeroos/target.h"
_TARGET, _HOST_CALLS = "gen/include/zeroos/target.h", "gen/include/zeroos/host_calls.h"
_CXX = (".cc", ".cpp", ".cxx")


def project_flags(
    resolved: Resolved, toolchain: Toolchain, abi: Abi, project: Path, *, linux: bool = False
) -> list[str]:
    """Compiler flags for code of the project at `project`; reproducible from any path."""
    image = resolved.image
    defines = [
        f"-D{key}" if value is True else f"-D{key}={value}"
        for key, value in sorted(image.defines.items())
    ]
    return [
        f"-O{resolved.build.optimize}",
        "-Wall",
        f"-ffile-prefix-map={project}=.",
        *defines,
        *[f"-I{project / path}" for path in image.include],
        *include_flags([Path(PUBLIC_HEADERS), data_root() / "libos" / "include" / "public"]),
        *include_flags([*overlays(linux=linux), *toolchain.includes(abi)]),
    ]


def is_cxx(source: Path) -> bool:
    """Whether a source is C++."""
    return source.suffix in _CXX


def compile_step(
    resolved: Resolved, toolchain: Toolchain, abi: Abi, flags: list[str], project: str, source: Path
) -> Step:
    """The compilation of one source of the project at `project`; its output is the object."""
    image = resolved.image
    cxx = is_cxx(source)
    output = f"obj/{str(source).replace('..', '_').replace('/', '_')}.o"
    path = str(Path(project) / source)
    depfile = output + ".d"
    command = (
        *toolchain.compiler(abi, cxx=cxx), *(cxx_flags(toolchain) if cxx else []), *flags,
        *(image.cxxflags if cxx else image.cflags),
        "-MD", "-MF", depfile, "-c", path, "-o", output,
    )  # fmt: skip
    return Step("compile", str(source), command, (output,), (path,), (TOOLCHAIN,), depfile=depfile)


def target_headers(target: Target) -> dict[str, str]:
    """The headers of a target's host calls, by their paths in a build directory."""
    public = {_PUBLIC_TARGET: public_target_header(target)}
    if target.kernel == "linux":
        return public
    return public | {_TARGET: target_header(target), _HOST_CALLS: host_call_functions(target)}


def toolchain_text(toolchain: Toolchain) -> str:
    """Changes when the compiler or the linker does."""
    return f"{toolchain.fingerprint()}\n{toolchain.version}\n"


def make_plan(
    resolved: Resolved,
    facts: Facts,
    toolchain: Toolchain,
    library: Library,
    config: LowerConfig,
    directory: Path,
) -> Plan:
    """Every step from sources to image and report."""
    result = Plan(directory, resolved.directory, facts)
    return _Planner(resolved, toolchain, library, config, result).plan()


class _Planner:
    def __init__(
        self, resolved: Resolved, toolchain: Toolchain, library: Library, config: LowerConfig,
        result: Plan,
    ) -> None:  # fmt: skip
        self.resolved, self.toolchain, self.library = resolved, toolchain, library
        self.config, self.result, self.facts = config, result, result.facts
        self.abi = Abi.of(resolved.target.isa)
        self.project = os.path.relpath(resolved.directory, result.directory)

    def plan(self) -> Plan:
        import json

        plan = self.result
        plan.files["facts.json"] = self.facts.dump()
        # The digest is not read by the step; it changes the file when lowering itself changes.
        lower = {"digest": self.config.digest(), "config": self.config.as_json()}
        plan.files["lower.json"] = json.dumps(lower, indent=1, sort_keys=True) + "\n"
        plan.files[TOOLCHAIN] = toolchain_text(self.toolchain)
        plan.files |= target_headers(self.resolved.target)
        if self.library.syscalls_header is not None:
            plan.files[_SYSCALLS] = self.library.syscalls_header
        objects = [self._compile(source) for source in self.resolved.image.sources]
        given = [str(Path(self.project) / path) for path in self.resolved.image.objects]
        inputs = [*objects, *given]
        lowered = [f"lowered/{i:03}_{Path(name).name}" for i, name in enumerate(inputs)]
        self._lower("lower.rsp", inputs, lowered)
        self._probe(lowered)
        handlers = self._handlers()
        self._generate(handlers)
        self._own_objects()
        self._link(lowered, handlers)
        self._verify()
        return plan

    def _add(self, step: Step) -> None:
        self.result.steps.append(step)

    # -- compiling ---------------------------------------------------------------------------

    def _compile(self, source: Path) -> str:
        flags = project_flags(self.resolved, self.toolchain, self.abi, Path(self.project))
        step = compile_step(self.resolved, self.toolchain, self.abi, flags, self.project, source)
        self._add(step)
        return step.outputs[0]

    def _own_flags(self) -> list[str]:
        """For code that belongs to the libOS rather than to the program."""
        return [
            *self.toolchain.compiler(self.abi),
            *self.toolchain.own_code(),
            "-O2",
            "-std=c11",
            "-ffreestanding",
            "-ffile-prefix-map=" + str(data_root()) + "=zeroos",
            "-isystem",
            "gen/include",
            "-isystem",
            str(data_root() / "libos" / "include"),
            "-isystem",
            str(self.library.libos / "include"),
            *include_flags(self.toolchain.includes(self.abi)[:1]),
        ]

    def _handlers(self) -> list[str]:
        """The project's own handlers: compiled as the libOS is, or lowered as they are given."""
        paths = sorted(set(self.facts.handlers.values()))
        given = [path for path in paths if path.endswith((".o", ".a"))]
        if given:
            inputs = [str(Path(self.project) / path) for path in given]
            self._lower("handlers.rsp", inputs, [built(path) for path in given])
        implicit = [TOOLCHAIN] if self.library.syscalls_header is None else [TOOLCHAIN, _SYSCALLS]
        includes = [f"-I{Path(self.project) / path}" for path in self.resolved.image.include]
        for path in paths:
            if path in given:
                continue
            source, output = str(Path(self.project) / path), built(path)
            command = [
                *self._own_flags(), "-Wall", f"-ffile-prefix-map={self.project}=.", *includes,
                "-MD", "-MF", output + ".d", "-c", source, "-o", output,
            ]  # fmt: skip
            self._add(
                Step(
                    "compile", path, tuple(command), (output,), (source,), tuple(implicit),
                    depfile=output + ".d",
                )
            )  # fmt: skip
        return [built(path) for path in paths]

    def _own_objects(self) -> None:
        """The bootloader and the image's own source."""
        base = self._own_flags()
        # The bootloader may use instructions that applications never do (csr access).
        march = [f"-march={self.resolved.target.isa.march}"]
        if self.facts.dispatch == "trap":
            march.append("-DZEROOS_DISPATCH_TRAP")
        root = self.resolved.target.directory
        for name, extra in (("boot.S", march), ("host.c", march)):
            output, source = f"obj/zeroos_{name}.o", str(root / name)
            # A target may include the files of another one.
            depfile = output + ".d"
            command = (*base, *extra, "-MD", "-MF", depfile, "-c", source, "-o", output)
            self._add(
                Step(
                    "compile",
                    name,
                    command,
                    (output,),
                    (source,),
                    implicit=(_TARGET, TOOLCHAIN),
                    depfile=depfile,
                )
            )
        command = (*base, "-c", "gen/image.c", "-o", "obj/zeroos_image.o")
        image = ("gen/image.c",)
        implicit = (_TARGET, _HOST_CALLS, TOOLCHAIN)
        self._add(Step("compile", "image.c", command, ("obj/zeroos_image.o",), image, implicit))
        if self._has_files():
            self._embed(base)

    def _has_files(self) -> bool:
        return bool(self.resolved.embedded) or self.resolved.abi.vfs.cwd != "/"

    def _embed(self, base: list[str]) -> None:
        """The tree of embedded files: its names as C, and what is in them as the compiler's
        input, which it takes in without copying it anywhere.
        """
        from zeroos_build.generate.files import files_source

        embedded, cwd = self.resolved.embedded, self.resolved.abi.vfs.cwd
        self.result.files[_FILES] = files_source(embedded, cwd, self.project)
        sources = [str(Path(self.project) / e.source) for e in embedded if e.kind == "file"]
        command = (*base, "-c", _FILES, "-o", _FILES_OBJECT)
        self._add(
            Step("compile", "files.c", command, (_FILES_OBJECT,), (_FILES,), (TOOLCHAIN, *sources))
        )

    # -- our own steps -----------------------------------------------------------------------

    def _python(self, step: str, *args: str) -> tuple[str, ...]:
        # -I and -S would be quicker to start but lose the virtual environment's packages.
        return (sys.executable, "-m", "zeroos_build.step", step, *args)

    def _lower(self, names: str, inputs: list[str], outputs: list[str]) -> None:
        pairs = [part for pair in zip(inputs, outputs, strict=True) for part in pair]
        self.result.files[names] = "\n".join(pairs) + "\n"
        self._add(
            Step(
                "lower",
                f"{len(inputs)} objects" if len(inputs) != 1 else Path(inputs[0]).name,
                self._python("lower", "lower.json", names),
                tuple(outputs),
                tuple(inputs),
                implicit=("lower.json", names),
                restat=True,
            )
        )

    def _libraries(self) -> list[str]:
        root = self.library.sysroot
        cxx = [str(self.library.cxx)] if self.library.cxx is not None else []
        return [*cxx, str(root / "libc.a"), str(root / "builtins.a")]

    def _crt(self) -> str:
        return str(self.library.sysroot / "crt1.o")

    def _libos(self) -> list[str]:
        return [str(path) for path in self.library.chosen(self.facts)]

    def _first(self) -> list[str]:
        return [str(path) for path in self.library.first(self.facts)]

    def _probe(self, lowered: list[str]) -> None:
        command = [
            *self.toolchain.linker(self.abi),
            *self.toolchain.ld.probe(),
            "-o",
            "probe.elf",
            self._crt(),
            *lowered,
            *self.toolchain.ld.libraries(_archives(lowered), self._first(), self._libraries()),
        ]
        self._add(
            Step(
                "probe",
                self.facts.name,
                tuple(command),
                ("probe.elf",),
                tuple(lowered),
                (TOOLCHAIN,),
            )
        )

    def _generate(self, handlers: list[str]) -> None:
        outputs = (
            "gen/image.c", "gen/link.ld", _LINK_OPTIONS, "gen/scan.json", "gen/warnings.json"
        )  # fmt: skip
        self._add(
            Step(
                "generate",
                self.facts.name,
                self._python("generate", "facts.json", "probe.elf", "gen"),
                outputs,
                ("probe.elf",),
                implicit=("facts.json", *handlers),
                restat=True,
            )
        )

    def _link(self, lowered: list[str], handlers: list[str]) -> None:
        own = ["obj/zeroos_boot.S.o", "obj/zeroos_host.c.o", "obj/zeroos_image.o"]
        if self._has_files():
            own.append(_FILES_OBJECT)
        libraries = _archives(handlers)
        own += [name for name in handlers if name not in libraries]
        libos = str(self.library.libos / "libos.a")
        command = [
            *self.toolchain.linker(self.abi),
            *self.toolchain.ld.image(),
            "-T",
            "gen/link.ld",
            f"@{_LINK_OPTIONS}",
            *self.resolved.image.ldflags,
            "-Map=link.map",
            "-o",
            "linked.elf",
            *own,
            self._crt(),
            *lowered,
            *self.toolchain.ld.libraries(
                _archives(lowered),
                [*self._first(), str(self.library.libos / "defaults.a")],
                [*libraries, *self._libos(), *self._libraries()],
            ),
        ]
        self._add(
            Step(
                "link",
                self.facts.name,
                tuple(command),
                ("linked.elf",),
                (*own, *lowered, *libraries),
                implicit=("gen/link.ld", _LINK_OPTIONS, libos, TOOLCHAIN),
            )
        )

    def _verify(self) -> None:
        name = self.facts.name
        flat = (name + container.SUFFIX,) if self.facts.container == "flat" else ()
        self._add(
            Step(
                "verify",
                name,
                self._python(
                    "verify",
                    "facts.json",
                    "linked.elf",
                    "gen/scan.json",
                    name + ".elf",
                    name + ".report.json",
                ),
                (name + ".elf", name + ".report.json", *flat),
                ("linked.elf",),
                implicit=("facts.json", "gen/scan.json"),
            )
        )


def _archives(inputs: list[str]) -> list[str]:
    return [name for name in inputs if name.endswith(".a")]
