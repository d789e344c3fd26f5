# SPDX-License-Identifier: MIT OR Apache-2.0
"""The compression function of SHA-256 (FIPS 180-4, 6.2.2), for accelerators that offer it alone.

hashlib has no way to start from a state.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cbrt, isqrt
from typing import Literal

_MASK = 0xFFFFFFFF


def _cube_root(number: int) -> int:
    root = int(cbrt(number))
    while root**3 > number:
        root -= 1
    while (root + 1) ** 3 <= number:
        root += 1
    return root


def _primes(count: int) -> list[int]:
    found: list[int] = []
    number = 2
    while len(found) < count:
        if all(number % prime for prime in found if prime <= isqrt(number)):
            found.append(number)
        number += 1
    return found


# The first 32 bits behind the point of the cube roots of the first 64 primes (4.2.2).
_CONSTANTS = [_cube_root(prime << 96) & _MASK for prime in _primes(64)]


def words(data: bytes, order: Literal["big", "little"] = "big") -> list[int]:
    """32-bit words, in the standard's byte order unless told otherwise."""
    return [int.from_bytes(data[at : at + 4], order) for at in range(0, len(data), 4)]


def as_bytes(state: Sequence[int]) -> bytes:
    """The inverse of `words`."""
    return b"".join(word.to_bytes(4, "big") for word in state)


def compress(state: Sequence[int], block: bytes) -> list[int]:
    """The state of 8 words after one more block of 64 bytes."""
    return mix(state, schedule(words(block)))


def schedule(block: Sequence[int]) -> list[int]:
    """The 64 words of a message schedule whose first 16 are given (6.2.2, step 1)."""
    found = list(block)
    for t in range(16, 64):
        near, far = found[t - 15], found[t - 2]
        s0 = _turn(near, 7) ^ _turn(near, 18) ^ near >> 3
        s1 = _turn(far, 17) ^ _turn(far, 19) ^ far >> 10
        found.append((found[t - 16] + s0 + found[t - 7] + s1) & _MASK)
    return found


def mix(state: Sequence[int], schedule: Sequence[int]) -> list[int]:
    """The state of 8 words after a message schedule (6.2.2, steps 2 to 4)."""
    a, b, c, d, e, f, g, h = state
    for constant, word in zip(_CONSTANTS, schedule, strict=True):
        s1 = _turn(e, 6) ^ _turn(e, 11) ^ _turn(e, 25)
        first = h + s1 + (e & f ^ ~e & g) + constant + word
        s0 = _turn(a, 2) ^ _turn(a, 13) ^ _turn(a, 22)
        second = s0 + (a & b ^ a & c ^ b & c)
        a, b, c, d, e, f, g, h = (
            first + second & _MASK, a, b, c, d + first & _MASK, e, f, g,
        )  # fmt: skip
    done = (a, b, c, d, e, f, g, h)
    return [old + new & _MASK for old, new in zip(state, done, strict=True)]


def _turn(word: int, bits: int) -> int:
    return (word >> bits | word << 32 - bits) & _MASK
