# SPDX-License-Identifier: MIT OR Apache-2.0
"""Findings as SARIF 2.1.0, which code scanning services and editors read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from zeroos_build import __version__
from zeroos_build.diagnostics import Diagnostic, Entry, Location, entry

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def sarif_text(found: Sequence[Diagnostic]) -> str:
    """One run with its results and the rules that they name, ending in a newline."""
    codes = list(dict.fromkeys(diagnostic.code for diagnostic in found))
    driver = {
        "name": "zeroos-build",
        "version": __version__,
        "rules": [_rule(entry(code)) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, codes.index(diagnostic.code)) for diagnostic in found],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(known: Entry) -> dict[str, Any]:
    return {
        "id": known.code,
        "shortDescription": {"text": known.title},
        "fullDescription": {"text": known.explain.replace("\n", " ")},
        "help": {"text": known.explain, "markdown": known.explain},
        "defaultConfiguration": {"level": known.default or "error"},
    }


def _result(diagnostic: Diagnostic, index: int) -> dict[str, Any]:
    words = [diagnostic.message, *diagnostic.notes]
    if diagnostic.help:
        words.append(f"help: {diagnostic.help}")
    place = diagnostic.location
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": diagnostic.severity,
        "message": {"text": "\n".join(words)},
        "partialFingerprints": {"zeroos/v1": _fingerprint(diagnostic)},
    }
    if place is not None:
        result["locations"] = [{"physicalLocation": _physical(place)}]
    return result


def _physical(place: Location) -> dict[str, Any]:
    found: dict[str, Any] = {"artifactLocation": {"uri": quote(place.file)}}
    if place.line:
        # A column of 0 says that only the line is known.
        column = max(place.column, 1)
        found["region"] = {
            "startLine": place.line,
            "startColumn": column,
            "endLine": place.line,
            "endColumn": column + max(place.width, 1),
            "snippet": {"text": place.text},
        }
    return found


def _fingerprint(diagnostic: Diagnostic) -> str:
    """The same for the same mistake when lines above it come and go."""
    place = diagnostic.location
    file, text = (place.file, place.text.strip()) if place else ("", "")
    words = "\0".join((diagnostic.code, file, text, diagnostic.message))
    return hashlib.sha256(words.encode("utf-8", "backslashreplace")).hexdigest()[:32]
