# SPDX-License-Identifier: MIT OR Apache-2.0
"""What an instruction that no target executes belongs to, in words for messages.

Source: The RISC-V Instruction Set Manual, Volume I, 2024, tables of major opcodes.
"""

from __future__ import annotations

_FLOAT = frozenset({0x43, 0x47, 0x4B, 0x4F, 0x53})
_LOAD_FP, _STORE_FP, _VECTOR = 0x07, 0x27, 0x57
_VECTOR_WIDTHS = frozenset({0, 5, 6, 7})


def extension_in_words(word: int) -> str | None:
    """A phrase like "a vector instruction (V)"; None where the opcode does not tell."""
    opcode = word & 0x7F
    if opcode == _VECTOR or (opcode in (_LOAD_FP, _STORE_FP) and word >> 12 & 7 in _VECTOR_WIDTHS):
        return "a vector instruction (V)"
    if opcode in _FLOAT or opcode in (_LOAD_FP, _STORE_FP):
        return "a floating-point instruction (F or D)"
    return None
