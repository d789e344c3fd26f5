# SPDX-License-Identifier: MIT OR Apache-2.0
"""Single values as strace writes them: flags by name, quoted bytes, sets of signals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zeroos_build.layouts import Group, Layouts

# Where strace cuts what is no path.
BUFFER_SHOWN = 32
# Numbers from here on are addresses or sizes of memory more often than counts.
_HEX_FROM = 1 << 20
_ESCAPES = {10: "\\n", 9: "\\t", 13: "\\r", 34: '\\"', 92: "\\\\", 11: "\\v", 12: "\\f"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A decoded value: strace's text, and data for JSON."""

    text: str
    data: Any


def signed(value: int, bits: int) -> int:
    """The low bits as a signed number."""
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def number(value: int) -> str:
    """A number of a whole register: decimal while it is small."""
    return str(value) if -_HEX_FROM < value < _HEX_FROM else f"{value:#x}"


def quoted(data: bytes, cut: bool = False) -> str:
    """A C string literal; `...` behind it says that there is more."""
    out = []
    for index, byte in enumerate(data):
        if byte in _ESCAPES:
            out.append(_ESCAPES[byte])
        elif 32 <= byte < 127:
            out.append(chr(byte))
        else:
            # A digit behind it would be read as part of a short escape.
            longer = data[index + 1 : index + 2].isdigit()
            out.append(f"\\{byte:03o}" if longer else f"\\{byte:o}")
    return f'"{"".join(out)}"' + ("..." if cut else "")


def flags(value: int, bits: int, groups: tuple[Group, ...], layouts: Layouts) -> str:
    """A value of so many bits by the names of its groups; what has none stays a number."""
    mask = (1 << bits) - 1
    left, words = value & mask, []
    for group in groups:
        found, left = _take(left, mask, group, layouts)
        words += found
    rest = next((group.rest for group in groups if group.rest), None)
    if rest == "octal":
        words.append(f"0{left:02o}")
    elif rest == "hex" and left:
        words.append(f"{left:#x}")
    elif left:
        only_values = not any(group.bits or group.mask for group in groups)
        words.append(str(signed(value, bits)) if only_values else f"{left:#x}")
    return "|".join(words) or "0"


def _take(value: int, mask: int, group: Group, layouts: Layouts) -> tuple[list[str], int]:
    """The names in a value, and what they leave of it."""
    low_mask = group.mask if group.mask is not None else (0 if group.bits else mask)
    words = []
    if group.bits and group.mask is None:
        # One that stands alone, such as PROT_NONE.
        alone = {number & mask: name for name, number in group.values.items()}
        if value in alone:
            return [alone[value]], 0
    elif low_mask:
        values = group.values
        if group.low is not None and value & low_mask:
            values = layouts.groups[group.low].values
        names = {number & mask: name for name, number in values.items()}
        if (name := names.get(value & low_mask)) is not None:
            words.append(name)
            value &= ~low_mask
    # Names of several bits first: O_SYNC holds O_DSYNC.
    by_width = sorted(group.bits.items(), key=lambda item: (-item[1].bit_count(), item[1]))
    found = []
    for name, number in by_width:
        if number and value & number == number:
            found.append((number, name))
            value &= ~number
    return words + [name for _, name in sorted(found)], value


def bitmap(data: bytes, group: Group) -> str:
    """A set as strace writes it: names without the prefix; `~` before one that is almost full."""
    prefix = "SIG"
    bits = int.from_bytes(data, "little")
    names = {number: name.removeprefix(prefix) for name, number in group.values.items()}
    last = 8 * len(data)
    inside = [bit for bit in range(1, last + 1) if bits >> (bit - 1) & 1]
    tilde = len(inside) > last // 2
    if tilde:
        inside = [bit for bit in range(1, last + 1) if bit not in set(inside)]
    first_real_time = max(names)
    words = [
        names.get(bit, f"RT_{bit - first_real_time}" if bit > first_real_time else str(bit))
        for bit in inside
    ]
    return ("~" if tilde else "") + f"[{' '.join(words)}]"
