# SPDX-License-Identifier: MIT OR Apache-2.0
"""Chains as a graph for Graphviz."""

from __future__ import annotations

from collections.abc import Iterable

from zeroos_build.why.graph import Chain


def dot_text(chains: Iterable[Chain]) -> str:
    """A DOT digraph: one node per function, one edge per reference with its line."""
    nodes: dict[tuple[str, str], str] = {}
    edges: dict[str, None] = {}

    def node(name: str, owner: str, shape: str = "box") -> str:
        if (name, owner) not in nodes:
            label = _quoted(f"{name}\n{owner}" if owner else name)
            nodes[name, owner] = f"n{len(nodes)} [label={label}, shape={shape}];"
        return nodes[name, owner].partition(" ")[0]

    for chain in chains:
        ends = [node(hop.name, hop.object) for hop in chain.hops]
        if not ends or chain.goal != chain.hops[-1].name:
            ends.append(node(chain.goal, "", "ellipse"))
        places = [hop.place for hop in chain.hops]
        for start, end, place in zip(ends, ends[1:], places, strict=False):
            edges[f"{start} -> {end}" + (f" [label={_quoted(place)}];" if place else ";")] = None
    body = "".join(f"  {line}\n" for line in [*nodes.values(), *edges])
    return f"digraph why {{\n  rankdir=LR;\n{body}}}\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
