# SPDX-License-Identifier: MIT OR Apache-2.0
"""One build step as a command: what the edges of a ninja file call.

    python -m zeroos_build.step lower CONFIG LIST       LIST: input and output names in turn
    python -m zeroos_build.step generate FACTS PROBE DIR
    python -m zeroos_build.step verify FACTS LINKED SCAN IMAGE REPORT
    python -m zeroos_build.step finish-process FACTS LINKED IMAGE REPORT

Diagnostics are printed as one line of JSON behind a marker, which the build command reads.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from zeroos_build.diagnostics import Diagnostic, ZeroosError
from zeroos_build.ninja import MARKER

# A record of sites that is damaged; an image that is not well-formed.
_DAMAGED = ("ZOS510", "ZOS511")


def report(diagnostics: list[Diagnostic]) -> None:
    """Hand diagnostics to the build command."""
    if diagnostics:
        print(MARKER + json.dumps([item.as_json() for item in diagnostics]), flush=True)


@contextmanager
def _made_again_if_damaged(product: Path) -> Iterator[None]:
    """Remove what an earlier step wrote and somebody damaged: the next build makes it again."""
    try:
        yield
    except ZeroosError as problem:
        if any(item.code in _DAMAGED for item in problem.diagnostics):
            product.unlink(missing_ok=True)
        raise


def _lower(config: str, names: str) -> None:
    from zeroos_build.lower.batch import lower_files
    from zeroos_build.lower.config import LowerConfig

    words = Path(names).read_text().splitlines()
    pairs = [(Path(a), Path(b)) for a, b in zip(words[::2], words[1::2], strict=True)]
    lower_files(pairs, LowerConfig.read(Path(config)))


def _generate(facts: str, probe: str, directory: str) -> None:
    from zeroos_build.assemble import generate_files

    with _made_again_if_damaged(Path(probe)):
        generate_files(Path(facts), Path(probe), Path(directory))


def _verify(facts: str, linked: str, scan: str, image: str, report_file: str) -> None:
    from zeroos_build.verify import finish

    with _made_again_if_damaged(Path(linked)):
        finish(Path(facts), Path(linked), Path(scan), Path(image), Path(report_file))


def _finish_process(facts: str, linked: str, image: str, report_file: str) -> None:
    from zeroos_build.verify import finish_process

    with _made_again_if_damaged(Path(linked)):
        finish_process(Path(facts), Path(linked), Path(image), Path(report_file))


_STEPS: dict[str, Callable[..., None]] = {
    "lower": _lower,
    "generate": _generate,
    "verify": _verify,
    "finish-process": _finish_process,
}


def run(arguments: Sequence[str]) -> None:
    """Do one step, in the current directory."""
    _STEPS[arguments[0]](*arguments[1:])


def main(arguments: list[str]) -> int:
    """Exit code 0, or 1 with diagnostics printed."""
    try:
        run(arguments)
    except ZeroosError as problem:
        report(list(problem.diagnostics))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
