# SPDX-License-Identifier: MIT OR Apache-2.0
"""What the host does for a guest: its streams, the end of its run, the digests that it commits to.

A service is named in target.toml; how the guest asks for it is no matter here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from zeroos_build.execute.accelerators import Accelerators
from zeroos_build.execute.engine import PROT_WRITE
from zeroos_build.execute.memory import Memory, Refused, framed
from zeroos_build.execute.streams import Streams
from zeroos_build.host_call import Commitment, HostCall, Service, Stream
from zeroos_build.target import Target

# riscv-semihosting-spec@0.4: section 3; SYS_EXIT gives any other reason the code 1
# (qemu@7.2: semihosting/arm-compat-semi.c).
_APPLICATION_EXIT = 0x20026
# qemu@7.2: hw/misc/sifive_test.c
_FINISHER_PASS, _FINISHER_FAIL = 0x5555, 0x3333
_DIGEST = 32
# Of a machine without a limit of its own: what this one keeps.
_MOST_PUBLIC = 1 << 30
# 0, 1 and 2 are the host's own streams where it has such.
_FIRST_HANDLE = 3
# What a packet of console words begins with.
_PACKET = 0xFFFFFFFF


class Halted(Exception):  # noqa: N818 - the ordinary end of a run
    """The guest ended its run with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Services:
    """The services of one run. Refused says why a call is wrong, Halted ends the run."""

    def __init__(self, target: Target, memory: Memory, streams: Streams, *, strict: bool) -> None:
        self._target, self._memory, self._streams, self._strict = target, memory, streams, strict
        self._mask = (1 << target.isa.xlen) - 1
        self._word = target.isa.xlen // 8
        self._accelerators = Accelerators(memory)
        self._handles: dict[int, Stream] = {}
        self._commits = any(call.service == "commit-word" for call in target.host_call)
        self._committed: dict[int, int] = {}
        # Public output that is written word by word; None where nothing was.
        digest = target.streams.public == "digest"
        self._words = bytearray(_DIGEST) if digest else None
        # The exit code that a guest puts down before it ends, where it must.
        self._exit_word: int | None = None
        self._puts_code = any(call.exit_at is not None for call in target.host_call)
        self._items_left = 1
        # What the host has to say next, word by word; None before it was asked.
        self._hint: memoryview | None = None
        self._packet: list[int] = []
        self._services: dict[Service, Callable[[HostCall, dict[str, int]], int]] = {
            "exit": self._exit,
            "finisher": self._finisher,
            "open": self._open,
            "read": self._read,
            "write": self._write,
            "write-byte": self._write_byte,
            "write-word": self._write_word,
            "public-word": self._public_word,
            "input-length": self._input_length,
            "input-read": self._input_read,
            "input-byte": self._input_byte,
            "input-word": self._input_word,
            "input-next": self._input_next,
            "input-words": self._input_words,
            "commit-word": self._commit_word,
            "sha256-block": self._accelerators.sha256_block,
            "sha256-blocks": self._accelerators.sha256_blocks,
            "sha256-extend": self._accelerators.sha256_extend,
            "sha256-compress": self._accelerators.sha256_compress,
            "keccak-permute": self._accelerators.keccak_permute,
            "ignore": lambda _call, _args: 0,
        }

    def serve(self, call: HostCall, args: dict[str, int]) -> int:
        """Do what a call asks for; its result."""
        return self._services[call.service](call, args)

    def _exit(self, call: HostCall, args: dict[str, int]) -> int:
        code = args.get("code", call.code) & 0xFFFFFFFF
        if args.get("reason", _APPLICATION_EXIT) != _APPLICATION_EXIT:
            code = 1
        if self._strict and self._commits:
            self._check_digest()
        if self._strict and self._exit_word not in (code, None):
            raise Refused(f"the exit code that was put down is {self._exit_word}, not {code}")
        if self._strict and self._puts_code and self._exit_word is None:
            raise Refused("no exit code was put down")
        if self._strict and call.commits:
            self._check_commitment(call.commits, args[call.commits.argument])
        words = [args[name] for name in call.public_words]
        if words:
            self._words = bytearray(b"".join(word.to_bytes(4, "little") for word in words))
        if code == 0 and self._words is not None:
            self._streams.write("public", bytes(self._words))
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
        """By the word that selects, or the first argument that is neither buffer nor length."""
        if call.select is not None:
            first = next(iter(call.streams.values()))
            return call.streams.get(str(self._memory.word(call.select)), first)
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
        if call.text and self._strict and stream != "public":
            self._check_text(self._memory.read(args[buffer.name], length))
        for piece in self._memory.pieces(args[buffer.name], length):
            self._streams.write(stream, piece)
        return 0 if call.result == "bytes-left" else length

    def _write_byte(self, call: HostCall, args: dict[str, int]) -> int:
        (value,) = args.values()
        first = next(iter(call.streams.values()))
        stream = self._stream(call, args) if call.select else first
        self._streams.write(stream, bytes([value & 0xFF]))
        return 0

    def _write_word(self, call: HostCall, args: dict[str, int]) -> int:
        """Packets: all ones, the number of words that follow, bytes of text, the text."""
        (word,) = args.values()
        self._packet.append(word & 0xFFFFFFFF)
        packet = self._packet
        if packet[0] != _PACKET:
            raise Refused(f"the word {word:#x} begins no packet")
        if len(packet) < 3:
            return 0
        words, length = packet[1] - 1, packet[2]
        if words != -(-length // 4):
            raise Refused(f"a packet of {length} bytes has {words} words")
        if len(packet) == words + 3:
            data = b"".join(item.to_bytes(4, "little") for item in packet[3:])[:length]
            packet.clear()
            if call.text and self._strict:
                self._check_text(data)
            self._streams.write(self._stream(call, args), data)
        return 0

    def _public_word(self, call: HostCall, args: dict[str, int]) -> int:
        """A word of the public output by its place; what nobody wrote is 0."""
        offset, word = args.values()
        if offset == call.exit_at:
            self._exit_word = word & 0xFFFFFFFF
            return 0
        offset -= call.base
        most = self._target.streams.public
        room = {"digest": _DIGEST, "unlimited": _MOST_PUBLIC}.get(str(most), most)
        size = 8 if call.args[1].type == "unsigned long" and self._word == 8 else 4
        if offset < 0 or offset % size or not isinstance(room, int) or offset + size > room:
            raise Refused(f"the public output has no word at {offset:#x}")
        words = self._words = bytearray() if self._words is None else self._words
        words.extend(bytes(max(0, offset + size - len(words))))
        words[offset : offset + size] = word.to_bytes(self._word, "little")[:size]
        return 0

    @staticmethod
    def _check_text(data: bytes) -> None:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as problem:
            raise Refused(f"its text is not UTF-8: {problem.reason} at {problem.start}") from None

    def _read(self, call: HostCall, args: dict[str, int]) -> int:
        if self._stream(call, args) != "input":
            raise Refused("the stream cannot be read")
        buffer = next(argument for argument in call.args if argument.out)
        length = args[buffer.out or ""]
        data = self._streams.read(length)
        self._memory.write(args[buffer.name], data)
        return length - len(data) if call.result == "bytes-left" else len(data)

    def _input_length(self, call: HostCall, _args: dict[str, int]) -> int:
        """The whole input is one item; there is none when it is empty or has been read."""
        if call.at_end == "refused":
            if not self._items_left:
                raise Refused("there is no input item")
            return self._streams.remaining
        return self._streams.remaining or self._mask

    def _input_byte(self, _call: HostCall, _args: dict[str, int]) -> int:
        data = self._streams.read(1)
        return data[0] if data else self._mask

    def _input_next(self, _call: HostCall, _args: dict[str, int]) -> int:
        """Make the one item, with its length in a word and filled up to words, what comes next."""
        if not self._items_left:
            raise Refused("there is no input item")
        self._items_left = 0
        length = self._streams.remaining
        data = length.to_bytes(self._word, "little") + self._streams.read(length)
        self._hint = memoryview(data + bytes(-len(data) % self._word))
        return 0

    def _input_words(self, call: HostCall, args: dict[str, int]) -> int:
        buffer = next(argument for argument in call.args if argument.out)
        address, count = args[buffer.name], args.get(buffer.out or "", 1)
        size = count * self._word
        if address % call.align:
            raise Refused(f"the address {address:#x} is not a multiple of {call.align}")
        if not 0 < count < call.most:
            raise Refused(f"{count} words cannot be read at once")
        if self._hint is None or len(self._hint) < size:
            raise Refused(f"there are no {count} words of input")
        self._memory.write(address, bytes(self._hint[:size]))
        self._hint = self._hint[size:]
        return 0

    def _input_word(self, _call: HostCall, _args: dict[str, int]) -> int:
        """The framed input word by word, and zeros behind it."""
        if self._hint is None:
            data = self._streams.read(self._streams.remaining)
            self._hint = memoryview(framed(data, self._target, 1 << 32))
        word, self._hint = bytes(self._hint[:4]), self._hint[4:]
        return int.from_bytes(word, "little")

    def _input_read(self, call: HostCall, args: dict[str, int]) -> int:
        buffer = next(argument for argument in call.args if argument.out)
        address, length = args[buffer.name], args[buffer.out or ""]
        if not (self._streams.remaining or (call.at_end == "refused" and self._items_left)):
            raise Refused("there is no input item")
        if length != self._streams.remaining:
            raise Refused(f"the next input item has {self._streams.remaining} bytes, not {length}")
        if address % call.align:
            raise Refused(f"the address {address:#x} is not a multiple of {call.align}")
        self._items_left = 0
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
        if index >= _DIGEST // 4 or word > 0xFFFFFFFF:
            raise Refused(f"word {index} of the digest cannot be {word:#x}")
        self._committed[index] = word
        return 0

    def _check_digest(self) -> None:
        digest = bytes.fromhex(self._streams.output_sha256)
        committed = b"".join(
            self._committed.get(index, 0).to_bytes(4, "little") for index in range(_DIGEST // 4)
        )
        if committed != digest:
            raise Refused(
                "the committed digest is not the SHA-256 of the public output: no proof of it"
                " would verify"
            )

    def _check_commitment(self, wanted: Commitment, address: int) -> None:
        data = bytes.fromhex(wanted.prefix + self._streams.output_sha256 + wanted.suffix)
        if self._memory.read(address, _DIGEST) != hashlib.sha256(data).digest():
            raise Refused(
                "the digest is not that of the public output: no proof of it would verify"
            )
