# SPDX-License-Identifier: MIT OR Apache-2.0
"""How a wrapper ends: everything that goes wrong is reported as the other commands do."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zeroos_build.diagnostics import Diagnostic


def guarded(action: Callable[[], int]) -> int:
    """The exit code of `action`; errors are printed. Build systems expect 1 of a compiler."""
    # As in `zeroos_build.__main__`, for the ways that need pydantic.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        return action()
    except KeyboardInterrupt:
        return 130
    except Exception as problem:
        return _failed(problem)


def _failed(problem: Exception) -> int:
    from zeroos_build.cli import problems, render
    from zeroos_build.diagnostics import ZeroosError

    render.show_traceback(problem)
    if isinstance(problem, ZeroosError):
        show(problem.diagnostics)
    elif isinstance(problem, OSError):
        show([problems.system_error(problem)])
    else:
        show([problems.bug(problem)])
    return 1


def show(found: Sequence[Diagnostic]) -> None:
    """Print diagnostics, warnings among them."""
    if found:
        from zeroos_build.cli import render

        render.write_text(found, render.use_color(sys.stderr, "auto"))
