# SPDX-License-Identifier: MIT OR Apache-2.0
"""The permutation Keccak-f[1600] (FIPS 202, 3.2 and 3.3); hashlib has no way to it alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

LANES = 25
_ROUNDS = 24
_MASK = (1 << 64) - 1


def _round_constants() -> Iterator[int]:
    """By the shift register of 3.2.5."""
    bits = 1
    for _ in range(_ROUNDS):
        constant = 0
        for j in range(7):
            if bits & 1:
                constant |= 1 << (1 << j) - 1
            bits <<= 1
            if bits & 0x100:
                bits ^= 0x171
        yield constant


def _moves() -> Iterator[tuple[int, int, int]]:
    """From which lane to which, turned by how much: rho and pi together (3.2.2, 3.2.3)."""
    x, y = 1, 0
    for t in range(24):
        to_x, to_y = y, (2 * x + 3 * y) % 5
        yield x + 5 * y, to_x + 5 * to_y, (t + 1) * (t + 2) // 2 % 64
        x, y = to_x, to_y


_CONSTANTS = tuple(_round_constants())
_MOVES = tuple(_moves())


def permute(state: Sequence[int]) -> list[int]:
    """The 25 lanes after the permutation."""
    lanes = list(state)
    for constant in _CONSTANTS:
        column = [
            lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20]
            for x in range(5)
        ]
        mix = [column[(x + 4) % 5] ^ _turn(column[(x + 1) % 5], 1) for x in range(5)]
        lanes = [lane ^ mix[index % 5] for index, lane in enumerate(lanes)]
        moved = [lanes[0]] * LANES
        for source, target, bits in _MOVES:
            moved[target] = _turn(lanes[source], bits)
        lanes = [
            moved[x + y] ^ (~moved[(x + 1) % 5 + y] & moved[(x + 2) % 5 + y])
            for y in range(0, LANES, 5)
            for x in range(5)
        ]
        lanes[0] ^= constant
    return lanes


def _turn(lane: int, bits: int) -> int:
    return (lane << bits | lane >> 64 - bits) & _MASK
