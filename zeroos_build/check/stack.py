# SPDX-License-Identifier: MIT OR Apache-2.0
"""How deep the stack of a program gets: frames read from the code, summed along references.

A function's frame is what its first instructions take from sp. Chains follow every reference, so
a function whose address is stored or passed counts below the one that names it; a comparator of
`qsort` counts below its caller and not below `qsort`. Functions that refer to each other in a
circle count once each. So the sum is an estimate from above for most programs, and no bound for
recursion or for arrays whose size is known at run time only.
"""

from __future__ import annotations

from dataclasses import dataclass

from zeroos_build.riscv.decode import Instruction, decode
from zeroos_build.riscv.registers import SP
from zeroos_build.why.graph import Graph

# A function takes its frame within its first instructions: saved registers come behind it.
_PROLOGUE = 24
# A handler of the libOS runs on the caller's stack, with this much of it at most
# (docs/architecture.md), below a thunk that saves up to 15 registers.
HANDLER = 512 + 128


@dataclass(frozen=True, slots=True)
class Depth:
    """The deepest chain: bytes in all, and its functions with their frames from the entry on."""

    total: int
    frames: tuple[tuple[str, int], ...]


def deepest(graph: Graph) -> Depth:
    """The chain from the program's entry that takes most stack."""
    order, component = _components(graph)
    frames = {start: _frame(graph, start) for start in graph.functions}
    best: dict[int, tuple[int, int | None]] = {}
    members: dict[int, list[int]] = {}
    for node in order:
        members.setdefault(component[node], []).append(node)
    # Tarjan's algorithm numbers a component when all that it leads to have their numbers.
    for number in sorted(members):
        own = sum(frames.get(node, 0) for node in members[number])
        nexts = {component[n] for m in members[number] for n in graph.successors(m)} - {number}
        deeper = max(nexts, key=lambda n: (best[n][0], n), default=None)
        best[number] = (own + (best[deeper][0] if deeper is not None else 0), deeper)
    if not order:
        return Depth(0, ())
    root = component[graph.reached[0]]
    rows = []
    step: int | None = root
    while step is not None:
        for node in members[step]:
            if frames.get(node):
                rows.append((graph.name_of(node), frames[node]))
        step = best[step][1]
    return Depth(best[root][0] + HANDLER, (*rows, ("a system call", HANDLER)))


def _components(graph: Graph) -> tuple[list[int], dict[int, int]]:
    """Reached nodes, and for each the number of its strongly connected component (Tarjan)."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    component: dict[int, int] = {}
    stack: list[int] = []
    count = 0
    for root in graph.reached:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        work = [(root, iter(sorted(graph.successors(root))))]
        while work:
            node, rest = work[-1]
            for target in rest:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    work.append((target, iter(sorted(graph.successors(target)))))
                    break
                if target not in component:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    while True:
                        member = stack.pop()
                        component[member] = count
                        if member == node:
                            break
                    count += 1
    return list(index), component


def _frame(graph: Graph, start: int) -> int:
    """Bytes that the beginning of a function takes from sp."""
    image = graph.image
    data = image.read_memory(start, 4 * _PROLOGUE) or b""
    constants: dict[int, int] = {}
    total, position = 0, 0
    while position + 4 <= len(data):
        word = int.from_bytes(data[position : position + 4], "little")
        instruction = decode(word, image.xlen)
        if instruction is None:
            break
        position += instruction.size
        taken = _taken(instruction, constants)
        if taken is None or position > graph.functions.get(start, 0):
            break
        total += taken
    return total


def _taken(instruction: Instruction, constants: dict[int, int]) -> int | None:
    """Bytes that an instruction takes from sp; None where the prologue surely ends."""
    name, rd, rs1, rs2 = instruction.mnemonic, instruction.rd, instruction.rs1, instruction.rs2
    if name in ("addi", "addiw") and rd == SP and rs1 == SP:
        return -instruction.imm if instruction.imm < 0 else None
    if name == "lui":
        constants[rd] = instruction.imm
    elif name in ("addi", "addiw") and (rs1 == 0 or rs1 in constants):
        constants[rd] = instruction.imm + (constants.get(rs1, 0) if rs1 else 0)
    elif name == "add" and rd == SP and rs1 == SP and rs2 in constants:
        return max(0, -_signed(constants[rs2]))
    elif name == "sub" and rd == SP and rs1 == SP and rs2 in constants:
        return max(0, _signed(constants[rs2]))
    elif instruction.is_return:
        return None
    else:
        constants.pop(rd, None)
    return 0


def _signed(value: int) -> int:
    return value - (1 << 32) if value & 0xFFFFFFFF80000000 == 0x80000000 else value
