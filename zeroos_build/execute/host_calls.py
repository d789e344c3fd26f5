# SPDX-License-Identifier: MIT OR Apache-2.0
"""Host calls, served as a target's target.toml describes them. No target is known by name."""

from __future__ import annotations

import struct
from collections.abc import Callable

from zeroos_build.execute.engine import PROT_WRITE, REGISTERS, Engine
from zeroos_build.execute.memory import Memory, Refused
from zeroos_build.execute.streams import Streams
from zeroos_build.target import HostCall, HostCallAbi, Service, Stream, Target

# riscv-semihosting-spec@0.4: section 3; SYS_EXIT gives any other reason the code 1
# (qemu@7.2: semihosting/arm-compat-semi.c).
_APPLICATION_EXIT = 0x20026
# qemu@7.2: hw/misc/sifive_test.c
_FINISHER_PASS, _FINISHER_FAIL = 0x5555, 0x3333
_DIGEST_WORDS = 8
_HTIF_WORDS = 8
# 0, 1 and 2 are the host's own streams where it has such.
_FIRST_HANDLE = 3
# Bytes of the types that a device's register can have.
_WIDTHS = {"unsigned char": 1, "unsigned short": 2, "unsigned int": 4, "unsigned long": 8}


class Halted(Exception):  # noqa: N818 - the ordinary end of a run
    """The guest ended its run with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class HostCalls:
    """Serves the calls of one run. Refused says why a call is wrong, Halted ends the run."""

    def __init__(
        self, target: Target, engine: Engine, memory: Memory, streams: Streams, *, strict: bool
    ) -> None:
        self._engine, self._memory, self._streams = engine, memory, streams
        self._strict = strict
        self._mask = (1 << target.isa.xlen) - 1
        self._word = target.isa.xlen // 8
        self._ecalls: dict[str, dict[int, HostCall]] = {}
        self._semihosting: dict[int, HostCall] = {}
        self._stores: dict[int, HostCall] = {}
        self._htif: dict[int, HostCall] = {}
        self._abis = target.host_call_abi
        for call in target.host_call:
            abi = self._abis[call.via]
            if abi.form == "ecall":
                assert abi.number is not None and call.number is not None
                self._ecalls.setdefault(abi.number, {})[call.number] = call
            elif abi.form == "htif":
                assert call.number is not None
                self._htif[call.number] = call
            elif abi.form == "semihosting":
                assert call.number is not None
                self._semihosting[call.number] = call
            else:
                assert call.address is not None
                self._stores[call.address] = call
        self._handles: dict[int, Stream] = {}
        self._commits = any(call.service == "commit-word" for call in target.host_call)
        self._committed: dict[int, int] = {}
        self.fresh = any(call.fresh for call in target.host_call)
        self._services: dict[Service, Callable[[HostCall, dict[str, int]], int]] = {
            "exit": self._exit,
            "finisher": self._finisher,
            "open": self._open,
            "read": self._read,
            "write": self._write,
            "write-byte": self._write_byte,
            "input-length": self._input_length,
            "input-read": self._input_read,
            "commit-word": self._commit_word,
            "ignore": lambda _call, _args: 0,
        }

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
        for register, calls in self._ecalls.items():
            number = self._register(register)
            call = calls.get(number)
            if call is None:
                known = ", ".join(f"{n:#x} {c.name}" for n, c in sorted(calls.items()))
                raise Refused(
                    f"makes an `ecall` with {register} = {number:#x}, which is none of {known}"
                )
            self._serve_by(self._abis[call.via], call)
            return

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
            values = [self._register(register) for register in abi.args[: len(names)]]
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
        try:
            return self._services[call.service](call, args)
        except Refused as problem:
            raise Refused(f"makes the host call `{call.name}`, but {problem}") from None

    def _register(self, name: str) -> int:
        return self._engine.register(REGISTERS[name]) & self._mask

    # --- the services ---

    def _exit(self, _call: HostCall, args: dict[str, int]) -> int:
        code = args["code"] & 0xFFFFFFFF
        if args.get("reason", _APPLICATION_EXIT) != _APPLICATION_EXIT:
            code = 1
        if self._strict and self._commits:
            self._check_digest()
        raise Halted(code)

    def _finisher(self, _call: HostCall, args: dict[str, int]) -> int:
        (word,) = args.values()
        code, command = word >> 16 & 0xFFFF, word & 0xFFFF
        if command == _FINISHER_PASS:
            raise Halted(0)
        if command == _FINISHER_FAIL:
            raise Halted(code)
        raise Refused(f"the word {word:#x} is neither a pass nor a failure")

    def _open(self, call: HostCall, args: dict[str, int]) -> int:
        path = self._memory.read(args["path"], min(args["length"], 4096))
        # HTIF gives the terminating zero as well.
        name = path.rstrip(b"\0").decode("utf-8", "backslashreplace")
        key = f"{name} {args['mode']}"
        stream = call.paths.get(key)
        if stream is None:
            return -1
        handle = len(self._handles) + _FIRST_HANDLE
        self._handles[handle] = stream
        return handle

    def _stream(self, call: HostCall, args: dict[str, int]) -> Stream:
        """By the first argument that is neither a buffer nor its length."""
        buffers = {argument.in_ or argument.out for argument in call.args}
        handle = next(
            args[argument.name]
            for argument in call.args
            if not (argument.in_ or argument.out or argument.name in buffers)
        )
        stream = call.streams.get(str(handle)) or self._handles.get(handle)
        if stream is None:
            raise Refused(f"there is no stream {handle}")
        return stream

    def _write(self, call: HostCall, args: dict[str, int]) -> int:
        stream = self._stream(call, args)
        buffer = next(argument for argument in call.args if argument.in_)
        length = args[buffer.in_ or ""]
        for piece in self._memory.pieces(args[buffer.name], length):
            self._streams.write(stream, piece)
        return 0 if call.result == "bytes-left" else length

    def _write_byte(self, call: HostCall, args: dict[str, int]) -> int:
        (value,) = args.values()
        chosen = self._memory.word(call.select) if call.select else None
        first = next(iter(call.streams.values()))
        self._streams.write(call.streams.get(str(chosen), first), bytes([value & 0xFF]))
        return 0

    def _read(self, call: HostCall, args: dict[str, int]) -> int:
        if self._stream(call, args) != "input":
            raise Refused("the stream cannot be read")
        buffer = next(argument for argument in call.args if argument.out)
        length = args[buffer.out or ""]
        data = self._streams.read(length)
        self._memory.write(args[buffer.name], data)
        return length - len(data) if call.result == "bytes-left" else len(data)

    def _input_length(self, _call: HostCall, _args: dict[str, int]) -> int:
        """The whole input is one item; there is none when it is empty or has been read."""
        return self._streams.remaining or self._mask

    def _input_read(self, call: HostCall, args: dict[str, int]) -> int:
        buffer = next(argument for argument in call.args if argument.out)
        address, length = args[buffer.name], args[buffer.out or ""]
        if not self._streams.remaining:
            raise Refused("there is no input item")
        if length != self._streams.remaining:
            raise Refused(f"the next input item has {self._streams.remaining} bytes, not {length}")
        if address % call.align:
            raise Refused(f"the address {address:#x} is not a multiple of {call.align}")
        padded = length // call.pad * call.pad + call.pad if call.pad else length
        data = self._streams.read(length).ljust(padded, b"\0")
        self._memory.require(address, padded, PROT_WRITE)
        if call.fresh:
            touched = self._memory.touched(address, padded)
            if touched is not None:
                raise Refused(f"the memory at {touched:#x} was touched before; it must be fresh")
            self._memory.touch(address, padded)
        self._memory.write(address, data)
        return length

    def _commit_word(self, _call: HostCall, args: dict[str, int]) -> int:
        index, word = args.values()
        if index >= _DIGEST_WORDS or word > 0xFFFFFFFF:
            raise Refused(f"word {index} of the digest cannot be {word:#x}")
        self._committed[index] = word
        return 0

    def _check_digest(self) -> None:
        digest = bytes.fromhex(self._streams.output_sha256)
        committed = b"".join(
            self._committed.get(index, 0).to_bytes(4, "little") for index in range(_DIGEST_WORDS)
        )
        if committed != digest:
            raise Refused(
                "the committed digest is not the SHA-256 of the public output: no proof of it"
                " would verify"
            )
