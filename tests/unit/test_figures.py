# SPDX-License-Identifier: MIT OR Apache-2.0
"""The figures in the README are those of the recorded baseline."""

from __future__ import annotations

import json

from benchmarks.__main__ import BASELINE
from benchmarks.metrics import COLUMNS, METRICS
from benchmarks.publish import README, published, table


def test_readme_shows_the_baseline() -> None:
    baseline = json.loads(BASELINE.read_text())
    text = README.read_text()
    assert table(baseline) in text
    assert published(text, baseline) == text


def test_baseline_has_every_figure_within_its_ceiling() -> None:
    baseline = json.loads(BASELINE.read_text())
    assert sorted(baseline) == sorted(["applications", *(column.name for column in COLUMNS)])
    for column in COLUMNS:
        for metric in METRICS:
            if not metric.applies(column.target):
                assert metric.name not in baseline[column.name]
                continue
            value = baseline[column.name][metric.name]
            limit = metric.limit(column)
            assert value > 0
            assert limit is None or value <= limit
