# SPDX-License-Identifier: MIT OR Apache-2.0
"""The linter's findings out of each format: code, file and line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

Row = tuple[str, str, int]


def read_text(out: str, err: str) -> Iterator[Row]:
    """Of what people read, on stderr."""
    place = re.compile(r"(?:error|warning)\[(ZOS\d+)\]: [^\n]*\n +--> ([^:\n]+):(\d+)")
    for code, file, line in place.findall(err):
        yield code, file, int(line)


def read_json(out: str, err: str) -> Iterator[Row]:
    """Of the one object."""
    for row in json.loads(out)["diagnostics"]:
        yield row["code"], row["location"]["file"], row["location"]["line"]


def read_sarif(out: str, err: str) -> Iterator[Row]:
    """Of the results of the one run."""
    for row in json.loads(out)["runs"][0]["results"]:
        place = row["locations"][0]["physicalLocation"]
        yield row["ruleId"], unquote(place["artifactLocation"]["uri"]), place["region"]["startLine"]


def read_github(out: str, err: str) -> Iterator[Row]:
    """Of the annotations."""
    lines = re.findall(r"^::\w+ file=([^,]+),line=(\d+),col=\d+,title=(ZOS\d+)::", out, re.M)
    for file, line, code in lines:
        yield code, file, int(line)


READERS: dict[str, Callable[[str, str], Iterator[Row]]] = {
    "text": read_text,
    "json": read_json,
    "sarif": read_sarif,
    "github": read_github,
}
