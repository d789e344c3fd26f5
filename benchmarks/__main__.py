# SPDX-License-Identifier: MIT OR Apache-2.0
"""`python -m benchmarks`: print all figures; `--check` gates them, `--record` sets the baseline."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import applications, scale
from benchmarks.measure import measure
from benchmarks.metrics import COLUMNS
from benchmarks.publish import README, published

BASELINE = Path(__file__).parent / "baseline.json"
TOLERANCE = 0.01


def main() -> int:
    """0 when every figure is under its ceiling and within 1% of the baseline."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--check", action="store_true", help="fail on growth or a broken ceiling")
    parser.add_argument("--record", action="store_true", help="write the baseline")
    options = parser.parse_args()
    baseline = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    figures: dict[str, Any] = {}
    broken = []
    print(f"{'figure':28} {'target':11} {'now':>8} {'baseline':>9} {'ceiling':>8} {'ZeroOS':>8}")
    for metric, column, value in measure():
        target = column.name
        figures.setdefault(target, {})[metric.name] = value
        before = baseline.get(target, {}).get(metric.name)
        ceiling = metric.limit(column)
        row = [before, ceiling, metric.original]
        texts = ["" if cell is None else str(cell) for cell in row]
        print(f"{metric.name:28} {target:11} {value:>8} {texts[0]:>9} {texts[1]:>8} {texts[2]:>8}")
        if ceiling is not None and value > ceiling:
            broken.append(f"{metric.name} on {target}: {value}, the ceiling is {ceiling}")
        if before is None:
            broken.append(f"{metric.name} on {target} has no baseline")
        elif value > before * (1 + TOLERANCE):
            broken.append(f"{metric.name} on {target}: {value}, the baseline is {before}")
    with tempfile.TemporaryDirectory(prefix="zeroos-bench-") as directory:
        lines, steep = scale.table(Path(directory))
        print("\n".join(["", *lines]))
        broken += steep
        figures["applications"], grown = _applications(
            Path(directory), baseline.get("applications", {})
        )
        broken += grown
    missing = [column.name for column in COLUMNS if column.name not in figures]
    if missing:
        print(f"not measured, the compiler is not installed: {', '.join(missing)}")
        if os.environ.get("ZEROOS_REQUIRE_TOOLS") == "1":
            broken.append(f"required here: {', '.join(missing)}")
    if options.record:
        # What could not be measured here keeps its figures.
        figures = {**{name: baseline[name] for name in missing if name in baseline}, **figures}
        figures["applications"] = figures["applications"] or baseline.get("applications", {})
        BASELINE.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n")
        README.write_text(published(README.read_text(), figures))
        return 0
    if options.check and broken:
        print("\n".join(broken), file=sys.stderr)
        print("explain a growth in the commit that records it: make bench, then --record")
        return 1
    return 0


def _applications(directory: Path, baseline: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Rows for the baseline, and what has grown since. Other sources are another program."""
    rows: dict[str, Any] = {}
    grown: list[str] = []
    why = applications.fetched()
    if why:
        print(f"applications are not measured: {why}")
        return rows, [why] if os.environ.get("ZEROOS_REQUIRE_TOOLS") == "1" else []
    print(f"\n{'application':40} {'instructions':>13} {'baseline':>13} {'loaded':>9}")
    for figure in applications.figures(directory, os.cpu_count() or 1):
        before = baseline.get(figure.key, {})
        row = {key: getattr(figure, key) for key in ("instructions", "loaded", "sources")}
        rows[figure.key] = row
        was = before.get("instructions", "")
        print(f"{figure.key:40} {figure.instructions:>13} {was:>13} {figure.loaded:>9}")
        if before.get("sources") != figure.sources:
            print(f"{figure.key}: the sources are not those of the baseline")
            continue
        grown += [
            f"{figure.key}: {row[key]} {unit}, the baseline is {before[key]}"
            for key, unit in (("instructions", "instructions"), ("loaded", "bytes"))
            if row[key] > before[key] * (1 + TOLERANCE)
        ]
    return rows, grown


if __name__ == "__main__":
    sys.exit(main())
