# SPDX-License-Identifier: MIT OR Apache-2.0
"""The manifest's JSON schema, for editors: completion, types and the descriptions as hover text."""

from __future__ import annotations

import json
from typing import Any

from zeroos_build.manifest.model import Manifest


def schema() -> dict[str, Any]:
    """The schema as a tree, in the words of draft 7, which all TOML editors read."""
    made = Manifest.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    definitions = made.pop("$defs")
    tree = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "zeroos.toml",
        **{key: value for key, value in made.items() if key != "title"},
        "definitions": definitions,
    }
    cleaned: dict[str, Any] = _clean(tree)
    return {**cleaned, "title": "zeroos.toml"}


def schema_text() -> str:
    """The schema as `zeroos-build schema` prints it."""
    return json.dumps(schema(), indent=2) + "\n"


def _clean(node: Any, is_names: bool = False) -> Any:
    """Without titles made from names, nulls (TOML has none) and siblings of `$ref`.

    `is_names` says that the keys of `node` are names of the manifest, not words of the schema.
    """
    if isinstance(node, list):
        return [_clean(item) for item in node]
    if not isinstance(node, dict):
        return node
    if is_names:
        return {name: _clean(value) for name, value in node.items()}
    kept = {
        key: _clean(value, key in ("properties", "definitions", "patternProperties"))
        for key, value in node.items()
        if key != "title" and not (key == "default" and value is None)
    }
    if "patternProperties" in kept:
        kept["additionalProperties"] = False
    choices = [choice for choice in kept.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        del kept["anyOf"]
        kept = {**choices[0], **kept}
    if "$ref" in kept and len(kept) > 1:
        # Draft 7 ignores what stands beside a reference.
        kept = {"allOf": [{"$ref": kept.pop("$ref")}], **kept}
    return kept
