# SPDX-License-Identifier: MIT OR Apache-2.0
"""Random sequences of system calls, each against a model that knows what must come of them."""
