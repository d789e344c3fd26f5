# SPDX-License-Identifier: MIT OR Apache-2.0
"""The targets' own executors: found where they are installed, run in an empty directory."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any, get_args

from zeroos_build import files, paths, process
from zeroos_build.diagnostics import ZeroosError, error
from zeroos_build.execute.found import FoundExecutor
from zeroos_build.execute.image import Image
from zeroos_build.execute.linux import run_process
from zeroos_build.execute.request import Outcome, RunRequest, RunResult, Sink
from zeroos_build.host_call import Stream
from zeroos_build.target import Executor, Target


def executor_home(executor: Executor) -> Path:
    """Where `make executors` installs one: a directory with bin/ in the user's cache.

    Its name has the version of the zkVM and, where the driver is one of executors/, the digest of
    its sources: who changes them gets another build.
    """
    name = f"{executor.name}-{executor.version}"
    driver = _driver_digest(paths.data_root() / "executors", executor.name)
    return paths.cache_root() / "executors" / (f"{name}-{driver[:12]}" if driver else name)


def find_executor(target: Target) -> FoundExecutor | str:
    """The target's real executor, or the reason why there is none."""
    if not target.executor:
        return f"{target.title} has no executor that runs here"
    for executor in target.executor:
        program = _find(executor)
        if program is not None:
            return FoundExecutor(executor, program)
    first = target.executor[0]
    return f"`{first.name}` is not installed ({first.install})"


def run_real(request: RunRequest, found: FoundExecutor) -> RunResult:
    """Run an image on a real executor.

    ZOS602 when the file is no image, ZOS603 when the run does not end in time, ZOS605 when the
    executor fails by itself, ZOS606 when the request needs the embedded machine.
    """
    for name, wanted in (("--limit", request.limit is not None), ("--trace", request.trace)):
        if wanted:
            raise error(
                "ZOS606",
                f"`{name}` needs the embedded machine, not {found.executor.name}",
                help="add `--executor embedded`" if request.target.kernel == "libos" else None,
            )
    # QEMU would load any other file as raw code, and run it.
    Image(request.image)
    with tempfile.TemporaryDirectory(prefix="zeroos-run-") as scratch:
        if found.executor.kind == "simulator":
            return _run_simulator(request, found, Path(scratch))
        if found.executor.kind == "process":
            return run_process(request, found, Path(scratch))
        return _run_command(request, found, Path(scratch))


def _driver_digest(workspace: Path, name: str) -> str | None:
    """SHA-256 of all that a driver is built from and Cargo.lock pins; None if it is not here.

    That is its own crate, the crate that all drivers share, and the workspace: the shared crate
    belongs to it even where the driver has a lock file of its own.
    """
    home = workspace / name
    if not (home / "Cargo.toml").is_file():
        return None
    lock = next((x for x in (home, workspace) if (x / "Cargo.lock").is_file()), workspace)
    crates = (path for crate in (home, workspace / "zeroos-exec") for path in crate.rglob("*"))
    inputs = {workspace / "Cargo.toml", lock / "Cargo.lock", *crates}
    digest = hashlib.sha256()
    for path in sorted(inputs):
        place = path.relative_to(workspace)
        if path.is_file() and place.parts[1:2] != ("target",):
            content = path.read_bytes()
            digest.update(f"{place.as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _find(executor: Executor) -> Path | None:
    places = [
        executor_home(executor) / "bin" / executor.name,
        paths.data_root() / "executors" / "target" / "release" / executor.name,
    ]
    found = next((place for place in places if place.is_file()), None)
    if found is None or executor.kind != "command":
        on_path = shutil.which(executor.name)
        return Path(on_path) if on_path else None
    return found


def _arguments(found: FoundExecutor, **values: Path) -> list[str]:
    names = {f"{{{name}}}": str(path) for name, path in values.items()}
    return [str(found.program), *(names.get(arg, arg) for arg in found.executor.args)]


def _run_simulator(request: RunRequest, found: FoundExecutor, home: Path) -> RunResult:
    streams = found.executor.files
    for name, stream in streams.items():
        if stream == "input":
            files.write_bytes(home / name, request.input)
    args = _arguments(found, image=request.image.absolute())
    done = process.run(args, cwd=home, timeout=request.timeout)
    own = f"{found.program.name}: ".encode()
    if done.code != 0 and any(line.startswith(own) for line in done.stderr.splitlines()[-1:]):
        raise _failed(found, done.stderr)
    public = b"".join(_left(home / name) for name in _named(streams, "public"))
    _pass_on(request.stdout, done.stdout)
    _pass_on(request.stderr, done.stderr)
    _pass_on(request.output, public)
    return RunResult(
        target=request.target.name,
        executor=found.executor.name,
        outcome="exit",
        exit_code=done.code,
        instructions=None,
        output_sha256=hashlib.sha256(public).hexdigest(),
        cost={},
    )


def _run_command(request: RunRequest, found: FoundExecutor, home: Path) -> RunResult:
    given, public, stats = home / "input", home / "output", home / "stats"
    files.write_bytes(given, request.input)
    args = _arguments(
        found, image=request.image.absolute(), input=given, output=public, stats=stats
    )
    done = process.run(args, cwd=home, timeout=request.timeout)
    _pass_on(request.stdout, done.stdout)
    if not stats.is_file():
        raise _failed(found, done.stderr)
    _pass_on(request.stderr, done.stderr)
    data = _left(public)
    _pass_on(request.output, data)
    return _read_stats(found, request.target, stats.read_bytes(), data)


def _read_stats(found: FoundExecutor, target: Target, raw: bytes, public: bytes) -> RunResult:
    try:
        stats: dict[str, Any] = json.loads(raw)
        count = stats["instructions"]
        result = RunResult(
            target=target.name,
            executor=found.executor.name,
            outcome=stats["outcome"],
            exit_code=int(stats["exit_code"]),
            instructions=None if count is None else int(count),
            output_sha256=hashlib.sha256(public).hexdigest(),
            cost={str(name): int(value) for name, value in stats["cost"].items()},
            message=stats.get("message"),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise _failed(found, f"its stats cannot be read: {problem}".encode()) from problem
    if result.outcome not in get_args(Outcome):
        raise _failed(found, f"its stats name the outcome `{result.outcome}`".encode())
    return result


def _named(streams: dict[str, Stream], wanted: Stream) -> list[str]:
    return [name for name, stream in streams.items() if stream == wanted]


def _left(file: Path) -> bytes:
    """What the guest wrote to a file; nothing when it never opened it."""
    return file.read_bytes() if file.is_file() else b""


def _pass_on(sink: Sink | None, data: bytes) -> None:
    if sink is not None and data:
        sink(data)


def _failed(found: FoundExecutor, words: bytes) -> ZeroosError:
    lines = [line for line in words.decode("utf-8", "replace").splitlines() if line.strip()]
    return error(
        "ZOS605",
        f"{found.executor.name} failed: {lines[-1].strip() if lines else 'it said nothing'}",
        notes=["the guest did not run, or not to its end"],
        help="`zeroos-build run --executor embedded` runs the image without it",
    )
