# SPDX-License-Identifier: MIT OR Apache-2.0
"""The A extension in plain instructions.

Correct on one hart with cooperative threads: nothing else can run between the load and the
store. An `sc` may only succeed behind an `lr` of the same address, so unpaired ones are refused.
"""

from __future__ import annotations

from zeroos_build.diagnostics import ZeroosError, error
from zeroos_build.lower.program import Place, Program
from zeroos_build.lower.thunk import Code
from zeroos_build.riscv import encode as e
from zeroos_build.riscv import registers as r
from zeroos_build.riscv.decode import Instruction
from zeroos_build.riscv.graph import Effect

_REGISTER_OPS = {
    "amoadd": (0, 0), "amoxor": (4, 0), "amoand": (7, 0), "amoor": (6, 0),
}  # fmt: skip
# name: (branch funct3, old value first): the branch skips the copy of the old value.
_COMPARE_OPS = {
    "amomin": (4, False), "amomax": (4, True), "amominu": (6, False), "amomaxu": (6, True),
}  # fmt: skip


def _width(instruction: Instruction) -> int:
    return 64 if instruction.mnemonic.endswith(".d") else 32


def refuse(program: Program, place: Place, why: str) -> ZeroosError:
    """The error for an atomic instruction that has no plain equivalent here."""
    return error(
        "ZOS422",
        f"`{program.obj.name}`: cannot lower the atomic instruction in "
        f"{program.describe(*place)}: {why}",
        notes=["the target has no A extension"],
        help="compile this object for the target's own ISA, without A",
    )


def load_reserved(instruction: Instruction) -> int:
    """`lr` as a plain load, in place."""
    return e.load(instruction.rd, instruction.rs1, 0, _width(instruction))


def store_conditional(program: Program, place: Place, instruction: Instruction) -> Code:
    """`sc` as a plain store that succeeds; refuses one without its `lr` on every path."""
    if not _paired(program, place, instruction):
        raise refuse(program, place, "no `lr` of the same address comes before it on every path")
    if instruction.rd == r.SP:
        raise refuse(program, place, "its result goes to sp")
    code = Code(program.obj.xlen)
    code.emit(e.store(instruction.rs2, instruction.rs1, 0, _width(instruction)))
    if instruction.rd:
        code.emit(e.addi(instruction.rd, 0, 0))
    return code


def _paired(program: Program, place: Place, sc: Instruction) -> bool:
    part = program.component(place[0])
    graph = part.graph
    start = part.node_at[place]
    seen = {start}
    todo = [start]
    while todo:
        node = todo.pop()
        if graph.entries.get(node) or node in graph.callers or not graph.predecessors[node]:
            return False
        for previous in graph.predecessors[node]:
            instruction = graph.instructions[previous]
            if instruction.mnemonic.startswith("lr."):
                same = instruction.rs1 == sc.rs1 and _width(instruction) == _width(sc)
                if not same or instruction.rd == sc.rs1:
                    return False
                continue
            if (
                graph.effects[previous] is not Effect.NONE
                or instruction.extension == "a"
                or instruction.writes >> sc.rs1 & 1
            ):
                return False
            if previous not in seen:
                seen.add(previous)
                todo.append(previous)
    return True


def read_modify_write(program: Program, place: Place, instruction: Instruction, live: int) -> Code:
    """`amo*` on dead registers, or on saved ones where none is dead."""
    if instruction.rd == r.SP:
        raise refuse(program, place, "its result goes to sp")
    code = Code(program.obj.xlen)
    width = _width(instruction)
    rd, rs1, rs2 = instruction.rd, instruction.rs1, instruction.rs2
    name = instruction.mnemonic.partition(".")[0]
    used = 1 << rd | 1 << rs1 | 1 << rs2
    dead = r.members(r.CALLER_SAVED & ~live & ~used)
    spare = [x for x in r.members(r.TEMPORARIES & ~used) if x not in dead]
    # rd itself can hold the old value unless it is still needed as an operand.
    own = rd != 0 and rd not in (rs1, rs2)
    wanted = (0 if own else 1) + (0 if name == "amoswap" else 1)
    taken = dead[:wanted]
    spilled = spare[: wanted - len(taken)]
    if spilled and rs2 == r.SP:
        raise refuse(program, place, "its operand is sp and no register is free")
    pool = taken + spilled
    size = code.save(spilled)
    old = rd if own else pool.pop()
    offset = size if rs1 == r.SP else 0
    code.emit(e.load(old, rs1, offset, width))
    new = rs2
    if name != "amoswap":
        new = pool.pop()
        _combine(code, name, new, old, rs2, width)
    code.emit(e.store(new, rs1, offset, width))
    if rd and not own:
        code.emit(e.mv(rd, old))
    code.restore(spilled, size)
    return code


def _combine(code: Code, name: str, new: int, old: int, operand: int, width: int) -> None:
    if name in _REGISTER_OPS:
        funct3, funct7 = _REGISTER_OPS[name]
        code.emit(e.r_type(0x33, new, funct3, old, operand, funct7))
        return
    funct3, old_first = _COMPARE_OPS[name]
    if width == 32 and code.xlen == 64:
        # `old` was sign-extended by its load; unsigned order survives sign extension.
        code.emit(e.i_type(0x1B, new, 0, operand, 0))
    else:
        code.emit(e.mv(new, operand))
    first, second = (old, new) if old_first else (new, old)
    code.emit(e.b_type(0x63, funct3, first, second, 8), e.mv(new, old))
