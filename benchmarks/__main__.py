# SPDX-License-Identifier: MIT OR Apache-2.0
"""`python -m benchmarks`: print all figures; `--check` gates them, `--record` sets the baseline."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.measure import measure
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
    figures: dict[str, dict[str, int]] = {}
    broken = []
    print(f"{'figure':28} {'target':10} {'now':>8} {'baseline':>9} {'ceiling':>8} {'ZeroOS':>8}")
    for metric, target, value in measure():
        figures.setdefault(target, {})[metric.name] = value
        before = baseline.get(target, {}).get(metric.name)
        row = [before, metric.ceiling, metric.original]
        texts = ["" if cell is None else str(cell) for cell in row]
        print(f"{metric.name:28} {target:10} {value:>8} {texts[0]:>9} {texts[1]:>8} {texts[2]:>8}")
        if metric.ceiling is not None and value > metric.ceiling:
            broken.append(f"{metric.name} on {target}: {value}, the ceiling is {metric.ceiling}")
        if before is None:
            broken.append(f"{metric.name} on {target} has no baseline")
        elif value > before * (1 + TOLERANCE):
            broken.append(f"{metric.name} on {target}: {value}, the baseline is {before}")
    if options.record:
        BASELINE.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n")
        README.write_text(published(README.read_text(), figures))
        return 0
    if options.check and broken:
        print("\n".join(broken), file=sys.stderr)
        print("explain a growth in the commit that records it: make bench, then --record")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
