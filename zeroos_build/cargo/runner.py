# SPDX-License-Identifier: MIT OR Apache-2.0
"""What cargo starts for `run` and `test`: makes the image of a record and runs it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from zeroos_build.cargo.environment import RUN


def main() -> int:
    """The command line: a record, and the guest's arguments."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from zeroos_build.cargo.link import link_record
    from zeroos_build.cli.app import reported, run_command_line
    from zeroos_build.wrap.finish import show

    asked = json.loads(os.environ.get(RUN, "{}"))

    def linked() -> int:
        made = link_record(
            Path(sys.argv[1]), None, asked.get("settings", ()), unwind=asked.get("unwind", False)
        )
        show(made.warnings)
        words = ["run", str(made.image), *asked.get("run", ())]
        if sys.argv[2:]:
            words += ["--", *sys.argv[2:]]
        return run_command_line(words)

    return reported(linked, "run")


if __name__ == "__main__":
    sys.exit(main())
