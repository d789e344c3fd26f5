# SPDX-License-Identifier: MIT OR Apache-2.0
"""The linker's words in ours."""

from __future__ import annotations

import re
from itertools import takewhile

from zeroos_build.diagnostics import Diagnostic

_UNDEFINED = re.compile(r"undefined (?:symbol|reference to)[: ]+[`']?([^`'\n]+?)'?$")
_FULL = re.compile(
    r"section [`']([^']+)' will not fit in region|region `[^']+' overflowed|zeroos: (\w+) is full"
)
_DUPLICATE = re.compile(r"duplicate symbol: (.+)|multiple definition of [`']([^']+)'")
_NOT_MEDANY = re.compile(
    r"relocation R_RISCV_(?:HI20|LO12_[IS]) out of range"
    r"|relocation truncated to fit: R_RISCV_(?:HI20|LO12_[IS])"
)
_FLOW = r"R_RISCV_(?:RVC_)?(?P<kind>JAL|JUMP|BRANCH)"
_OUT_OF_REACH = (
    re.compile(
        r"error: (?P<object>.+?):\((?:function (?P<function>.+?): )?(?P<section>[^:]+)\+0x\w+\): "
        rf"relocation {_FLOW} out of range: .*?(?:references '(?P<goal>.+)')?$"
    ),
    re.compile(
        r"(?:(?P<object>.+?):)?\((?P<section>[^:]+)\+0x\w+\): "
        rf"relocation truncated to fit: {_FLOW} against (?:(?:local )?symbol )?`(?P<goal>[^']+)'"
    ),
)
# The line above it, where the GNU linker knows the function.
_IN = re.compile(r"(?:\S*ld(?:\.bfd)?: )?(?P<object>.+?): in function `(?P<function>[^']+)':")
_LOWERED = re.compile(r"^lowered/\d+_|.*/lowered/\d+_")
_BY = re.compile(r">>> referenced by (.+)")
# GNU ld puts the place before its words.
_PLACE = re.compile(
    r"(?:\S*ld(?:\.bfd)?: )?(.+?):(?:\([^)]*\): )?(?:undefined|multiple|relocation)"
)
_FIRST = re.compile(r"(?:; |\s*)(\S.*?): first defined here")


def translate(words: str) -> list[Diagnostic]:
    """A linker's messages as diagnostics; what is not known is passed on whole."""
    found: list[Diagnostic] = []
    lines = words.splitlines()
    for number, line in enumerate(lines):
        if match := _UNDEFINED.search(line):
            by = [m[1] for rest in lines[number + 1 : number + 4] if (m := _BY.search(rest))]
            by = by or [m[1] for m in [_PLACE.match(line)] if m]
            found.append(_undefined(match[1].strip(), by))
        elif match := _FULL.search(line):
            found.append(
                Diagnostic(
                    "ZOS432",
                    "the program does not fit into the target's memory",
                    notes=(line.split("error: ")[-1],),
                    help="make `[abi.memory] heap` or `stack` smaller, or choose another target",
                )
            )
        elif match := _DUPLICATE.search(line):
            # Of both definitions lld names the source on one line and the object on the next.
            after = takewhile(lambda rest: rest.startswith(">>>"), lines[number + 1 :])
            places = [rest.strip() for rest in after]
            if match[2]:
                owners = (_PLACE.match(line), _FIRST.search(line[match.end() :]))
                places = [m[1] for m in owners if m]
            found.append(
                Diagnostic(
                    "ZOS433",
                    f"`{match[1] or match[2]}` is defined twice",
                    notes=tuple(places),
                    help="leave one of the two objects out",
                )
            )
        elif _NOT_MEDANY.search(line):
            found.append(
                Diagnostic(
                    "ZOS434",
                    "an object was compiled for addresses below 2 GiB, and the memory lies higher",
                    notes=(line.split("error: ")[-1],),
                    help="compile it with -mcmodel=medany",
                )
            )
        elif far := next((m for form in _OUT_OF_REACH if (m := form.search(line))), None):
            found.append(_out_of_reach(far, lines[number - 1] if number else ""))
    unique = list(dict.fromkeys(found))
    if unique:
        return unique
    text = words.strip() or "the linker said nothing"
    return [Diagnostic("ZOS435", f"the linker failed: {text.splitlines()[0]}", notes=(text,))]


def _out_of_reach(match: re.Match[str], before: str) -> Diagnostic:
    parts = match.groupdict()
    above = _IN.match(before)
    if above is not None:
        parts["object"], parts["function"] = above["object"], above["function"]
    what = "branch" if parts["kind"] == "BRANCH" else "jump"
    owner = _LOWERED.sub("", parts["object"] or "an object")
    function = parts.get("function")
    where = f"`{parts['section']}`" + (f" (function `{function}`)" if function else "")
    goal = f"`{parts['goal']}`" if parts["goal"] else "its target"
    return Diagnostic(
        "ZOS436",
        f"`{owner}`: a {what} in {where} does not reach {goal}",
        notes=("the linker placed the target's section farther than one instruction reaches",),
        help="use `call` or `tail` there, which reach any distance",
    )


def _undefined(name: str, by: list[str]) -> Diagnostic:
    notes = tuple(f"used by {text}" for text in by[:2])
    if name.startswith(("zeroos_", "sys_")):
        return Diagnostic(
            "ZOS431",
            f"the libOS symbol `{name}` is not defined",
            notes=(
                *notes,
                "a handler or a function of the bootloader is missing",
            ),
        )
    if name == "main":
        return Diagnostic(
            "ZOS431",
            "the program has no function `main`",
            help="add the source that defines it to `[image] sources`",
        )
    return Diagnostic(
        "ZOS431",
        f"`{name}` is used but defined nowhere",
        notes=notes,
        help="add the source or library that defines it to `[image] sources` or `objects`",
    )
