# SPDX-License-Identifier: MIT OR Apache-2.0
"""The embedded machine: unicorn with native hooks, strict by default, counting exactly."""

from __future__ import annotations

import ctypes
from dataclasses import replace

from zeroos_build.diagnostics import error
from zeroos_build.execute import engine as uc
from zeroos_build.execute import native
from zeroos_build.execute.engine import PC, PROT_EXEC, PROT_READ, PROT_WRITE, REGISTERS, Engine
from zeroos_build.execute.host_calls import HostCalls
from zeroos_build.execute.image import Image
from zeroos_build.execute.loading import Text, check_image
from zeroos_build.execute.memory import Memory, Refused
from zeroos_build.execute.post_mortem import PostMortem
from zeroos_build.execute.request import FAILURES, Outcome, RunRequest, RunResult
from zeroos_build.execute.services import Halted
from zeroos_build.execute.streams import Streams
from zeroos_build.execute.trace import Tracer

# Instructions between two looks at Ctrl-C: well under a second.
_SLICE = 20_000_000
_FOREVER = 2**63
# RISC-V privileged specification, table of mcause.
_FETCH_FAULT, _ILLEGAL, _BREAKPOINT, _LOAD_FAULT, _STORE_FAULT, _ECALL_M = 1, 2, 3, 5, 7, 11
_ECALLS = frozenset({8, 9, 11})
_MIE, _MPIE, _MPP = 1 << 3, 1 << 7, 3 << 11
_EBREAK = 0x00100073
# The instructions around the ebreak of a semihosting call: riscv-semihosting-spec@0.4, 2.
_SEMIHOSTING = (0x01F01013, _EBREAK, 0x40705013)
_LOAD, _STORE, _AMO = 0x03, 0x23, 0x2F


def run_embedded(request: RunRequest) -> RunResult:
    """Run an image to its end. Whatever the guest does wrong is in the result.

    ZOS602 when the image cannot be loaded, ZOS607 when the machine itself fails, ZOS611 for what
    only a kernel can run.
    """
    if request.target.kernel == "linux":
        raise error(
            "ZOS611",
            f"the embedded machine cannot run images of {request.target.title}",
            notes=["it has no kernel, and such an image has no libOS"],
            help=f"run it on `{request.target.executor[0].name}`: `--executor real`"
            if request.target.executor
            else "build it for another target",
        )
    image = Image(request.image)
    text = check_image(image, request.target, strict=not request.fast)
    engine = Engine(image.xlen, text.start)
    try:
        run = _Run(request, image, text, engine)
        return run.with_backtrace(run.to_end())
    finally:
        engine.close()


class _Run:
    def __init__(self, request: RunRequest, image: Image, text: Text, engine: Engine) -> None:
        self._request, self._image, self._text, self._engine = request, image, text, engine
        self._target = target = request.target
        # HTIF's words lie in the image's own memory: only the hook that sees each access sees them.
        strict = not request.fast or any(a.form == "htif" for a in target.host_call_abi.values())
        self._memory = Memory(engine, image, target, request.input, strict=strict)
        self._memory.load()
        self._streams = Streams(request)
        self._host = HostCalls(target, engine, self._memory, self._streams, strict=strict)
        if not strict:
            self._uncover()
        self._tracer = Tracer(image, engine, self._memory, request) if request.trace else None
        self._machine = self._new_machine(strict)
        self._result: RunResult | None = None
        self._post_mortem = PostMortem(request, image, engine, self._memory)
        # Where to go on when it is not where the hart stands.
        self._resume: int | None = None

        engine.hook_native(uc.TRANSLATE, native.function("translate"), self._machine)
        engine.hook_interrupt(self._at_exception)
        self._block_hook: int | None = None
        if strict or self._tracer:
            self._step()
        else:
            function = native.function("count_block")
            self._block_hook = engine.hook_native(uc.BLOCK, function, self._machine)

    def _uncover(self) -> None:
        """Without single steps nothing stops at a word that is a host call here and an ordinary
        instruction to unicorn, so memory holds an illegal one in its place."""
        for address in self._text.places(self._target.instruction_patterns()):
            self._memory.poke(address, bytes(4))

    def _new_machine(self, strict: bool) -> native.Machine:
        machine = native.new_machine(self._memory.areas, self._memory.pages)
        machine.strict = strict
        machine.aligned = self._target.isa.misaligned == "fault"
        machine.address_mask = (1 << self._image.xlen) - 1
        machine.text, machine.text_size = self._text.start, self._text.size
        machine.shift = self._text.shift
        machine.words = ctypes.addressof(ctypes.c_char.from_buffer(self._text.words))
        machine.marks = ctypes.addressof(ctypes.c_char.from_buffer(self._text.marks))
        if self._text.shift == 1 and not strict:
            self._starts = self._text.starts()
            machine.starts = self._starts.buffer_info()[0]
        if strict:
            native.mark_accesses(machine)
        machine.map = native.CALLBACK(self._engine.guarded(self._memory.map_chunk))
        if self._tracer:
            for address in self._tracer.addresses:
                self._text.mark(address, native.MARK_SITE)
            machine.at_site = native.CALLBACK(self._engine.guarded(self._tracer.at))
        if strict and self._host.fresh:
            touches = self._memory.track_touches()
            machine.touched, machine.touched_start, machine.touched_size = touches
        return machine

    def _step(self) -> None:
        self._engine.hook_native(uc.CODE, native.function("step"), self._machine)

    def to_end(self) -> RunResult:
        limit = _FOREVER if self._request.limit is None else self._request.limit
        machine, pc = self._machine, self._image.entry
        machine.pause = min(limit, _SLICE)
        while True:
            machine.reason = native.RUNNING
            code = self._engine.run(pc)
            if self._result is not None:
                return self._result
            pc = self._engine.register(PC)
            if self._resume is not None:
                pc, self._resume = self._resume, None
            elif machine.reason == native.PAUSED:
                if machine.pause < limit:
                    machine.pause = min(limit, machine.pause + _SLICE)
                elif self._block_hook is not None and machine.done + machine.length < limit:
                    # The next block is longer than what is left: go on in single steps.
                    self._engine.unhook(self._block_hook)
                    self._block_hook = None
                    self._set_count(machine.done + machine.length)
                    self._step()
                else:
                    words = f"stopped after {limit} instructions at {self._image.describe(pc)}"
                    return self._end(pc, "limit", 0, limit, words)
            else:
                self._stopped_at(pc, code)
                if self._result is not None:
                    return self._result
                assert self._resume is not None
                pc, self._resume = self._resume, None

    def with_backtrace(self, result: RunResult) -> RunResult:
        """The result of a failed run together with where it failed, as far as asked for."""
        return replace(result, backtrace=self._post_mortem.backtrace(result))

    # --- what stops the hart ---

    def _stopped_at(self, pc: int, code: int) -> None:
        machine = self._machine
        code_here = self._text.executable(pc)
        if machine.reason in (native.UNREACHABLE, native.FOREIGN) and not code_here:
            self._bad_fetch(pc)
        elif machine.reason == native.FOREIGN and self._host.knows(self._text.word(pc)):
            self._go_on(pc, pc + 4 * self._host_word(pc))
        elif machine.reason == native.FOREIGN:
            self._fault(pc, f"executes {self._text.word(pc):#010x}, which {self._not_executed(pc)}")
        elif machine.reason == native.MISALIGNED:
            does = _does(machine.permission)
            self._fault(pc, f"{does} {machine.size} bytes at {machine.address:#x}, misaligned")
        elif machine.reason == native.FORBIDDEN:
            self._bad_access(pc, machine.address, machine.size, machine.permission)
        elif code == uc.INSN_INVALID:
            self._breakpoint(pc)
        elif code == uc.EXCEPTION and not code_here:
            self._bad_fetch(pc)
        elif code == uc.EXCEPTION:
            self._bad_access(pc, *self._access(self._text.word(pc)))
        elif code == uc.OK:
            self._fault(pc - 4, "waits for an interrupt, and none ever comes")
        else:
            raise error(
                "ZOS607",
                f"the emulator stopped at {self._image.describe(pc)}: {self._engine.reason(code)}",
                notes=["this is a fault of the tool, not of the image"],
            )

    def _at_exception(self, cause: int) -> None:
        """Called inside `run`; the pc stands behind the instruction."""
        pc = self._engine.register(PC) - 4
        if cause in _ECALLS and self._host.by_ecall:
            self._serve(pc, self._host.at_ecall)
            if self._result is None:
                return
        elif cause in _ECALLS:
            self._trap(pc, _ECALL_M, 0, "executes `ecall`, which is no host call here")
        elif self._host.knows(word := self._text.word(pc)):
            self._go_on(pc, pc + 4 * self._host_word(pc))
        else:
            self._trap(pc, _ILLEGAL, word, f"executes {word:#010x}, an illegal instruction")
        self._engine.stop()

    def _breakpoint(self, pc: int) -> None:
        around = tuple(self._text.word(pc + offset) for offset in (-4, 0, 4))
        if self._host.by_semihosting and around == _SEMIHOSTING:
            self._serve(pc, self._host.at_semihosting)
            self._go_on(pc, pc + 4)
        else:
            self._trap(pc, _BREAKPOINT, 0, "executes `ebreak`")

    def _host_word(self, pc: int) -> int:
        """Serve a host call that is one instruction, or two, which count as one; gives how many."""
        taken = []
        text = self._text
        self._serve(pc, lambda: taken.append(self._host.at_word(text.word(pc), text.word(pc + 4))))
        return taken[0] if taken else 1

    def _serve(self, pc: int, call: object) -> None:
        assert callable(call)
        try:
            call()
        except Halted as halted:
            self._exited(pc, halted.code)
        except Refused as problem:
            self._fault(pc, str(problem))

    def _bad_fetch(self, pc: int) -> None:
        ra = self._image.describe(self._engine.register(REGISTERS["ra"]))
        came = f"jumps (ra is {ra})"
        step = 1 << self._text.shift
        if pc % step:
            self._fault(pc, f"{came} to an address that is not a multiple of {step}", counted=False)
        elif self._memory.exists(pc):
            self._fault(pc, f"{came} out of the code", counted=False)
        else:
            self._trap(pc, _FETCH_FAULT, pc, f"{came} to where no memory is", counted=False)

    def _bad_access(self, pc: int, address: int, size: int, permission: int) -> None:
        if permission == PROT_WRITE and self._device(pc, address, size):
            return
        words = f"{_does(permission)} {size} bytes at {address:#x}"
        if self._memory.exists(address):
            self._fault(pc, f"{words}, which the image may not {_may(permission)}")
        else:
            cause = _LOAD_FAULT if permission == PROT_READ else _STORE_FAULT
            self._trap(pc, cause, address, f"{words}, where no memory is")

    def _device(self, pc: int, address: int, size: int) -> bool:
        word = self._text.word(pc)
        if word & 0x7F != _STORE:
            return False
        value = self._engine.register(uc.X0 + (word >> 20 & 31)) & ((1 << 8 * size) - 1)
        try:
            if not self._host.at_store(address, size, value):
                return False
        except Halted as halted:
            self._exited(pc, halted.code)
            return True
        except Refused as problem:
            self._fault(pc, str(problem))
            return True
        self._go_on(pc, pc + self._text.length(pc))
        return True

    def _access(self, word: int) -> tuple[int, int, int]:
        """Address, size and permission of the load or store that a word encodes."""
        size, offset, permission = 1 << (word >> 12 & 3), 0, PROT_READ
        if word & 0x7F == _STORE:
            offset, permission = word >> 25 << 5 | word >> 7 & 31, PROT_WRITE
        elif word & 0x7F == _LOAD:
            offset = word >> 20
        elif word >> 27 != 2:  # an atomic that is not `lr`
            permission = PROT_READ | PROT_WRITE
        base = self._engine.register(uc.X0 + (word >> 15 & 31))
        address = base + offset - (offset >> 11 << 12)
        return address & self._machine.address_mask, size, permission

    def _not_executed(self, pc: int) -> str:
        isa = self._target.isa
        return f"a machine of {isa.march} like {self._target.title} does not execute"

    # --- what follows ---

    def _trap(self, pc: int, cause: int, value: int, words: str, *, counted: bool = True) -> None:
        """Deliver an exception as the hart does, or end the run where it has no vector."""
        vector = 0
        isa = self._target.isa
        if "zicsr" in isa.extensions and (cause == _ECALL_M or isa.exceptions == "all"):
            vector = self._engine.register(uc.MTVEC) & ~3
        # Also where the vector cannot be read, since the hart has left machine mode.
        if not vector or not self._text.executable(vector):
            self._fault(pc, words, counted=counted)
            return
        if cause != _ECALL_M:
            self._post_mortem.trapped(pc)
        status = self._engine.register(uc.MSTATUS)
        enabled = _MPIE if status & _MIE else 0
        self._engine.set_register(uc.MSTATUS, status & ~(_MIE | _MPIE) | enabled | _MPP)
        self._engine.set_register(uc.MEPC, pc)
        self._engine.set_register(uc.MCAUSE, cause)
        self._engine.set_register(uc.MTVAL, value)
        self._go_on(pc, vector, counted=counted)

    def _go_on(self, pc: int, to: int, *, counted: bool = True) -> None:
        if self._result is None:
            self._set_count(self._count(pc if counted else None))
            self._resume = to

    def _set_count(self, count: int) -> None:
        self._machine.done, self._machine.length = count, 0

    def _count(self, pc: int | None) -> int:
        """Instructions up to and with the one at `pc`, where the run was interrupted."""
        machine = self._machine
        whole = int(machine.done + machine.length)
        if pc is None:
            return whole
        if self._block_hook is not None:
            inside = 0 <= pc - machine.block <= 4 * machine.length
            if not inside:
                return whole + 1
            return int(machine.done + self._between(machine.block, pc)) + 1
        # Single steps: what the hook refused was not counted.
        return whole if machine.reason == native.RUNNING else whole + 1

    def _between(self, start: int, end: int) -> int:
        """Instructions from one address of a block up to another."""
        if self._text.shift == 2:
            return (end - start) // 4
        first, last = ((address - self._text.start) >> 1 for address in (start, end))
        return self._starts[last] - self._starts[first]

    def _fault(self, pc: int, words: str, *, counted: bool = True) -> None:
        message = f"the guest {words}, at {self._image.describe(pc)}"
        self._end(pc, "fault", 1, self._count(pc if counted else None), message)

    def _exited(self, pc: int, code: int) -> None:
        count = self._count(pc)
        if self._target.exit.codes == "pass-fail":
            code = min(code, 1)
        public = self._target.memory.window("public")
        if public is not None and code == 0:
            data = self._memory.peek(public.start, public.end - public.start)
            self._streams.write("public", data)
        self._end(pc, self._failure() if code else "exit", code, count, None)

    def _failure(self) -> Outcome:
        return FAILURES.get(self._memory.word("zeroos_failure") or 0, "exit")

    def _end(
        self, pc: int, outcome: Outcome, code: int, count: int, message: str | None
    ) -> RunResult:
        self._post_mortem.ended(pc)
        if self._tracer:
            self._tracer.finish()
        self._result = RunResult(
            target=self._target.name,
            executor="embedded",
            outcome=outcome,
            exit_code=code,
            instructions=count,
            output_sha256=self._streams.output_sha256,
            cost={},
            message=message,
            observed=frozenset(self._tracer.observed) if self._tracer else None,
        )
        return self._result


def _does(permission: int) -> str:
    return {PROT_READ: "loads", PROT_WRITE: "stores"}.get(permission, "changes")


def _may(permission: int) -> str:
    return {PROT_READ: "read", PROT_EXEC: "execute"}.get(permission, "write")
