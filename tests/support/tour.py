# SPDX-License-Identifier: MIT OR Apache-2.0
"""Pastes the tour of the README into a shell: `python -m tests.support.tour README.md`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path


def commands(text: str) -> str:
    """The indented blocks between the tour's heading and the next one."""
    (tour,) = re.findall(r"^## A tour.*?\n(.*?)^## ", text, re.M | re.S)
    return "".join(line[4:] for line in tour.splitlines(keepends=True) if line.startswith("    "))


def main(readme: Path) -> int:
    """The shell's exit code; every command but the last, which shows an error, must succeed."""
    script = commands(readme.read_text())
    if script.count("\n") < 30:
        print("the tour was not found", file=sys.stderr)
        return 1
    done = subprocess.run(
        ["bash", "-eu", "-c", script], cwd=readme.parent, check=False, timeout=600, text=True,
        capture_output=True,
    )  # fmt: skip
    print(done.stdout[-3000:])
    print(done.stderr[-3000:], file=sys.stderr)
    wanted = ["3 bytes", "0000", '"outcome"', '"reachable"', "ZOS445"]
    missing = [word for word in wanted if word not in done.stdout + done.stderr]
    if missing:
        print(f"the tour did not show {missing}", file=sys.stderr)
    return done.returncode or bool(missing)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
