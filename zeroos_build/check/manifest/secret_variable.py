# SPDX-License-Identifier: MIT OR Apache-2.0
"""Arguments and variables that look like secrets: the image is public."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS156"

_WORDS = (
    r"(?i)(?:^|[_-])(?:secret|passw(?:or)?d|passphrase|token|api_?key|private_?key|credentials?)"
    r"(?:$|[_=-])"
)
_HELP = "hand it to the program in its private input"


def check(subject: Subject) -> Iterator[Finding]:
    image = subject.resolved.image
    for name, value in image.env.items():
        if value and re.search(_WORDS, name):
            message = f"the variable `{name}` looks like a secret, and everyone can read the image"
            yield Finding(("image", "env", name), message, _HELP)
    for index, word in enumerate(image.args):
        name, equals, value = word.partition("=")
        if equals and value and re.search(_WORDS, name):
            message = f"the argument `{name}=...` looks like a secret, and everyone can read it"
            yield Finding(("image", "args", index), message, _HELP)
