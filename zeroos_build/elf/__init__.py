# SPDX-License-Identifier: MIT OR Apache-2.0
"""ELF knowledge: relocatable objects, archives, finished images. No RISC-V instructions here."""
