# SPDX-License-Identifier: MIT OR Apache-2.0
"""Compressed instructions for machines without them: each one becomes its long form of 4 bytes.

Code moves, so everything that names a place in it has to follow: relocations, symbols, branches.
What an object may hide is refused: addresses that were computed by hand, label differences that
an assembler resolved. Unwind tables and line tables of objects assembled with -mno-relax keep the
old distances; nothing at run time reads them (C++ exception tables are refused).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass, field

from zeroos_build.diagnostics import ZeroosError, error
from zeroos_build.elf import constants as c
from zeroos_build.elf.relocatable import Relocatable, Relocation, Section, Symbol
from zeroos_build.elf.sites import source_name
from zeroos_build.lower.program import Component, Place, Program
from zeroos_build.riscv import encode as e
from zeroos_build.riscv import registers as r
from zeroos_build.riscv.decode import Instruction
from zeroos_build.riscv.graph import Effect, Entry
from zeroos_build.riscv.table import Flow

# A branch reaches 4 KiB; what lies between can still move by padding that the linker decides.
_BRANCH_REACH = 4096 - 256
_WIDE = {
    c.R_RISCV_RVC_BRANCH: c.R_RISCV_BRANCH,
    c.R_RISCV_RVC_JUMP: c.R_RISCV_JAL,
    c.R_RISCV_RVC_LUI: c.R_RISCV_HI20,
}
_BRANCHES = (c.R_RISCV_BRANCH, c.R_RISCV_RVC_BRANCH)
_CALLS = (c.R_RISCV_CALL, c.R_RISCV_CALL_PLT)
_ARGUMENTS = r.mask(range(r.A0, r.A7 + 1))
_ADDRESSES = (c.R_RISCV_PCREL_HI20, c.R_RISCV_HI20, c.R_RISCV_GOT_HI20)


@dataclass
class _Piece:
    """A run of bytes that moves as a whole: an instruction, a pair, padding or data."""

    start: int
    size: int
    instruction: Instruction | None = None
    data: bytes = b""
    align: int = 0
    # A jump that has no relocation: its target, an old offset.
    target: int | None = None
    long: bool = False
    new: int = 0

    @property
    def width(self) -> int:
        """Bytes after expansion."""
        if self.align:
            return self.align - 4
        if self.instruction is None:
            return -(-self.size // 4) * 4
        return 8 if self.long else 4


@dataclass
class _Moved:
    """A section's pieces, by old offset."""

    section: Section
    pieces: list[_Piece]
    starts: list[int] = field(default_factory=list)
    old_size: int = 0
    new_size: int = 0

    def at(self, offset: int) -> int | None:
        """The new offset of an old one; None inside an instruction and outside of the section."""
        if not 0 <= offset < self.old_size:
            return self.new_size if offset == self.old_size else None
        piece = self.pieces[bisect_right(self.starts, offset) - 1]
        if offset == piece.start or piece.instruction is None:
            return piece.new + min(offset - piece.start, piece.width)
        return None


def expand_compressed(obj: Relocatable) -> None:
    """Rewrite all code of an object in place without compressed instructions.

    Raises ZOS427 when something in the object could depend on distances in its code.
    """
    _Expander(obj).run()


def _refused(obj: Relocatable, what: str, where: str) -> ZeroosError:
    return error(
        "ZOS427",
        f"`{obj.name}`: the compressed instructions cannot be replaced: {what} in {where}",
        notes=["the target has no compressed instructions, so code would have to move"],
        help="compile it for an ISA without C",
    )


class _Expander:
    def __init__(self, obj: Relocatable) -> None:
        self.obj, self.program = obj, Program(obj)
        self.moved: dict[int, _Moved] = {}
        self.calls: set[Place] = set()
        # `auipc` and `addi` that the assembler resolved: where they point.
        self.addresses: dict[Place, int] = {}
        self.functions = {
            (s.section, s.value): source_name(s.name)
            for s in obj.symbols
            if s.type == c.STT_FUNC and s.defined
        }
        self.starts = sorted(self.functions)

    def _function(self, index: int, offset: int) -> str | None:
        """The source's name of the function that holds a place."""
        position = bisect_right(self.starts, (index, offset)) - 1
        start = self.starts[position] if position >= 0 else (-1, 0)
        return self.functions[start] if start[0] == index else None

    def run(self) -> None:
        obj = self.obj
        for section in obj.sections:
            if section.name.startswith(".gcc_except_table") and section.data:
                raise _refused(obj, "exception tables", f"`{section.name}`")
        sections = [s for s in obj.sections if s.executable and s.data]
        for section in sections:
            self._check(section)
            self.moved[section.index] = self._pieces(section)
        for moved in self.moved.values():
            self._place(moved)
        # From here on nothing can fail but places inside instructions, which are found first.
        labels = {index: self._labels(moved) for index, moved in self.moved.items()}
        self._short_numbers()
        self._addends()
        for index, moved in self.moved.items():
            self._relocations(moved, labels[index])
        self._symbols()
        for moved in self.moved.values():
            moved.section.data = self._bytes(moved)
            moved.section.size = len(moved.section.data)
            moved.section.align = max(moved.section.align, 4)
        obj.flags &= ~c.EF_RISCV_RVC
        for section in obj.sections:
            if section.type == c.SHT_RISCV_ATTRIBUTES:
                # It names the C extension; what an image holds is read from its code.
                obj.drop_content(section)
                section.type = c.SHT_PROGBITS
        obj.changed = True

    # -- what cannot be moved --------------------------------------------------------------

    def _check(self, section: Section) -> None:
        index = section.index
        code = self.program.code(index)
        relocated = {item.offset: item for item in self.obj.relocations(index)}
        targets = self._jump_targets(section, code, relocated)
        jumps_anywhere = False
        for position, (offset, ins) in enumerate(code):
            where = self.program.describe(index, offset)
            plain = ins.flow is Flow.JALR and offset not in relocated and not ins.is_return
            if ins.mnemonic == "auipc" and offset not in relocated:
                following = code[position + 1] if position + 1 < len(code) else None
                goal = self._resolved_address(section, offset, ins, following)
                if goal is not None and following is not None and following[0] not in targets:
                    self.addresses[index, offset] = goal
                    continue
                if (
                    following is None
                    or following[0] != offset + 4
                    or following[1].flow is not Flow.JALR
                    or following[1].rs1 != ins.rd
                    or following[0] in relocated
                    or following[0] in targets
                ):
                    raise _refused(self.obj, "an address computed by hand", where)
                self.calls.add((index, offset))
            elif plain and (index, offset - 4) not in self.calls:
                call = self._call_before(offset, relocated)
                if ins.imm and not call:
                    raise _refused(self.obj, "a jump to a register plus an offset", where)
                jumps_anywhere = jumps_anywhere or (ins.rd == 0 and not call)
        if jumps_anywhere:
            self._refuse_taken_labels(section)

    @staticmethod
    def _call_before(offset: int, relocated: dict[int, Relocation]) -> bool:
        item = relocated.get(offset - 4)
        return item is not None and item.type in (*_CALLS, c.R_RISCV_RELAX)

    def _resolved_address(
        self,
        section: Section,
        offset: int,
        ins: Instruction,
        following: tuple[int, Instruction] | None,
    ) -> int | None:
        """Where `auipc` and `addi` of one register point, if into this section's code."""
        if following is None or following[0] != offset + 4:
            return None
        second = following[1]
        plain = second.mnemonic == "addi" and second.size == 4
        if not plain or not second.rd == second.rs1 == ins.rd:
            return None
        if any(item.offset == offset + 4 for item in self.obj.relocations(section.index)):
            return None
        goal = offset + ins.imm + second.imm
        return goal if (section.index, goal) in self._nodes(section.index).node_at else None

    def _nodes(self, index: int) -> Component:
        return self.program.component(index)

    def _jump_targets(
        self,
        section: Section,
        code: list[tuple[int, Instruction]],
        relocated: dict[int, Relocation],
    ) -> set[int]:
        part = self._nodes(section.index)
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

    def _refuse_taken_labels(self, section: Section) -> None:
        """A computed goto by differences from a label: the differences may be resolved already."""
        index = section.index
        taken = {
            item.offset: self.program.target(item)
            for item in self.obj.relocations(index)
            if item.type in _ADDRESSES
        }
        taken |= {o: (index, goal) for (where, o), goal in self.addresses.items() if where == index}
        for offset, place in taken.items():
            if place is None or place in self.functions or place[1] == 0:
                continue
            if not self._only_jumped_to(index, offset):
                raise _refused(
                    self.obj,
                    "a label's address is taken where a computed jump stands",
                    self.program.describe(index, offset),
                )

    def _only_jumped_to(self, index: int, offset: int) -> bool:
        """Whether nothing but jumps looks at the address that an `auipc` and `addi` make.

        Then no difference can be added to it. Followed on all paths until it is overwritten;
        a computed jump leads to each label of its function whose address is taken, in cold parts
        of it too. A function that ends hands no label on, neither to its caller nor by a tail
        call: C has no use for one of a dead frame.
        """
        part = self._nodes(index)
        graph = part.graph
        first, second = part.node_at.get((index, offset)), part.node_at.get((index, offset + 4))
        if first is None or second is None:
            return False
        register = graph.instructions[first].rd
        add = graph.instructions[second]
        if add.mnemonic != "addi" or not add.rd == add.rs1 == register:
            return False
        labels = [node for node, entry in graph.entries.items() if Entry.TAKEN in entry]
        own = [part.node_at.get((place[0], goal)) for place, goal in self.addresses.items()]
        labels += [node for node in own if node is not None]
        function = self._function(index, offset)
        labels = [
            node
            for node in labels
            if part.places[node] not in self.functions
            and self._function(*part.places[node]) == function
        ]
        mask = 1 << register
        seen: set[int] = set()
        todo = list(graph.successors[second])
        while todo:
            node = todo.pop()
            if node in seen:
                continue
            seen.add(node)
            ins, effect = graph.instructions[node], graph.effects[node]
            if ins.flow is Flow.BRANCH or (ins.flow is Flow.JALR and ins.rd == 0):
                pass
            elif ins.reads & mask:
                return False
            if effect in (Effect.RETURN, Effect.TAIL_EXTERNAL) and ins.flow is not Flow.BRANCH:
                continue
            if effect is Effect.UNKNOWN and ins.flow is Flow.JALR:
                todo += labels
                continue
            if effect in (Effect.CALL_LOCAL, Effect.CALL_EXTERNAL):
                if mask & _ARGUMENTS:
                    return False
                if mask & r.CALLER_SAVED:
                    continue
            elif effect is Effect.SITE:
                if mask & _ARGUMENTS:
                    return False
            elif effect is not Effect.NONE:
                return False
            if not ins.writes & mask:
                todo += graph.successors[node]
        return True

    # -- pieces ----------------------------------------------------------------------------

    def _pieces(self, section: Section) -> _Moved:
        index, data = section.index, bytes(section.data)
        relocations = self.obj.relocations(index)
        relocated = {item.offset for item in relocations if item.type != c.R_RISCV_RELAX}
        padding = {i.offset: i.addend for i in relocations if i.type == c.R_RISCV_ALIGN}
        pieces: list[_Piece] = []
        position = 0
        at = dict(self.program.code(index))
        for offset, ins in at.items():
            if offset < position:
                continue  # inside padding
            if offset > position:
                pieces.append(_Piece(position, offset - position, data=data[position:offset]))
            if offset in padding:
                size = padding[offset]
                if not 0 < size <= len(data) - offset:
                    raise _refused(self.obj, "padding", self.program.describe(index, offset))
                # n bytes of padding align to the next power of two above n.
                pieces.append(_Piece(offset, size, align=1 << size.bit_length()))
                position = offset + size
                continue
            target = None
            if offset not in relocated:
                if ins.flow in (Flow.BRANCH, Flow.JAL):
                    target = offset + ins.imm
                elif (index, offset) in self.calls:
                    target = offset + ins.imm + at[offset + 4].imm
                elif (index, offset) in self.addresses:
                    target = self.addresses[index, offset]
            pieces.append(_Piece(offset, ins.size, ins, target=target))
            position = offset + ins.size
        if position < len(data):
            pieces.append(_Piece(position, len(data) - position, data=data[position:]))
        return _Moved(section, pieces, [p.start for p in pieces], len(data))

    def _place(self, moved: _Moved) -> None:
        """New offsets; branches that do not reach any more grow until all do."""
        index = moved.section.index
        goals = self._branch_goals(moved)
        while True:
            offset = 0
            for piece in moved.pieces:
                piece.new = offset
                offset += piece.width
            moved.new_size = offset
            grown = False
            for piece, goal in goals:
                place = moved.at(goal)
                if place is None:
                    where = self.program.describe(index, piece.start)
                    raise _refused(self.obj, "a branch into an instruction", where)
                if not piece.long and abs(place - piece.new) > _BRANCH_REACH:
                    piece.long = grown = True
            if not grown:
                return

    def _branch_goals(self, moved: _Moved) -> list[tuple[_Piece, int]]:
        """Branches inside the section, with their old targets."""
        index = moved.section.index
        by_start = {piece.start: piece for piece in moved.pieces}
        goals = []
        for item in self.obj.relocations(index):
            if item.type in _BRANCHES:
                place = self.program.target(item)
                piece = by_start.get(item.offset)
                ins = piece.instruction if piece is not None else None
                if piece is None or ins is None or ins.flow is not Flow.BRANCH:
                    where = self.program.describe(index, item.offset)
                    raise _refused(self.obj, "a branch's relocation without a branch", where)
                if place is not None and place[0] == index:
                    goals.append((piece, place[1]))
        for piece in moved.pieces:
            ins = piece.instruction
            if ins is not None and piece.target is not None and ins.flow is Flow.BRANCH:
                goals.append((piece, piece.target))
        return goals

    # -- what names places -----------------------------------------------------------------

    def _at(self, index: int, offset: int, who: str) -> int:
        place = self.moved[index].at(offset)
        if place is None:
            raise _refused(
                self.obj, f"{who} names a place that is no instruction's",
                self.program.describe(index, offset),
            )  # fmt: skip
        return place

    def _labels(self, moved: _Moved) -> list[Relocation]:
        """Relocations for jumps that had none, against new labels with their old offsets."""
        index = moved.section.index
        found = []
        for piece in moved.pieces:
            ins = piece.instruction
            if ins is None or piece.target is None:
                continue
            self._at(index, piece.target, "a jump")
            label = self.obj.add_local(f".Lzeroos_target_{piece.start:x}", index, piece.target)
            kind = c.R_RISCV_CALL_PLT
            if ins.flow is Flow.BRANCH:
                kind = c.R_RISCV_BRANCH
            elif ins.flow is Flow.JAL:
                kind = c.R_RISCV_JAL
            elif (index, piece.start) in self.addresses:
                kind = c.R_RISCV_PCREL_HI20
                name = f".Lzeroos_pcrel_{piece.start:x}"
                here = self.obj.add_local(name, index, piece.start)
                found.append(Relocation(piece.start + 4, c.R_RISCV_PCREL_LO12_I, here, 0))
            found.append(Relocation(piece.start, kind, label, 0))
        return found

    def _short_numbers(self) -> None:
        """Distances in debug information as ULEB128: those that outgrow their bytes stay old."""
        for target in self.obj.relocation_sections:
            section = self.obj.sections[target]
            items = self.obj.relocations(target)
            pairs = {i.offset: i for i in items if i.type == c.R_RISCV_SUB_ULEB128}
            for item in [i for i in items if i.type == c.R_RISCV_SET_ULEB128]:
                if not self._outgrown(section, item, pairs.get(item.offset)):
                    continue
                if section.flags & c.SHF_ALLOC:
                    raise _refused(self.obj, "a distance in few bytes", f"`{section.name}`")
                items[:] = [i for i in items if i is not item and i is not pairs.get(item.offset)]

    def _outgrown(self, section: Section, high: Relocation, low: Relocation | None) -> bool:
        """Whether a ULEB128 may not hold its value, padding of the linker included."""
        values = []
        for item in (high, low):
            if item is None:
                return False
            symbol = self.obj.symbols[item.symbol]
            moved = self.moved.get(symbol.section)
            place = None if moved is None else moved.at(symbol.value + item.addend)
            if place is None:
                return False
            values.append(place)
        size = 1
        while section.data[high.offset + size - 1 : high.offset + size] > b"\x7f":
            size += 1
        return not 0 <= values[0] - values[1] + 64 < 1 << 7 * size

    def _addends(self) -> None:
        """Where a relocation counts from a symbol, the distance may have grown."""
        for target in self.obj.relocation_sections:
            loaded = self.obj.sections[target].flags & c.SHF_ALLOC
            for item in self.obj.relocations(target):
                symbol = self.obj.symbols[item.symbol]
                if item.addend and symbol.section in self.moved and item.type not in (
                    c.R_RISCV_ALIGN, c.R_RISCV_RELAX
                ):  # fmt: skip
                    moved = self.moved[symbol.section]
                    place = moved.at(symbol.value + item.addend)
                    base = moved.at(symbol.value)
                    if place is None or base is None:
                        if loaded:
                            self._at(symbol.section, symbol.value + item.addend, "a relocation")
                        continue  # debug information of something that is not there
                    item.addend = place - base

    def _relocations(self, moved: _Moved, added: list[Relocation]) -> None:
        index = moved.section.index
        items = self.obj.relocations(index)
        items += added
        # A pair's second half stands at its own place.
        by_start = {piece.start: piece for piece in moved.pieces}
        kept = []
        for item in items:
            piece = by_start.get(item.offset)
            if item.type == c.R_RISCV_ALIGN and piece is not None and piece.align:
                if piece.align <= 4:
                    continue
                item.addend = piece.align - 4
            where = item.offset
            item.offset = self._at(index, where, "a relocation")
            item.type = _WIDE.get(item.type, item.type)
            if item.type == c.R_RISCV_BRANCH and piece is not None and piece.long:
                item.offset += 4
                item.type = c.R_RISCV_JAL
            kept.append(item)
        kept.sort(key=lambda item: item.offset)
        items[:] = kept

    def _symbols(self) -> None:
        for symbol in self.obj.symbols:
            if symbol.section not in self.moved:
                continue
            moved = self.moved[symbol.section]
            end = moved.at(symbol.value + symbol.size)
            start = self._at(symbol.section, symbol.value, f"`{symbol.name}`")
            if symbol.size:
                symbol.size = max(0, (moved.new_size if end is None else end) - start)
            symbol.value = start
            if _is_code_mark(symbol):
                symbol.name = "$x"

    # -- bytes -----------------------------------------------------------------------------

    @staticmethod
    def _bytes(moved: _Moved) -> bytearray:
        out = bytearray()
        for piece in moved.pieces:
            ins = piece.instruction
            if piece.align:
                out += struct.pack("<I", e.NOP) * (piece.width // 4)
            elif ins is None:
                out += piece.data + bytes(piece.width - len(piece.data))
            elif piece.long:
                # The opposite branch over a jump; only the jump has a relocation.
                word = ins.word ^ 0x1000
                opposite = e.b_type(0x63, word >> 12 & 7, ins.rs1, ins.rs2, 8)
                out += struct.pack("<II", opposite, e.jal(0))
            else:
                out += struct.pack("<I", ins.word)
        return out


def _is_code_mark(symbol: Symbol) -> bool:
    return symbol.local and symbol.name.startswith("$x") and symbol.name != "$x"
