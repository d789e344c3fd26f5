# SPDX-License-Identifier: MIT OR Apache-2.0
"""Random programs around system calls, as assembly: what lowering must not change.

Each case is a function `case_N` in sections of its own. It may branch into and over sites, loop,
call local functions that pass values in t registers, jump through tables, run off the end of its
section into the next one, and use atomics. Its epilogue folds registers into a0, so that a value
lost across a site shows.
"""

from __future__ import annotations

import random

# Numbers and what the test's configuration makes of them (see test_lowering.py).
PLAIN = (64, 63, 98, 113, 200, 2047)
CONSTANT, LOAD, NORETURN, FRAME = 172, 178, 93, 220
POOL = [
    "t0",
    "t1",
    "t2",
    "t3",
    "t4",
    "t5",
    "t6",
    "a1",
    "a2",
    "a3",
    "a4",
    "a5",
    "a6",
    "s1",
    "s2",
    "s3",
    "s4",
]
_OPS = ["add", "sub", "xor", "or", "and", "mul", "sltu"]


class Case:
    """One random function."""

    def __init__(
        self, number: int, rng: random.Random, *, xlen: int, atomics: bool, tables: bool
    ) -> None:
        self.number, self.rng, self.atomics = number, rng, atomics
        self.tables = tables
        self.word = xlen // 8
        self.load, self.store = ("ld", "sd") if xlen == 64 else ("lw", "sw")
        self.lines: list[str] = []
        self.after: list[str] = []
        self.labels = 0
        self.loops = 0

    def text(self) -> str:
        """The case's assembly."""
        rng, name = self.rng, f"case_{self.number}"
        split = rng.random() < 0.15
        self._section("a")
        self.lines += [f".globl {name}", f".type {name}, @function", f"{name}:"]
        first = rng.random() < 0.1
        if first:
            # A site as the very first instruction: its number is the caller's argument.
            self.lines += ["    ecall"]
        self.lines += [
            "    addi sp, sp, -32",
            f"    {self.store} ra, 0(sp)",
            f"    {self.store} s5, 8(sp)",
            f"    {self.store} s6, 16(sp)",
        ]
        for _ in range(rng.randint(2, 7)):
            self._piece()
        if split:
            # The section ends with a site and control runs on into the next section.
            self._site()
            self._section("b")
        self._epilogue()
        return "\n".join(
            [*self.lines, f".size {name}, . - {name}" if not split else "", *self.after, ""]
        )

    def _section(self, part: str) -> None:
        self.lines.append(f'.section .text.c{self.number:06}.{part}, "ax", @progbits')

    def _label(self) -> str:
        self.labels += 1
        return f".Lc{self.number}_{self.labels}"

    def _emit(self, *lines: str) -> None:
        self.lines += ["    " + line for line in lines]

    def _reg(self) -> str:
        return self.rng.choice(POOL)

    # -- pieces ----------------------------------------------------------------------------

    def _piece(self, depth: int = 0) -> None:
        choices = [
            (self._arithmetic, 5), (self._site, 6), (self._memory, 3), (self._merged, 2),
            (self._run_time, 1), (self._adjacent, 1), (self._constant_site, 1), (self._frame, 1),
            (self._leaf_call, 3), (self._fast_call, 2), (self._quiet_call, 2), (self._forwarder, 2),
            (self._computed, 1), (self._fence, 1), (self._pause, 1), (self._far_number, 1),
        ]  # fmt: skip
        if depth < 2:
            choices += [(lambda: self._branch(depth), 5), (lambda: self._loop(depth), 3)]
        if self.atomics:
            choices += [(self._amo, 4), (self._lr_sc, 2)]
        if self.rng.random() < 0.02:
            choices = [(self._leave, 1)]
        functions, weights = zip(*choices, strict=True)
        self.rng.choices(functions, weights)[0]()

    def _arithmetic(self) -> None:
        for _ in range(self.rng.randint(1, 4)):
            if self.rng.random() < 0.3:
                self._emit(f"addi {self._reg()}, {self._reg()}, {self.rng.randint(-2048, 2047)}")
            else:
                self._emit(f"{self.rng.choice(_OPS)} {self._reg()}, {self._reg()}, {self._reg()}")

    def _arguments(self) -> None:
        for n in range(self.rng.randint(0, 3)):
            self._emit(f"mv a{n}, {self._reg()}")

    def _number(self) -> int:
        rng = self.rng
        return rng.choices([rng.choice(PLAIN), LOAD, FRAME], [8, 1, 1])[0]

    def _site(self) -> None:
        self._arguments()
        between = self.rng.randint(0, 2)
        self._emit(f"li a7, {self._number()}")
        for _ in range(between):
            self._emit(f"add {self._reg()}, {self._reg()}, {self._reg()}")
        self._emit("ecall")
        if self.rng.random() < 0.3:
            self._emit(f"mv {self._reg()}, a0")

    def _constant_site(self) -> None:
        self._emit(f"li a7, {CONSTANT}", "ecall")

    def _frame(self) -> None:
        self._arguments()
        self._emit(f"li a7, {FRAME}", "ecall")

    def _adjacent(self) -> None:
        self._emit(f"li a7, {self._number()}", "ecall", "ecall")

    def _merged(self) -> None:
        """Two numbers meet at one site, as compilers merge equal tails."""
        other, meet = self._label(), self._label()
        self._emit(f"bltu {self._reg()}, {self._reg()}, {other}")
        self._emit(f"li a7, {self.rng.choice(PLAIN)}",
                   f"j {meet}")  # fmt: skip
        self.lines.append(f"{other}:")
        self._emit(f"li a7, {self.rng.choice(PLAIN)}")
        self.lines.append(f"{meet}:")
        self._emit("ecall")

    def _far_number(self) -> None:
        """The number is set long before the site, in another block."""
        over = self._label()
        self._emit(f"li a7, {self.rng.choice(PLAIN)}", f"beq {self._reg()}, {self._reg()}, {over}")
        self._arithmetic()
        self.lines.append(f"{over}:")
        self._emit("ecall")

    def _run_time(self) -> None:
        """The number comes from memory: 0 or 64 in the buffer's first word."""
        self._emit(f"{self.load} a7, 0(s11)", "andi a7, a7, 64", "ecall")

    def _memory(self) -> None:
        offset = 8 * self.rng.randint(2, 255)
        if self.rng.random() < 0.5:
            self._emit(f"{self.store} {self._reg()}, {offset}(s11)")
        else:
            self._emit(f"{self.load} {self._reg()}, {offset}(s11)")

    def _branch(self, depth: int) -> None:
        """Over some pieces; sometimes right to a site, with the number set on both ways."""
        target = self._label()
        kind = self.rng.choice(["beq", "bne", "blt", "bgeu"])
        if self.rng.random() < 0.3:
            self._emit(f"li a7, {self.rng.choice(PLAIN)}")
            self._emit(f"{kind} {self._reg()}, {self._reg()}, {target}")
            self._arithmetic()
            self.lines.append(f"{target}:")
            self._emit("ecall")
            return
        self._emit(f"{kind} {self._reg()}, {self._reg()}, {target}")
        for _ in range(self.rng.randint(1, 2)):
            self._piece(depth + 1)
        self.lines.append(f"{target}:")

    def _loop(self, depth: int) -> None:
        if self.loops == 2:
            return
        counter = f"s{7 + self.loops}"
        self.loops += 1
        start = self._label()
        self._emit(f"li {counter}, {self.rng.randint(1, 3)}")
        self.lines.append(f"{start}:")
        for _ in range(self.rng.randint(1, 2)):
            self._piece(depth + 1)
        self._emit(f"addi {counter}, {counter}, -1", f"bnez {counter}, {start}")
        self.loops -= 1

    def _function(self, body: list[str], *, section: bool | None = None) -> str:
        """A local function behind the case, in its section or in one of its own."""
        self.labels += 1
        name = f"local_{self.number}_{self.labels}"
        own = self.rng.random() < 0.5 if section is None else section
        head = [f'.section .text.c{self.number:06}.f{self.labels}, "ax", @progbits'] if own else []
        self.after += [*head, f".type {name}, @function", f"{name}:", *["    " + x for x in body],
                       f".size {name}, . - {name}"]  # fmt: skip
        return name

    def _leaf_call(self) -> None:
        """An ordinary function with a site in it."""
        number = self.rng.choice(PLAIN)
        name = self._function(
            ["add a0, a0, a1", f"li a7, {number}", "ecall", "addi a0, a0, 3", "ret"]
        )
        self._arguments()
        self._emit(f"call {name}")

    def _fast_call(self) -> None:
        """An argument in a t register and a result in another: LLVM's fastcc."""
        name = self._function(
            ["mv t5, t3", f"li a7, {self.rng.choice(PLAIN)}", "ecall", "add t4, t5, a0", "ret"]
        )
        self._emit(
            f"mv t3, {self._reg()}", f"call {name}", f"xor s3, s3, {self.rng.choice(['t4', 't5'])}"
        )

    def _quiet_call(self) -> None:
        """The caller knows what the callee leaves alone: gcc's -fipa-ra."""
        name = self._function([f"li a7, {self.rng.choice(PLAIN)}", "ecall", "ret"])
        kept = self.rng.choice(["t0", "t6", "a4", "t2"])
        self._emit(f"mv {kept}, {self._reg()}", f"call {name}", f"add s4, s4, {kept}")

    def _forwarder(self) -> None:
        """The number is an argument."""
        name = self._function(["mv a7, a0", "mv a0, a1", "mv a1, a2", "ecall", "ret"])
        self._emit(f"li a0, {self.rng.choice(PLAIN)}", f"mv a1, {self._reg()}", f"call {name}")

    def _computed(self) -> None:
        """A jump through a register to a label whose address is taken."""
        target = self._label()
        if self.tables:
            # As compilers do it: the address lies in a table.
            word = ".dword" if self.word == 8 else ".word"
            self.after += [".pushsection .data", f".balign {self.word}",
                           f"{target}_table: {word} {target}", ".popsection"]  # fmt: skip
            self._emit(f"la t6, {target}_table", f"{self.load} t6, 0(t6)", "jr t6")
        else:
            self._emit(f"la t6, {target}", "jr t6")
        self._emit("ebreak")
        self.lines.append(f"{target}:")
        self._emit(f"li a7, {self.rng.choice(PLAIN)}", "ecall")
        # The address differs between the two links; that it survived the site must show as 0.
        if self.tables:
            self._emit("mv t6, zero")
        else:
            self._emit(f"la t5, {target}", "sub t6, t6, t5", "mv t5, zero")

    def _fence(self) -> None:
        self._emit(self.rng.choice(["fence", "fence rw, w", "fence.i"]))

    def _pause(self) -> None:
        self._emit("pause")

    def _leave(self) -> None:
        self._emit(f"li a7, {NORETURN}", "ecall")

    def _amo(self) -> None:
        width, offset = self.rng.choice([("w", 4), ("d", 8)][: self.word // 4])
        name = self.rng.choice(["swap", "add", "xor", "and", "or", "min", "max", "minu", "maxu"])
        base = self.rng.choice(["t0", "a5", "s1"])
        place = offset * self.rng.randint(4, 30)
        target = self.rng.choice(["zero", self._reg(), base])
        self._emit(
            f"addi {base}, s11, {place}", f"amo{name}.{width} {target}, {self._reg()}, ({base})"
        )
        self._emit(f"mv {base}, zero")

    def _lr_sc(self) -> None:
        width, offset = self.rng.choice([("w", 4), ("d", 8)][: self.word // 4])
        again = self._label()
        self._emit(f"addi a5, s11, {offset * self.rng.randint(4, 30)}")
        self.lines.append(f"{again}:")
        self._emit(f"lr.{width} t0, (a5)", "add t1, t0, a1", f"sc.{width} t2, t1, (a5)",
                   f"bnez t2, {again}", "mv a5, zero")  # fmt: skip

    def _epilogue(self) -> None:
        """Fold a random set of registers into the result, restore, return."""
        for register in self.rng.sample(POOL, self.rng.randint(3, len(POOL))):
            self._emit("slli a0, a0, 1" if self.rng.random() < 0.5 else "addi a0, a0, 7")
            self._emit(f"add a0, a0, {register}")
        self._emit(f"{self.load} ra, 0(sp)", f"{self.load} s5, 8(sp)", f"{self.load} s6, 16(sp)",
                   "addi sp, sp, 32", "ret")  # fmt: skip


def program(
    first: int, count: int, seed: str, *, atomics: bool, xlen: int = 64,
    compressed: bool = False, tables: bool = False,
) -> str:  # fmt: skip
    """The assembly of cases `first` to `first + count - 1`."""
    parts = [".option rvc" if compressed else ".option norvc"]
    for number in range(first, first + count):
        rng = random.Random(f"{seed}/{number}")
        parts.append(Case(number, rng, xlen=xlen, atomics=atomics, tables=tables).text())
    return "\n".join(parts)
