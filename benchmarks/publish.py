# SPDX-License-Identifier: MIT OR Apache-2.0
"""The recorded figures as a table in the README: made from the baseline, checked by a test."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.metrics import METRICS, TARGETS

README = Path(__file__).parents[1] / "README.md"
_BLOCK = re.compile(
    r"(<!-- figures: made by `python -m benchmarks --record` -->\n).*?(<!-- end -->)", re.S
)


def table(baseline: dict[str, dict[str, int]]) -> str:
    """A Markdown table: one row per figure, one column per target."""
    targets = [target for target in TARGETS if target in baseline]
    lines = [
        f"| | {' | '.join(targets)} | ZeroOS |",
        "|---|" + "---:|" * (len(targets) + 1),
    ]
    for metric in METRICS:
        cells = [baseline[target].get(metric.name) for target in targets]
        cells.append(metric.original)
        texts = ["" if cell is None else f"{cell:,}".replace(",", " ") for cell in cells]
        unit = " bytes" if metric.unit == "bytes" else ""
        lines.append(f"| {metric.name} | {' | '.join(t + unit * bool(t) for t in texts)} |")
    return "\n".join(lines) + "\n"


def published(text: str, baseline: dict[str, dict[str, int]]) -> str:
    """A README's text with the table of this baseline."""
    return _BLOCK.sub(lambda match: f"{match[1]}\n{table(baseline)}\n{match[2]}", text)
