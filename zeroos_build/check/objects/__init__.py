# SPDX-License-Identifier: MIT OR Apache-2.0
"""Rules for objects and archives: what can be seen before anything is linked."""
