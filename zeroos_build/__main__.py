# SPDX-License-Identifier: MIT OR Apache-2.0
"""The command `zeroos-build`, also as `python -m zeroos_build`."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the command line; gives the exit code."""
    # pydantic looks for plugins in every installed package: 60 ms, for plugins we do not want.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        if sys.argv[1:] in (["--version"], ["-V"]):
            from zeroos_build import __version__

            print(f"zeroos-build {__version__}")
            return 0
        if sys.argv[1:2] == ["build"]:
            from zeroos_build import warm

            done = warm.build(sys.argv[1:])
            if done is not None:
                return done
        from zeroos_build.cli.app import run_command_line

        return run_command_line(sys.argv[1:])
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
