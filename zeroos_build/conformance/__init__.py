# SPDX-License-Identifier: MIT OR Apache-2.0
"""The conformance kit: programs that every target must run alike, and what says whether it does."""

from __future__ import annotations
