# SPDX-License-Identifier: MIT OR Apache-2.0
"""Rules for images: what the program reaches, what of it is allowed, and what it costs."""
