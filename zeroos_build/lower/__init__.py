# SPDX-License-Identifier: MIT OR Apache-2.0
"""Lowering: replacing what the target cannot execute, in relocatable objects, before linking."""
