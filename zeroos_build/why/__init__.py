# SPDX-License-Identifier: MIT OR Apache-2.0
"""Why something is in an image: the shortest chains from the program's entry to it."""

from __future__ import annotations

from zeroos_build.why.goals import Goal, find_goals
from zeroos_build.why.graph import Chain, Graph, Hop
from zeroos_build.why.probe import Probe, build_probe

__all__ = ["Chain", "Goal", "Graph", "Hop", "Probe", "build_probe", "find_goals"]
