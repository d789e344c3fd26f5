# SPDX-License-Identifier: MIT OR Apache-2.0
"""Running cargo: its environment, its words, and the images of what it linked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zeroos_build import process
from zeroos_build.cargo import arguments, environment
from zeroos_build.cargo.arguments import Split
from zeroos_build.cargo.environment import Library, Panic
from zeroos_build.cargo.machine import Machine
from zeroos_build.cargo.rust import find_rust
from zeroos_build.diagnostics import error
from zeroos_build.manifest import load, split_setting
from zeroos_build.target import load_target
from zeroos_build.toolchain.base import Abi
from zeroos_build.toolchain.discover import find_toolchain
from zeroos_build.wrap.memory import nearest_manifest

# What the crate `test` reaches beyond a program: it can run each test in a process of its own, and
# a standard stream that it prints to might be a socket.
_TEST_CALLS = "chroot socket connect recvfrom sendmsg recvmsg execve pidfd_open".split()
_TEST_REASON = "the crate test runs every test in its own process only when it is told to"
# `#[test]`s take their options, and which of them to run, as arguments.
_TEST_SETTINGS = (
    'abi.input.mode="bundle"',
    'abi.input.allow=["args","env"]',
    *(f'abi.policy.{n}={{action="enosys",reason="{_TEST_REASON}"}}' for n in _TEST_CALLS),
)


@dataclass(frozen=True)
class Job:
    """One call of cargo: its command line, what is added to its environment, and for what."""

    command: list[str]
    env: dict[str, str]
    targets: list[str]
    settings: list[str]
    library: Library
    # Whether cargo is asked which executables there are, because images are made of them.
    listed: bool


def plan_job(words: Sequence[str], env: Mapping[str, str]) -> Job:
    """What to run for a command line. Raises ZOS100 for words that do not go together."""
    split = arguments.split(words)
    _check(split)
    cargo = [env.get("CARGO") or "cargo"]
    verb = split.verb
    if verb not in arguments.COMPILING:
        return Job([*cargo, *split.cargo], {}, [], [], Library(), False)
    settings = split.values("--set")
    for setting in settings:
        split_setting(setting, "--set")
    if verb in arguments.TESTING:
        settings = [*_TEST_SETTINGS, *settings]
        if split.last("--panic") != "unwind":
            # A test that fails ends the run, and what it had printed would be lost with it.
            settings.insert(0, 'image.env.RUST_TEST_NOCAPTURE="1"')
    references = _targets(split, env)
    targets = [load_target(reference) for reference in references]
    if len(targets) > 1 and verb not in arguments.LINKING:
        raise error("ZOS100", f"`cargo {verb}` runs on one target", help="name `-t` once")
    machine = Machine.of(targets[0])
    if any(Machine.of(target) != machine for target in targets):
        raise error(
            "ZOS100",
            f"{' and '.join(t.name for t in targets)} are not programmed alike",
            notes=["cargo compiles for one machine at a time: 32 or 64 bits, zkVMs or Linux"],
            help="build for them one after the other",
        )
    panic: Panic = "unwind" if split.last("--panic") == "unwind" else "abort"
    library = Library(panic, split.has("--symbolizer"), not split.has("--no-std"))
    rust = find_rust(split.toolchain, env)
    rows = environment.variables(machine, library, rust, env)
    toolchain = find_toolchain(env.get("ZEROOS_TOOLCHAIN") or "zig")
    rows |= environment.foreign_variables(machine, toolchain, Abi.of(targets[0].isa))
    rows["ZEROOS_TARGET"] = references[0]
    rows[environment.RUN] = json.dumps(
        {"settings": settings, "unwind": library.panic == "unwind", "run": _run_words(split)}
    )
    if verb in arguments.TESTING:
        rows["ZEROOS_EXECUTOR"] = env.get("ZEROOS_EXECUTOR") or "embedded"
    listed = verb in arguments.LINKING and not _has_format(split.cargo)
    return Job(
        [*cargo, *_cargo_words(split, machine, listed=listed)], rows, references, settings,
        library, listed,
    )  # fmt: skip


def _check(split: Split) -> None:
    if split.unfinished is not None:
        raise error("ZOS100", f"`{split.unfinished}` needs a value")
    if split.last("--panic") not in (None, "abort", "unwind"):
        raise error("ZOS100", f"`--panic {split.last('--panic')}` is neither abort nor unwind")
    before = split.cargo[: split.cargo.index("--")] if "--" in split.cargo else split.cargo
    if any(word == "--target" or word.startswith("--target=") for word in before):
        raise error(
            "ZOS189",
            "`--target` is chosen by zeroos-build",
            notes=["an image's machine follows from where it runs"],
            help="name that: `-t sp1`",
        )


def _targets(split: Split, env: Mapping[str, str]) -> list[str]:
    named = split.values("-t", "--zeroos-target")
    if not named:
        manifest = env.get("ZEROOS_MANIFEST") or nearest_manifest(_package(split))
        if env.get("ZEROOS_TARGET"):
            named = [env["ZEROOS_TARGET"]]
        elif manifest is not None:
            named = [load(manifest, env=env).default_target]
        else:
            named = ["qemu-virt"]
    return [str(Path(name).absolute()) if "/" in name else name for name in named]


def _package(split: Split) -> str | None:
    """The directory of `--manifest-path`."""
    words = split.cargo
    for number, word in enumerate(words):
        if word == "--manifest-path" and number + 1 < len(words):
            return str(Path(words[number + 1]).absolute().parent)
        if word.startswith("--manifest-path="):
            return str(Path(word.partition("=")[2]).absolute().parent)
    return None


def _run_words(split: Split) -> list[str]:
    names = ("--input", "--output", "--stats", "--limit")
    found = [part for name, value in split.ours if name in names for part in (name, value or "")]
    # cargo starts tests in the package's directory.
    for number, word in enumerate(found):
        if word in names[:3] and found[number + 1] != "-":
            found[number + 1] = str(Path(found[number + 1]).absolute())
    return [*found, *(["--trace"] if split.has("--trace") else [])]


def _has_format(words: Sequence[str]) -> bool:
    return any(word.startswith("--message-format") for word in words)


def _cargo_words(split: Split, machine: Machine, *, listed: bool) -> list[str]:
    words, verb = list(split.cargo), split.verb
    at = words.index(str(verb))
    runner = json.dumps(environment.runner_words())
    words[at:at] = ["--config", f"target.{machine.triple}.runner={runner}"]
    if listed:
        end = words.index("--") if "--" in words else len(words)
        words[end:end] = ["--message-format=json-render-diagnostics"]
    return words


def run_job(job: Job) -> tuple[int, list[Path]]:
    """Run cargo; gives its exit code and the records of the executables that it made."""
    environment_ = {**os.environ, **job.env}
    if process.on_command is not None:
        process.on_command(process.quoted(job.command))
    sys.stdout.flush()
    try:
        child = subprocess.Popen(
            job.command, env=environment_, stdout=subprocess.PIPE if job.listed else None
        )
    except OSError as problem:
        raise error(
            "ZOS201",
            f"cannot run `{job.command[0]}`: {(problem.strerror or 'not found').lower()}",
            help="install Rust with rustup, or your distribution's package cargo",
        ) from problem
    found: list[Path] = []
    with child:
        for line in child.stdout or ():
            path = _executable(line)
            if path is not None and path not in found:
                found.append(path)
    code = child.returncode
    return code if code >= 0 else 128 - code, found


def _executable(line: bytes) -> Path | None:
    try:
        message: Any = json.loads(line)
        if message["reason"] == "compiler-artifact" and message["executable"]:
            return Path(message["executable"])
    except (ValueError, KeyError, TypeError):
        pass
    return None
