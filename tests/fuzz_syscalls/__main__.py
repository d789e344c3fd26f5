# SPDX-License-Identifier: MIT OR Apache-2.0
"""Random sequences of system calls on the embedded machine, each compared with a model.

    python -m tests.fuzz_syscalls --seconds 120 [--seed N] [--only memory,futex,vfs] [--case K]

memory: a map of pages; futex: an explicit-state model; vfs: the host kernel, by the same program
under qemu-user in an empty directory. `--case K` repeats one sequence of a seed.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.fuzz_syscalls import calls, futex, memory, vfs
from tests.support.build import build_project
from tests.support.oracle import build_linux, run_linux
from zeroos_build.execute import RunRequest, RunResult, run_embedded
from zeroos_build.target import load_target

HERE = Path(__file__).parent
TARGET = "qemu-virt"
LIMIT = 200_000_000
# A tree in memory, like an image's own: a disk's file system has ways of its own, ext4's
# directories for one end at positions that no other's have.
MEMORY = Path("/dev/shm")
Fuzzer = Callable[[random.Random], bool]


class Guests:
    """The programs, built once."""

    def __init__(self, work: Path) -> None:
        self._work, self._made = work, {}  # type: ignore[var-annotated]

    def _project(self, name: str) -> Path:
        """A directory of its own, since a build writes below the project."""
        project = self._work / name
        if not project.exists():
            project.mkdir()
            for file in (HERE / name).iterdir():
                if file.is_file():
                    (project / file.name).write_bytes(file.read_bytes())
        return project

    def image(self, name: str, **settings: str) -> Path:
        """A guest as an image."""
        key = name, *settings.items()
        if key not in self._made:
            [built] = build_project(self._project(name), TARGET, **settings)
            self._made[key] = Path(str(built.image) + f".{len(self._made)}")
            built.image.rename(self._made[key])
        return self._made[key]

    def process(self, name: str) -> Path:
        """The same as a Linux process."""
        key = name, "linux"
        if key not in self._made:
            self._made[key] = build_linux(self._project(name), self._work / f"{name}.linux", TARGET)
        return self._made[key]


def run(image: Path, given: bytes) -> tuple[RunResult, bytes]:
    """The result and what was printed."""
    out = bytearray()
    request = RunRequest(
        image=image, target=load_target(TARGET), input=given, stdout=out.extend, limit=LIMIT
    )
    return run_embedded(request), bytes(out)


def fuzzers(guests: Guests) -> dict[str, Fuzzer]:
    """By name: makes a sequence and compares; False when the model could not tell."""

    def fuzz_memory(rng: random.Random) -> bool:
        listed = memory.generate(rng, rng.choice((30, 200, 1000)))
        # A small heap, so that memory runs out.
        image = guests.image("guest", **{"abi.memory.heap": f"{memory.HEAP * 4}KiB"})
        result, out = run(image, calls.encode(listed))
        memory.compare(listed, calls.decode(out))
        return result.exit_code == 0

    def fuzz_futex(rng: random.Random) -> bool:
        scripts = futex.generate(rng)
        result, out = run(guests.image("futex_guest"), futex.encode(scripts))
        return futex.compare(scripts, out, result.outcome)

    def fuzz_vfs(rng: random.Random) -> bool:
        listed = vfs.generate(rng, rng.choice((30, 200, 600)))
        given = calls.encode(listed)
        _, out = run(guests.image("guest"), given)
        linux = run_linux(guests.process("guest"), stdin=given, within=MEMORY)
        vfs.compare(listed, out, linux.stdout)
        return True

    return {"memory": fuzz_memory, "futex": fuzz_futex, "vfs": fuzz_vfs}


FINDINGS = (memory.Difference, futex.Difference, vfs.Difference)


def main() -> int:
    """0 when nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="memory,futex,vfs")
    parser.add_argument("--case", type=int)
    chosen = parser.parse_args()
    names = chosen.only.split(",")
    done, unclear = dict.fromkeys(names, 0), 0
    with tempfile.TemporaryDirectory() as work:
        known = fuzzers(Guests(Path(work)))
        end = time.monotonic() + chosen.seconds
        case = chosen.case or 0
        while time.monotonic() < end:
            for name in names:
                try:
                    clear = known[name](random.Random(f"{chosen.seed} {name} {case}"))
                except FINDINGS as finding:
                    print(f"--only {name} --seed {chosen.seed} --case {case}: {finding}")
                    return 1
                done[name] += 1
                unclear += not clear
            case += 1
            if chosen.case is not None:
                break
    print(", ".join(f"{name}: {count} sequences" for name, count in done.items()), end="")
    print(f"; {unclear} unclear" if unclear else "")
    return 0


if __name__ == "__main__":
    sys.exit(main())
