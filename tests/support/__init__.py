# SPDX-License-Identifier: MIT OR Apache-2.0
"""What several kinds of tests share."""
