# SPDX-License-Identifier: MIT OR Apache-2.0
"""Embedded files that look like secrets: the image is public."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch

from zeroos_build.check.embedded import embedded_files
from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS157"

_NAMES = (
    "*.pem", "*.key", "*.p12", "*.pfx", "*.jks", "*.keystore", "*.kdbx", "id_rsa", "id_dsa",
    "id_ecdsa", "id_ed25519", ".env", ".env.*", ".netrc", ".npmrc", ".pypirc", ".pgpass",
    "credentials.json",
)  # fmt: skip
# Certificates and public keys are PEM files as well, so what stands in the file decides.
_BEGIN, _PRIVATE, _PUBLIC = b"-----BEGIN ", b"PRIVATE KEY-----", (b"CERTIFICATE", b"PUBLIC KEY")


def check(subject: Subject) -> Iterator[Finding]:
    for key, path in embedded_files(subject):
        try:
            with path.open("rb") as file:
                first = file.readline(80)
        except OSError:
            continue
        is_public = first.startswith(_BEGIN) and any(word in first for word in _PUBLIC)
        is_private = first.startswith(_BEGIN) and _PRIVATE in first
        named = any(fnmatch(path.name, pattern) for pattern in _NAMES)
        if is_private or (named and not is_public):
            yield Finding(
                key,
                f"`{path.relative_to(subject.project.directory)}` looks like a secret, and "
                "everyone can read the image",
                "hand it to the program in its private input",
            )
