# SPDX-License-Identifier: MIT OR Apache-2.0
"""docs/targets.md: the table of targets, and how to add one."""

from __future__ import annotations

from zeroos_build.docs import stamp
from zeroos_build.sizes import format_size
from zeroos_build.target import Target, load_target, target_names

_HEAD = """# Targets

A target is a place where an image runs: a directory under `targets/` with data and a page of boot code.
Its README says what a user must know.

"""
_GUIDE = """
## Adding a target

A target is a directory with four files. No Python is edited; the directory can also lie outside of this
repository (`-t ./my-zkvm`).

1. **`target.toml`** holds the facts, each with its source: ISA, memory map, the loader's rules, how exit
   codes and streams arrive, host calls. The schema is closed, so a misspelt key is an error. Start from the
   target that is nearest to yours.
   * `[isa] march` is what compilers are told, and all that an image may hold. The other keys say what
     lowering puts in place of what the machine does not do (`"keep"`, `"nop"`, `"virtual"`, `"abort"`).
   * `[[memory.region]]` lists address ranges from low to high and what each holds: `entry`, `stack`, `text`,
     `rodata`, `data`, `heap`. The linker script is generated from that. A machine that has its streams in
     memory gets a region each for `input` and `public`, whose addresses `<zeroos/target.h>` has as
     `HOST_INPUT` and `HOST_PUBLIC`.
   * `[[host_call]]` describes each way out of the guest. From it come the C functions `host_<name>` in
     `<zeroos/target.h>`, and the embedded machine learns to serve the call (`service`).
2. **`boot.S`** defines `zeroos_entry`: set `gp` and `sp`, call `zeroos_boot`.
3. **`host.c`** implements the five functions of `<zeroos/host.h>`: init, write, read, exit, and where the
   machine has traps, their vector. Order everywhere: gp and sp, host init, libOS, application, flush output,
   commit, halt.
4. **`README.md`**, at most 60 lines: what survives of the exit code, the input convention, the size of the
   public output, whether address 0 faults, rules of the console.

Then build and run any example: `zeroos-build -C examples/hello run -t ./my-zkvm`. The embedded machine
holds the image to the data; the target's own executor tells whether the data is right.
"""


def text() -> str:
    """The whole page."""
    rows = [_row(load_target(name)) for name in target_names()]
    return (
        stamp("targets/*/target.toml")
        + _HEAD
        + "| target | machine | memory for a guest | exit code | public output | stdout | tested on |\n"
        + "|---|---|---|---|---|---|---|\n"
        + "".join(rows)
        + _GUIDE
    )


def _row(target: Target) -> str:
    heap = target.memory.holding("heap")
    public = target.streams.public
    public_text = public if isinstance(public, str) else format_size(public)
    own = ", ".join(f"`{e.name}` {e.version}" for e in target.executor if e.packaged)
    present = "".join(
        f"; `{e.name}` where it is installed" for e in target.executor if not e.packaged
    )
    tested = f"own executor: {own}" if own else f"embedded only{present}"
    return (
        f"| [`{target.name}`](../targets/{target.name}/README.md) | {target.summary}; "
        f"`{target.isa.march}` | 0x{heap.start:x} to 0x{heap.end:x} | {target.exit.codes} | "
        f"{public_text} | {target.streams.stdout} | {tested} |\n"
    )
