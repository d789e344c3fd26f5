# SPDX-License-Identifier: MIT OR Apache-2.0
"""The verdicts for CI: JUnit's XML, and the JSON from which badges are drawn."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from zeroos_build.conformance.trial import Verdict


def junit(target: str, machine: str, verdicts: Sequence[Verdict]) -> str:
    """One test suite, as JUnit's reports have it: a test case per program."""
    counts = Counter(verdict.state for verdict in verdicts)
    suite = Xml.Element(
        "testsuite",
        name=f"zeroos-build conformance: {target} on {machine}",
        tests=str(len(verdicts)),
        failures=str(counts["failed"]),
        errors="0",
        skipped=str(counts["skipped"]),
        time=f"{sum(verdict.seconds for verdict in verdicts):.3f}",
    )
    for verdict in verdicts:
        case = Xml.SubElement(
            suite, "testcase", classname=target, name=verdict.name, time=f"{verdict.seconds:.3f}"
        )
        if verdict.state == "failed":
            failure = Xml.SubElement(case, "failure", message=_printable(verdict.findings[0]))
            failure.text = _printable("\n".join(verdict.findings))
        elif verdict.state == "skipped":
            Xml.SubElement(case, "skipped", message=_printable(verdict.findings[0]))
    Xml.indent(suite)
    return Xml.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def badge(verdicts: Sequence[Verdict]) -> str:
    """The endpoint format of shields.io: label, message and colour."""
    counts = Counter(verdict.state for verdict in verdicts)
    ran = counts["passed"] + counts["failed"]
    colour = "red" if counts["failed"] else "brightgreen"
    data = {
        "schemaVersion": 1,
        "label": "zeroos conformance",
        "message": f"{counts['passed']} of {ran}",
        "color": colour,
    }
    return json.dumps(data) + "\n"


def _printable(text: str) -> str:
    """XML 1.0 has no place for most control characters."""
    return "".join(c if c in "\n\t" or c.isprintable() else repr(c)[1:-1] for c in text)
