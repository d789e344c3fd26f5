# SPDX-License-Identifier: MIT OR Apache-2.0
"""Rules for manifests: what its keys say, and the sources that they name."""
