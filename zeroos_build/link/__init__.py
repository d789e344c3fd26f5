# SPDX-License-Identifier: MIT OR Apache-2.0
"""Linking: the linker's messages in ours, and `zeroos-build link`."""
