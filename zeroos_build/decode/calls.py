# SPDX-License-Identifier: MIT OR Apache-2.0
"""One system call with its arguments, decoded when it starts and when it has returned."""

from __future__ import annotations

from dataclasses import dataclass

from zeroos_build.decode.memory import Read, View, pointer
from zeroos_build.decode.values import Shown, flags, number, signed
from zeroos_build.layouts import FIELD_TYPES, Group, load_layouts
from zeroos_build.spec import SCALARS, Argument, Syscall, load_specs

# The kernel's largest error number: include/linux/err.h, MAX_ERRNO.
_MAX_ERRNO = 4095
_BYTES = ("void", "char")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A call in words: by Linux's name on this machine, and by its spec's.

    `error` is a name; `result` is signed, None if it never returned.
    """

    name: str
    spec: str
    args: tuple[tuple[Argument | None, int, Shown], ...]
    result: int | None
    error: str | None
    text: str


class Decoder:
    """Knows one machine's system calls."""

    def __init__(self, xlen: int) -> None:
        self._xlen, self._specs, self._layouts = xlen, load_specs(), load_layouts()
        self._calls = self._specs.by_number(xlen)
        self._choices = {(c.call, c.argument): c for c in self._layouts.choices}

    def look(
        self, number: int, args: tuple[int, ...], result: int | None, read: Read
    ) -> tuple[Shown | None, ...]:
        """What pointers point to now: what the call reads before it has returned, then the rest.

        `result` is None when the call starts. None for an argument that is no matter now.
        """
        call = self._calls.get(number)
        if call is None:
            return ()
        value = None if result is None else signed(result, self._xlen)
        view = View(read, self._xlen, self._layouts, call.name, value)
        given = dict(zip((a.name for a in call.args), args, strict=False))
        return tuple(
            self._pointed(call, argument, given, value, view) if argument.is_pointer else None
            for argument in call.args
        )

    def decode(
        self,
        number_: int,
        args: tuple[int, ...],
        result: int | None,
        before: tuple[Shown | None, ...] = (),
        after: tuple[Shown | None, ...] = (),
    ) -> Decoded:
        """The whole call, with what `look` gave at both times."""
        call = self._calls.get(number_)
        rows: list[tuple[Argument | None, int, Shown]] = []
        if call is None:
            name = self._specs.linux_name(number_, self._xlen) or f"syscall_{number_:#x}"
            rows = [(None, value, Shown(f"{value:#x}", value)) for value in args]
        else:
            name = call.linux32 or call.name if self._xlen == 32 else call.name
            given = dict(zip((a.name for a in call.args), args, strict=False))
            for index, (argument, value) in enumerate(zip(call.args, args, strict=False)):
                early = before[index] if index < len(before) else None
                late = after[index] if index < len(after) else None
                if self._there(call, argument, given):
                    rows.append((argument, value, self._shown(call, argument, given, early, late)))
        answer, error, text = self._result(call, result)
        return Decoded(name, call.name if call else name, tuple(rows), answer, error, text)

    def _shown(
        self,
        call: Syscall,
        argument: Argument,
        given: dict[str, int],
        early: Shown | None,
        late: Shown | None,
    ) -> Shown:
        if early is not None and late is not None and early != late:
            return Shown(f"{early.text} => {late.text}", [early.data, late.data])
        return late or early or self._scalar(call, argument, given)

    def _scalar(self, call: Syscall, argument: Argument, given: dict[str, int]) -> Shown:
        value = given[argument.name]
        if argument.is_pointer:
            return pointer(value)
        bits = 32 if argument.narrow else self._xlen
        groups = self._groups(call, argument, given)
        if groups:
            text = flags(value, bits, groups, self._layouts)
            return Shown(text, text)
        plain = signed(value, bits) if argument.signed else value & ((1 << bits) - 1)
        return Shown(str(plain) if argument.narrow else number(plain), plain)

    def _groups(
        self, call: Syscall, argument: Argument, given: dict[str, int]
    ) -> tuple[Group, ...]:
        choice = self._choices.get((call.name, argument.name))
        if choice is None or not choice.flags:
            return self._layouts.groups_of(call, argument)
        chosen = choice.flags.get(self._chosen(call, argument, given) or "")
        return self._layouts.named((chosen,)) if chosen is not None else ()

    def _chosen(self, call: Syscall, argument: Argument, given: dict[str, int]) -> str | None:
        """The name of the value that decides what this argument means."""
        choice = self._choices.get((call.name, argument.name))
        if choice is None or choice.by not in given:
            return None
        decider = next(a for a in call.args if a.name == choice.by)
        for group in self._layouts.groups_of(call, decider):
            wanted = given[choice.by] & (group.mask if group.mask is not None else 0xFFFF_FFFF)
            for name, value in group.values.items():
                if value == wanted:
                    return name
        return ""

    def _there(self, call: Syscall, argument: Argument, given: dict[str, int]) -> bool:
        """Whether the call looks at this argument at all."""
        choice = self._choices.get((call.name, argument.name))
        if choice is None:
            return True
        if choice.only:
            decider = next(a for a in call.args if a.name == choice.by)
            names = {
                n: v for g in self._layouts.groups_of(call, decider) for n, v in g.bits.items()
            }
            return any(given[choice.by] & names[name] == names[name] for name in choice.only)
        return self._chosen(call, argument, given) not in choice.absent

    def _pointed(
        self,
        call: Syscall,
        argument: Argument,
        given: dict[str, int],
        result: int | None,
        view: View,
    ) -> Shown | None:
        address = given[argument.name]
        extent = self._extent(call, argument, given, returned=result is not None)
        if extent is None or not address or (result is not None and result < 0):
            return None
        if extent == "string":
            return view.string(address)
        filled = result is not None and argument.out is not None
        struct = self._layouts.struct_of(call, argument)
        named = isinstance(extent, str)
        count = given[extent] if isinstance(extent, str) else extent
        if named:
            declared = next(a for a in call.args if a.name == extent)
            count &= 0xFFFF_FFFF if declared.narrow else (1 << self._xlen) - 1
        if struct is not None:
            if named and self._layouts.structs[struct].bytes:
                count //= view.length(struct)
                result = None if result is None else result // view.length(struct)
            if filled and named:
                count = min(count, result or 0)
            return view.structs(address, struct, count, array=named or count != 1)
        if filled and named:
            count = min(count, result or 0)
        kind = argument.type.removeprefix("const ").rstrip("* ").removesuffix(" const")
        if kind in _BYTES:
            return view.buffer(address, count)
        size, is_signed = _element(kind, self._xlen)
        return view.numbers(address, count, size, is_signed)

    def _extent(
        self, call: Syscall, argument: Argument, given: dict[str, int], *, returned: bool
    ) -> str | int | None:
        """How much to show at this moment."""
        if returned:
            if self._fills_pieces(call, argument):
                return argument.in_
            return argument.out if argument.out is not None else argument.inout
        choice = self._choices.get((call.name, argument.name))
        if choice is not None and choice.reads:
            return 1 if self._chosen(call, argument, given) in choice.reads else None
        return argument.in_ if argument.in_ is not None else argument.inout

    def _fills_pieces(self, call: Syscall, argument: Argument) -> bool:
        name = self._layouts.struct_of(call, argument)
        fields = self._layouts.structs[name].fields if name else ()
        return any(call.name in field.filled_by for field in fields)

    def _result(
        self, call: Syscall | None, result: int | None
    ) -> tuple[int | None, str | None, str]:
        if result is None:
            return None, None, "?"
        value = signed(result, self._xlen)
        if -_MAX_ERRNO <= value < 0:
            name = self._layouts.error_names.get(-value)
            if name is None:
                return value, str(-value), f"-1 (errno {-value})"
            words = self._layouts.errors[name].words
            return value, name, f"-1 {name} ({words})"
        if call is not None and call.returns == "void *":
            return value, None, f"{value & ((1 << self._xlen) - 1):#x}"
        return value, None, number(value)


def _element(kind: str, xlen: int) -> tuple[int, bool]:
    """Bytes and sign of an element of a C type: of a field's, else of an argument's."""
    if kind in FIELD_TYPES:
        size, is_signed = FIELD_TYPES[kind]
        return size or xlen // 8, is_signed
    bits, is_signed = SCALARS.get(kind, (0, False))
    return (bits or xlen) // 8, is_signed
