# SPDX-License-Identifier: MIT OR Apache-2.0
"""Variables that speak to a dynamic linker or another C library."""

from __future__ import annotations

from collections.abc import Iterator

from zeroos_build.check.subject import Finding, Subject

CODE = "ZOS173"

_PREFIXES = {
    "LD_": "the image is static, and there is no dynamic linker",
    "GLIBC_": "the C library is musl",
    "MALLOC_": "the allocator takes no variables",
    "GCONV_": "the C library is musl",
    "DYLD_": "the image is static, and there is no dynamic linker",
    "ASAN_": "there are no sanitizers in an image",
    "UBSAN_": "there are no sanitizers in an image",
    "OMP_": "there is one hart, and no runtime for parallel loops",
}


def check(subject: Subject) -> Iterator[Finding]:
    for name in subject.resolved.image.env:
        for prefix, reason in _PREFIXES.items():
            if name.startswith(prefix):
                yield Finding(
                    ("image", "env", name), f"nothing reads `{name}`: {reason}", "remove it"
                )
