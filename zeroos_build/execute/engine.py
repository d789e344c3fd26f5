# SPDX-License-Identifier: MIT OR Apache-2.0
"""The unicorn library through its C API.

Only what the embedded machine needs. The wheel's own Python package imports every
architecture (0.15 s) and runs a Python function per event; this costs 15 ms and can pass
native functions. Numbers are unicorn@2.1.4's: include/unicorn/unicorn.h and riscv.h.
"""

from __future__ import annotations

import ctypes
import functools
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

from zeroos_build.diagnostics import error

_VERSION = (2, 1, 4)
_ARCH_RISCV = 8
_MODE = {32: 1 << 2, 64: 1 << 3}
# UC_CTL_TB_FLUSH without arguments; UC_CTL_TLB_TYPE, written with one: UC_TLB_VIRTUAL.
_CTL_TB_FLUSH = 10 | 1 << 30
_CTL_TLB_TYPE = 12 | 1 << 26 | 1 << 30
_TLB_VIRTUAL = 1

# Kinds of hooks.
_INTERRUPT = 1 << 0
CODE = 1 << 2
BLOCK = 1 << 3
TRANSLATE = 1 << 17
# What `run` returns: stopped, `ebreak`, an access that `translate` refused.
OK, INSN_INVALID, EXCEPTION = 0, 10, 21
# Permissions of mapped memory.
PROT_READ, PROT_WRITE, PROT_EXEC = 1, 2, 4

X0 = 1
PC = 190
MSTATUS, MTVEC, MEPC, MCAUSE, MTVAL = 116, 121, 128, 129, 130
_ABI_NAMES = (
    "zero ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7"
    " s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6"
)
# ABI name -> number of the register in unicorn.
REGISTERS = {name: X0 + index for index, name in enumerate(_ABI_NAMES.split())}

_Handle = ctypes.c_void_p
_OnInterrupt = ctypes.CFUNCTYPE(None, _Handle, ctypes.c_uint32, ctypes.c_void_p)


@functools.cache
def library() -> ctypes.CDLL:
    """The wheel's shared library; its version is pinned, since registers are numbers."""
    spec = importlib.util.find_spec("unicorn")
    places = list(spec.submodule_search_locations or ()) if spec else []
    for name in ("libunicorn.so.2", "libunicorn.2.dylib"):
        for place in places:
            file = Path(place) / "lib" / name
            if file.is_file():
                loaded = ctypes.CDLL(str(file))
                major, minor = ctypes.c_uint(), ctypes.c_uint()
                packed = loaded.uc_version(ctypes.byref(major), ctypes.byref(minor))
                if (major.value, minor.value, packed >> 8 & 0xFF) == _VERSION:
                    loaded.uc_strerror.restype = ctypes.c_char_p
                    return loaded
    wanted = ".".join(map(str, _VERSION))
    raise error(
        "ZOS607",
        f"the library of unicorn {wanted} is not installed",
        notes=["the embedded machine is built on it"],
        help=f"pip install unicorn=={wanted}",
    )


def address_of(function: str) -> int:
    """The address of a function of the library, for native code to call."""
    return ctypes.cast(getattr(library(), function), ctypes.c_void_p).value or 0


class Engine:
    """One RISC-V hart in machine mode with an empty address space."""

    def __init__(self, xlen: int, text: int) -> None:
        """`text` is the address of some executable memory."""
        self._library = library()
        self._handle = _Handle()
        self._never = text | 1
        self._kept: list[Any] = []
        # Set by a Python callback that failed; `run` raises it again.
        self._problem: BaseException | None = None
        self._call("uc_open", _ARCH_RISCV, _MODE[xlen], ctypes.byref(self._handle), plain=True)
        # The hart's own translation makes every page executable, and then no store is fast.
        self._call("uc_ctl", ctypes.c_uint(_CTL_TLB_TYPE), ctypes.c_int(_TLB_VIRTUAL))

    def close(self) -> None:
        """Free the machine and its memory."""
        if self._handle:
            self._library.uc_close(self._handle)
            self._handle = _Handle()
            self._kept.clear()

    def map(self, start: int, size: int, permissions: int) -> None:
        """Map zeroed memory; both numbers are multiples of 4096."""
        where, span = ctypes.c_uint64(start), ctypes.c_uint64(size)
        self._call("uc_mem_map", where, span, ctypes.c_uint32(permissions))

    def read(self, address: int, size: int) -> bytes:
        """Bytes of mapped memory, whatever its permissions."""
        data = ctypes.create_string_buffer(size)
        self._call("uc_mem_read", ctypes.c_uint64(address), data, ctypes.c_uint64(size))
        return data.raw

    def write(self, address: int, data: bytes) -> None:
        """Change mapped memory, whatever its permissions."""
        self._call("uc_mem_write", ctypes.c_uint64(address), data, ctypes.c_uint64(len(data)))

    def register(self, number: int) -> int:
        """The unsigned value of a register."""
        value = ctypes.c_uint64()
        self._call("uc_reg_read", number, ctypes.byref(value))
        return value.value

    def set_register(self, number: int, value: int) -> None:
        """Write a register; values wrap."""
        self._call("uc_reg_write", number, ctypes.byref(ctypes.c_uint64(value)))

    def hook_native(self, kind: int, function: int, data: Any) -> int:
        """Have a native function called with a pointer to `data`, a ctypes structure."""
        self._kept.append(data)
        return self._hook(kind, ctypes.c_void_p(function), ctypes.byref(data))

    def unhook(self, hook: int) -> None:
        """Remove a hook, and the translations of code that call it."""
        self._call("uc_hook_del", ctypes.c_size_t(hook))
        self._call("uc_ctl", ctypes.c_uint(_CTL_TB_FLUSH))

    def hook_interrupt(self, callback: Callable[[int], None]) -> None:
        """`callback(cause)` at exceptions; pc already points behind the instruction."""

        def entry(_engine: int, cause: int, _data: int) -> None:
            self._guard(callback, cause)

        function = _OnInterrupt(entry)
        self._kept.append(function)
        self._hook(_INTERRUPT, function, None)

    def run(self, pc: int) -> int:
        """Run from an address until something stops it; returns one of the numbers above."""
        # The library translates the address to stop at, so that must be code; no instruction
        # lies at an odd address, so this one stops nothing.
        code = int(
            self._library.uc_emu_start(
                self._handle, ctypes.c_uint64(pc), ctypes.c_uint64(self._never),
                ctypes.c_uint64(0), ctypes.c_size_t(0),
            )
        )  # fmt: skip
        if self._problem is not None:
            problem, self._problem = self._problem, None
            raise problem
        return code

    def stop(self) -> None:
        """Ask `run` to return; inside a callback only."""
        self._library.uc_emu_stop(self._handle)

    def reason(self, code: int) -> str:
        """unicorn's own words for what `run` returned."""
        return str(self._library.uc_strerror(code).decode("ascii", "replace"))

    def _hook(self, kind: int, function: Any, data: Any) -> int:
        handle = ctypes.c_size_t()
        # From 1 to 0: everywhere.
        self._call(
            "uc_hook_add", ctypes.byref(handle), kind, function, data, ctypes.c_uint64(1),
            ctypes.c_uint64(0),
        )  # fmt: skip
        return handle.value

    def guarded(self, callback: Callable[..., Any]) -> Callable[..., Any]:
        """A function to call from native code: what it raises, `run` raises."""
        return functools.partial(self._guard, callback)

    def _guard(self, callback: Callable[..., Any], *args: int) -> Any:
        if self._problem is not None:
            return None
        try:
            return callback(*args)
        except BaseException as problem:
            # An exception cannot cross native frames.
            self._problem = problem
            self.stop()
            return None

    def _call(self, function: str, *args: Any, plain: bool = False) -> None:
        first = () if plain else (self._handle,)
        code = getattr(self._library, function)(*first, *args)
        if code != OK:
            raise error(
                "ZOS607",
                f"the emulator refused `{function}`: {self.reason(code)}",
                notes=["this is a fault of the tool or of its installation, not of the image"],
            )
