# SPDX-License-Identifier: MIT OR Apache-2.0
"""Off-the-shelf compilers. A compiler is a small class; vendor quirks live with it."""
