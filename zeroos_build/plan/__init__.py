# SPDX-License-Identifier: MIT OR Apache-2.0
"""What will be done, and why: manifest x target x specs -> facts and steps. Nothing here acts."""
