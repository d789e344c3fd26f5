# SPDX-License-Identifier: MIT OR Apache-2.0
"""Host calls, served as a target's target.toml describes them. No target is known by name."""

from __future__ import annotations

import struct

from zeroos_build.execute.engine import REGISTERS, X0, Engine
from zeroos_build.execute.memory import Memory, Refused
from zeroos_build.execute.services import Services
from zeroos_build.execute.streams import Streams
from zeroos_build.host_call import (
    FIELDS,
    IMMEDIATE,
    NEXT,
    HostCall,
    HostCallAbi,
    pattern,
    places,
)
from zeroos_build.target import Target

_HTIF_WORDS = 8
# Bytes of the types that a device's register can have.
_WIDTHS = {"unsigned char": 1, "unsigned short": 2, "unsigned int": 4, "unsigned long": 8}


class HostCalls:
    """Serves the calls of one run. Refused says why a call is wrong, Halted ends the run."""

    def __init__(
        self, target: Target, engine: Engine, memory: Memory, streams: Streams, *, strict: bool
    ) -> None:
        self._engine, self._memory = engine, memory
        self._mask = (1 << target.isa.xlen) - 1
        self._word = target.isa.xlen // 8
        # Ways that fix registers of their own come first: their numbers mean nothing elsewhere.
        self._ecalls: dict[str, dict[int, HostCall]] = {}
        self._words: list[tuple[int, int, HostCall]] = []
        self._semihosting: dict[int, HostCall] = {}
        self._stores: dict[int, HostCall] = {}
        self._htif: dict[int, HostCall] = {}
        self._abis = target.host_call_abi
        for call in target.host_call:
            abi = self._abis[call.via]
            if abi.form == "ecall":
                assert call.number is not None
                self._ecalls.setdefault(call.via, {})[call.number] = call
            elif abi.form == "instruction":
                self._words.append((*pattern(call, abi), call))
            elif abi.form == "htif":
                assert call.number is not None
                self._htif[call.number] = call
            elif abi.form == "semihosting":
                assert call.number is not None
                self._semihosting[call.number] = call
            else:
                assert call.address is not None
                self._stores[call.address] = call
        self._services = Services(target, memory, streams, strict=strict)
        self.fresh = any(call.fresh for call in target.host_call)

    @property
    def by_ecall(self) -> bool:
        """`ecall` is a host call of this target."""
        return bool(self._ecalls)

    @property
    def by_semihosting(self) -> bool:
        """The `ebreak` of the semihosting sequence is a host call of this target."""
        return bool(self._semihosting)

    def at_store(self, address: int, size: int, value: int) -> bool:
        """Serve a store; false where the address is no device of this target."""
        call = self._stores.get(address)
        if call is None:
            return self._at_htif(address, size, value)
        width = _WIDTHS[call.args[0].type]
        if size != width:
            raise Refused(
                f"stores {size} bytes to the device `{call.name}`, which takes stores of {width}"
            )
        self._serve(call, {call.args[0].name: value})
        return True

    def _at_htif(self, address: int, size: int, value: int) -> bool:
        abi = next((abi for abi in self._abis.values() if abi.form == "htif"), None)
        if abi is None or address not in (abi.tohost, abi.fromhost):
            return False
        assert abi.fromhost is not None
        if size != 8:
            raise Refused(f"stores {size} bytes to `tohost` or `fromhost`, which take stores of 8")
        if address == abi.fromhost:
            self._memory.poke(address, value.to_bytes(8, "little"))
            return True
        # riscv-isa-sim@55b4658d: fesvr/syscall.cc syscall_t::dispatch; 8 words, device 0.
        data = self._memory.read(value, 8 * _HTIF_WORDS)
        number, *values = struct.unpack(f"<{_HTIF_WORDS}Q", data)
        call = self._htif.get(number)
        if call is None:
            known = ", ".join(f"{n} {c.name}" for n, c in sorted(self._htif.items()))
            raise Refused(f"asks the host for {number:#x}, which is none of {known}")
        names = [argument.name for argument in call.args]
        result = self._serve(call, dict(zip(names, values, strict=False)))
        self._memory.write(value, (result & (1 << 64) - 1).to_bytes(8, "little"))
        self._memory.poke(abi.fromhost, (1).to_bytes(8, "little"))
        return True

    def at_ecall(self) -> None:
        """Serve the `ecall` at which the hart stands."""
        ways = sorted(self._ecalls, key=lambda way: not self._abis[way].fixed)
        for way in ways:
            abi, calls = self._abis[way], self._ecalls[way]
            if any(self._register(name) != value for name, value in abi.fixed.items()):
                continue
            assert abi.number is not None
            number = self._register(abi.number)
            call = calls.get(number)
            if call is None:
                known = ", ".join(f"{n:#x} {c.name}" for n, c in sorted(calls.items()))
                raise Refused(
                    f"makes an `ecall` with {abi.number} = {number:#x}, which is none of {known}"
                )
            if abi.label is not None:
                self._check_label(call, self._register(abi.label))
            self._serve_by(abi, call)
            return

    def _check_label(self, call: HostCall, address: int) -> None:
        wanted = (call.label or "").encode() + b"\0"
        try:
            found = self._memory.read(address, len(wanted))
        except Refused as problem:
            raise Refused(f"names its call, but {problem}") from None
        if found != wanted:
            raise Refused(f"makes the host call `{call.name}` under another name")

    def knows(self, word: int) -> bool:
        """An instruction is a host call of this target."""
        return any(word & mask == value for mask, value, _ in self._words)

    def at_word(self, word: int, following: int) -> int:
        """Serve such an instruction, before the word `following`; gives how many words it took."""
        call = next(call for mask, value, call in self._words if word & mask == value)
        abi = self._abis[call.via]
        for name, value in abi.fixed.items():
            if self._register(name) != value:
                raise Refused(
                    f"makes the host call `{call.name}`, but {name} is {self._register(name):#x},"
                    f" not {value:#x}"
                )
        args = {}
        for argument, fields in places(call, abi):
            (field,) = fields
            if field == NEXT:
                mask, shift = FIELDS["rs1"]
                if following & ~mask != call.next:
                    raise Refused(
                        f"makes the host call `{call.name}` without the instruction that belongs"
                        " to it right behind"
                    )
                args[argument.name] = self._register_at((following & mask) >> shift)
            elif field == IMMEDIATE:
                args[argument.name] = word >> 20
            elif field in REGISTERS:
                args[argument.name] = self._register(field) >> argument.shift
            else:
                mask, shift = FIELDS[field]
                args[argument.name] = self._register_at((word & mask) >> shift) >> argument.shift
        returns = call.returns not in ("void", "noreturn")
        mask, shift = FIELDS[abi.result or ""] if returns else (0, 0)
        register = (word & mask) >> shift
        if returns and not register:
            raise Refused(f"makes the host call `{call.name}` without a register for its result")
        result = self._serve(call, args)
        if returns:
            self._engine.set_register(X0 + register, result & self._mask)
        return 1 if call.next is None else 2

    def at_semihosting(self) -> None:
        """Serve the semihosting sequence at which the hart stands."""
        # The form's description names the registers; every call of the form shares it.
        abi = next(abi for abi in self._abis.values() if abi.form == "semihosting")
        assert abi.number is not None
        number = self._register(abi.number)
        call = self._semihosting.get(number)
        if call is None:
            known = ", ".join(f"{n:#x} {c.name}" for n, c in sorted(self._semihosting.items()))
            raise Refused(f"asks for semihosting operation {number:#x}, which is none of {known}")
        self._serve_by(abi, call)

    def _serve_by(self, abi: HostCallAbi, call: HostCall) -> None:
        names = [argument.name for argument in call.args]
        if abi.block is None:
            values = []
            for argument, registers in places(call, abi):
                found = {self._register(register) for register in registers}
                if len(found) > 1:
                    where = " and ".join(registers)
                    raise Refused(
                        f"makes the host call `{call.name}`, but {where} must hold the same"
                    )
                values.append(found.pop() >> argument.shift)
        else:
            data = self._memory.read(self._register(abi.block), self._word * len(names))
            values = [
                int.from_bytes(data[at : at + self._word], "little")
                for at in range(0, len(data), self._word)
            ]
        result = self._serve(call, dict(zip(names, values, strict=True)))
        if call.returns not in ("void", "noreturn") and abi.result is not None:
            self._engine.set_register(REGISTERS[abi.result], result & self._mask)

    def _serve(self, call: HostCall, args: dict[str, int]) -> int:
        for argument in call.args:
            if argument.only is not None and args[argument.name] != argument.only:
                raise Refused(
                    f"makes the host call `{call.name}`, but {argument.name} is"
                    f" {args[argument.name]:#x}, not {argument.only:#x}"
                )
        try:
            return self._services.serve(call, args)
        except Refused as problem:
            raise Refused(f"makes the host call `{call.name}`, but {problem}") from None

    def _register(self, name: str) -> int:
        return self._engine.register(REGISTERS[name]) & self._mask

    def _register_at(self, index: int) -> int:
        return self._engine.register(X0 + index) & self._mask if index else 0
