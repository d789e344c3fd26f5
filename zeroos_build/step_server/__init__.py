# SPDX-License-Identifier: MIT OR Apache-2.0
"""Doing the build steps of one command in forks of one process that has the modules loaded."""
