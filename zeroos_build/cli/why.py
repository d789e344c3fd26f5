# SPDX-License-Identifier: MIT OR Apache-2.0
"""`zeroos-build why`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from zeroos_build.cli import output
from zeroos_build.cli.options import ManifestOption, SetOption, TargetOption, load_project

if TYPE_CHECKING:
    from zeroos_build.why import Chain


def command(
    word: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="A system call, symbol, object or instruction; or KIND:NAME."
        ),
    ],
    everything: Annotated[
        bool, typer.Option("--all", help="A chain to each place, not to the nearest alone.")
    ] = False,
    dot: Annotated[bool, typer.Option("--dot", help="A graph for Graphviz.")] = False,
    manifest: ManifestOption = None,
    target: TargetOption = None,
    settings: SetOption = None,
) -> None:
    """Show the shortest way from the program's entry to something in the image.

    Builds what is out of date. `zeroos-build why getrandom` shows who asks for random bytes,
    `why printf`, `why libc.a` or `why main.c.o` what pulls these in, `why divu` which function
    divides. Each step comes with its object, crate and line; lines are known for the project's
    own sources and for objects with debug information.
    """
    from zeroos_build.cli.building import shown_options
    from zeroos_build.why import Graph, build_probe, find_goals
    from zeroos_build.why.dot import dot_text

    project = load_project(manifest, target, settings=settings or ())
    resolved = project.resolve()
    with shown_options("build") as options:
        probe = build_probe(resolved, options)
    graph = Graph(probe)
    goals = find_goals(graph, word)
    chains = [
        chain
        for goal in (goals if everything else goals[:1])
        if (chain := graph.chain(goal.address, goal.label)) is not None
    ]
    if dot:
        sys.stdout.write(dot_text(chains))
        return
    kind = goals[0].kind
    lines = [f"{kind} `{word}`: {len(goals)} place{'s' if len(goals) != 1 else ''}"]
    for chain in chains:
        lines += ["", *_table(chain)]
    output.result(
        lines,
        target=resolved.target.name,
        kind=kind,
        places=len(goals),
        chains=[
            {"goal": chain.goal, "hops": [hop.as_json() for hop in chain.hops]} for chain in chains
        ],
    )


def _table(chain: Chain) -> list[str]:
    rows = [(hop.name, hop.object, hop.crate, hop.place) for hop in chain.hops]
    if not rows or rows[-1][0] != chain.goal:
        rows.append((chain.goal, "", "", ""))
    head = ("THROUGH", "OBJECT", "CRATE", "AT")
    if not any(row[2] for row in rows):
        rows = [(name, owner, "", place) for name, owner, _, place in rows]
        return output.table((head[0], head[1], head[3]), [(row[0], row[1], row[3]) for row in rows])
    return output.table(head, rows)
