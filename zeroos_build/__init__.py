# SPDX-License-Identifier: MIT OR Apache-2.0
"""zeroos-build: links ordinary Linux programs into unikernels for zkVMs."""

__version__ = "0.1.0"
