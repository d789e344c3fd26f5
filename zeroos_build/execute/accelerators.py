# SPDX-License-Identifier: MIT OR Apache-2.0
"""Accelerators of targets: the parts of hash functions that hosts compute for guests."""

from __future__ import annotations

from zeroos_build.execute import keccak, sha256
from zeroos_build.execute.memory import Memory, Refused
from zeroos_build.host_call import HostCall

_DIGEST = 32
# Words of 32 bits that stand in slots of 64.
_SLOT = 8


class Accelerators:
    """The accelerators of one run; Refused says why a call is wrong."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def sha256_extend(self, call: HostCall, args: dict[str, int]) -> int:
        """The message schedule of SHA-256: 64 slots, of which the first 16 are given."""
        address, zero = args.values()
        self._check(call, zero, address)
        given = self._slots(address, 16)
        self._write(address, sha256.schedule(given))
        return 0

    def sha256_compress(self, call: HostCall, args: dict[str, int]) -> int:
        """A whole schedule into the state, 8 slots."""
        words, state = args.values()
        self._check(call, 0, words, state)
        after = sha256.mix(self._slots(state, 8), self._slots(words, 64))
        self._write(state, after)
        return 0

    def keccak_permute(self, call: HostCall, args: dict[str, int]) -> int:
        """The permutation of Keccak on 25 lanes of 64 bits."""
        address, *rest = args.values()
        self._check(call, sum(rest), address)
        data = self._memory.read(address, 8 * keccak.LANES)
        lanes = [int.from_bytes(data[at : at + 8], "little") for at in range(0, len(data), 8)]
        done = b"".join(lane.to_bytes(8, "little") for lane in keccak.permute(lanes))
        self._memory.write(address, done)
        return 0

    def _check(self, call: HostCall, zero: int, *addresses: int) -> None:
        if zero:
            raise Refused(f"its last argument is {zero:#x}, not 0")
        for address in addresses:
            if address % call.align:
                raise Refused(f"the address {address:#x} is not a multiple of {call.align}")

    def _slots(self, address: int, count: int) -> list[int]:
        data = self._memory.read(address, _SLOT * count)
        return [int.from_bytes(data[at : at + 4], "little") for at in range(0, len(data), _SLOT)]

    def _write(self, address: int, words: list[int]) -> None:
        self._memory.write(address, b"".join(word.to_bytes(_SLOT, "little") for word in words))

    def sha256_block(self, call: HostCall, args: dict[str, int]) -> int:
        """A block of 64 bytes into the state, 8 words of 32 bits."""
        state, block = args.values()
        self._check(call, 0, state, block)
        words = sha256.words(self._memory.read(state, _DIGEST), "little")
        after = sha256.compress(words, self._memory.read(block, 64))
        self._memory.write(state, b"".join(word.to_bytes(4, "little") for word in after))
        return 0

    def sha256_blocks(self, call: HostCall, args: dict[str, int]) -> int:
        """Blocks of 64 bytes, whose two halves of the first block have addresses of their own."""
        out, state, first, second, count = args.values()
        if any(address % call.align for address in (out, state, first, second)):
            raise Refused(f"an address is not a multiple of {call.align}")
        data = self._memory.read(first, _DIGEST) + self._memory.read(second, _DIGEST)
        if second == first + _DIGEST:
            data = self._memory.read(first, 64 * count)
        elif count != 1:
            raise Refused("only one block can have its halves apart")
        words = sha256.words(self._memory.read(state, _DIGEST))
        for at in range(0, 64 * count, 64):
            words = sha256.compress(words, data[at : at + 64])
        self._memory.write(out, sha256.as_bytes(words))
        return 0
