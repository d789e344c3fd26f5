# SPDX-License-Identifier: MIT OR Apache-2.0
"""One build step as a command: what the edges of a ninja file call.

    python -m zeroos_build.step lower CONFIG LIST       LIST: input and output names in turn
    python -m zeroos_build.step generate FACTS PROBE DIR
    python -m zeroos_build.step verify FACTS LINKED SCAN IMAGE REPORT
    python -m zeroos_build.step finish-process FACTS LINKED IMAGE REPORT

Diagnostics are printed as one line of JSON behind a marker, which the build command reads.

Under a build command the step is done by its step server, which has all modules loaded; anywhere
else, and whenever the server does not answer, in this process. Loading modules costs more than
most steps do, so little is imported before a step is chosen.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing's own costs an import
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zeroos_build.diagnostics import Diagnostic

# A record of sites that is damaged; an image that is not well-formed.
_DAMAGED = ("ZOS510", "ZOS511")
# Which argument names what an earlier step wrote.
_PRODUCT = {"generate": 1, "verify": 1, "finish-process": 1}


def report(diagnostics: list[Diagnostic]) -> None:
    """Hand diagnostics to the build command."""
    import json

    from zeroos_build.ninja import MARKER

    if diagnostics:
        print(MARKER + json.dumps([item.as_json() for item in diagnostics]), flush=True)


def _lower(config: str, names: str) -> None:
    from pathlib import Path

    from zeroos_build.lower.batch import lower_files
    from zeroos_build.lower.config import LowerConfig

    words = Path(names).read_text().splitlines()
    pairs = [(Path(a), Path(b)) for a, b in zip(words[::2], words[1::2], strict=True)]
    lower_files(pairs, LowerConfig.read(Path(config)))


def _generate(facts: str, probe: str, directory: str) -> None:
    from pathlib import Path

    from zeroos_build.assemble import generate_files

    generate_files(Path(facts), Path(probe), Path(directory))


def _verify(facts: str, linked: str, scan: str, image: str, report_file: str) -> None:
    from pathlib import Path

    from zeroos_build.verify import finish

    finish(Path(facts), Path(linked), Path(scan), Path(image), Path(report_file))


def _finish_process(facts: str, linked: str, image: str, report_file: str) -> None:
    from pathlib import Path

    from zeroos_build.verify import finish_process

    finish_process(Path(facts), Path(linked), Path(image), Path(report_file))


_STEPS: dict[str, Callable[..., None]] = {
    "lower": _lower,
    "generate": _generate,
    "verify": _verify,
    "finish-process": _finish_process,
}


def run(arguments: Sequence[str]) -> None:
    """Do one step in this process, in the current directory.

    What an earlier step wrote and somebody damaged is removed: the next build makes it again.
    """
    from zeroos_build.diagnostics import ZeroosError

    name, *words = arguments
    try:
        _STEPS[name](*words)
    except ZeroosError as problem:
        if name in _PRODUCT and any(item.code in _DAMAGED for item in problem.diagnostics):
            from pathlib import Path

            Path(words[_PRODUCT[name]]).unlink(missing_ok=True)
        raise


def do(arguments: Sequence[str]) -> int:
    """Do one step in this process: exit code 0, or 1 with diagnostics printed."""
    from zeroos_build.diagnostics import ZeroosError

    try:
        run(arguments)
    except ZeroosError as problem:
        report(list(problem.diagnostics))
        return 1
    return 0


def main(arguments: Sequence[str]) -> int:
    """Do one step, or have it done by the build command's server; the exit code."""
    from zeroos_build.step_server.client import SOCKET, ask

    where = os.environ.get(SOCKET)
    code = ask(where, arguments) if where else None
    return do(arguments) if code is None else code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
