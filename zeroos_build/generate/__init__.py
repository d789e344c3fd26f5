# SPDX-License-Identifier: MIT OR Apache-2.0
"""From specs, targets and facts to C and linker scripts: every template is filled in here.

Generated files say what made them from what, and equal input gives equal bytes.
"""
