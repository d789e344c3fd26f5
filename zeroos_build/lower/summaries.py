# SPDX-License-Identifier: MIT OR Apache-2.0
"""What functions in other objects read: keeps thunks small where a libc calls itself.

Only functions count that the reference itself declares hidden and that exactly one object of the
archive defines, outside COMDAT groups: within the archive no other body can be meant. A link in
which another object defines such a name as well is refused (`Summaries.used` lists them).
"""

from __future__ import annotations

from zeroos_build.elf import constants as c
from zeroos_build.elf.tables import Symbol
from zeroos_build.lower.program import Component, Program
from zeroos_build.riscv import registers as r
from zeroos_build.riscv.graph import Effect

# Functions of the libOS without arguments, called by the header overlay of musl.
_OURS = frozenset({"zeroos_crash", "zeroos_pause"})


class Summaries:
    """Registers read by the hidden functions of a set of objects; computed on demand."""

    def __init__(self, programs: list[Program]) -> None:
        self._defined: dict[str, tuple[Program, Symbol] | None] = {}
        for program in programs:
            in_groups = {m for group in program.obj.groups if group.comdat for m in group.members}
            for symbol in program.obj.symbols:
                if not symbol.local and symbol.defined:
                    certain = (
                        symbol.visibility == c.STV_HIDDEN
                        and symbol.section not in in_groups
                        and symbol.name not in self._defined
                    )
                    self._defined[symbol.name] = (program, symbol) if certain else None
        self._reads: dict[str, int | None] = {}
        self.used: set[str] = set()

    def attach(self, program: Program, part: Component) -> None:
        """Fill a component's `callee_reads`; to be called before its liveness is asked for."""
        for node, effect in enumerate(part.graph.effects):
            if effect in (Effect.CALL_EXTERNAL, Effect.TAIL_EXTERNAL):
                symbol = program.jump_symbol(part.places[node])
                if symbol is None or symbol.section != c.SHN_UNDEF:
                    continue
                if symbol.name in _OURS:
                    part.graph.callee_reads[node] = 0
                elif symbol.visibility == c.STV_HIDDEN:
                    reads = self.reads(symbol.name)
                    if reads is not None:
                        part.graph.callee_reads[node] = reads
                        self.used.add(symbol.name)

    def reads(self, name: str) -> int | None:
        """Caller-saved registers that a hidden function reads; None when not known."""
        if name in self._reads:
            return self._reads[name]
        self._reads[name] = None  # in a cycle of calls: believe nothing
        found = self._defined.get(name)
        if found is not None:
            program, symbol = found
            if program.obj.sections[symbol.section].executable:
                part = program.component(symbol.section)
                node = part.node_at.get((symbol.section, symbol.value))
                if node is not None:
                    self.attach(program, part)
                    self._reads[name] = part.liveness.before[node] & r.CALLER_SAVED
        return self._reads[name]
