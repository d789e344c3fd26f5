# SPDX-License-Identifier: MIT OR Apache-2.0
"""Whether code may move: what an object hides in distances is found, or refused."""

from __future__ import annotations

from dataclasses import dataclass, field

from zeroos_build.diagnostics import ZeroosError, error
from zeroos_build.elf import constants as c
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.elf.tables import Relocation, Section
from zeroos_build.lower.labels import Labels
from zeroos_build.lower.program import Place, Program
from zeroos_build.riscv.decode import Instruction
from zeroos_build.riscv.table import Flow

_CALLS = (c.R_RISCV_CALL, c.R_RISCV_CALL_PLT)


def refused(obj: Relocatable, what: str, where: str) -> ZeroosError:
    return error(
        "ZOS427",
        f"`{obj.name}`: the compressed instructions cannot be replaced: {what} in {where}",
        notes=["the target has no compressed instructions, so code would have to move"],
        help="compile it for an ISA without C",
    )


@dataclass
class Resolved:
    """Pairs of instructions that the assembler resolved; they need relocations when code moves.

    `calls` are `auipc` and `jalr`; `addresses` are `auipc` and `addi`, with where they point.
    """

    calls: set[Place] = field(default_factory=set)
    addresses: dict[Place, int] = field(default_factory=dict)


def examine(program: Program) -> Resolved:
    """All code of an object; raises ZOS427 where something could depend on distances in it."""
    for section in program.obj.sections:
        if section.name.startswith(".gcc_except_table") and section.data:
            raise refused(program.obj, "exception tables", f"`{section.name}`")
    examination = _Examination(program)
    for section in program.obj.sections:
        if section.executable and section.data:
            examination.check(section)
    return examination.resolved


class _Examination:
    def __init__(self, program: Program) -> None:
        self.program, self.obj = program, program.obj
        self.resolved = Resolved()
        self.labels = Labels(program)

    def check(self, section: Section) -> None:
        """Add what is resolved in a section."""
        index = section.index
        code = self.program.code(index)
        relocated = {item.offset: item for item in self.obj.relocations(index)}
        targets = self._jump_targets(section, code, relocated)
        addresses = self.program.resolved(index)
        jumps_anywhere = False
        for position, (offset, ins) in enumerate(code):
            where = self.program.describe(index, offset)
            plain = ins.flow is Flow.JALR and offset not in relocated and not ins.is_return
            if ins.mnemonic == "auipc" and offset not in relocated:
                following = code[position + 1] if position + 1 < len(code) else None
                if offset in addresses and offset + 4 not in targets:
                    self.resolved.addresses[index, offset] = addresses[offset]
                    continue
                if (
                    following is None
                    or following[0] != offset + 4
                    or following[1].flow is not Flow.JALR
                    or following[1].rs1 != ins.rd
                    or following[0] in relocated
                    or following[0] in targets
                ):
                    raise refused(self.obj, "an address computed by hand", where)
                self.resolved.calls.add((index, offset))
            elif plain and (index, offset - 4) not in self.resolved.calls:
                call = self._call_before(offset, relocated)
                if ins.imm and not call:
                    raise refused(self.obj, "a jump to a register plus an offset", where)
                jumps_anywhere = jumps_anywhere or (ins.rd == 0 and not call)
        taken = next(self.labels.differing(index), None) if jumps_anywhere else None
        if taken is not None:
            raise refused(
                self.obj,
                "a label's address is taken where a computed jump stands",
                self.program.describe(index, taken),
            )

    @staticmethod
    def _call_before(offset: int, relocated: dict[int, Relocation]) -> bool:
        item = relocated.get(offset - 4)
        return item is not None and item.type in (*_CALLS, c.R_RISCV_RELAX)

    def _jump_targets(
        self,
        section: Section,
        code: list[tuple[int, Instruction]],
        relocated: dict[int, Relocation],
    ) -> set[int]:
        part = self.program.component(section.index)
        found = {
            offset + ins.imm
            for offset, ins in code
            if ins.flow in (Flow.BRANCH, Flow.JAL) and offset not in relocated
        }
        entries = [*part.graph.entries, *part.graph.callers]
        places = [part.places[node] for node in entries]
        for node, targets in enumerate(part.graph.successors):
            if part.graph.instructions[node].flow in (Flow.BRANCH, Flow.JAL):
                places += [part.places[target] for target in targets[-1:]]
        return found | {offset for index, offset in places if index == section.index}
