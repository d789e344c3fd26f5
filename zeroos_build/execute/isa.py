# SPDX-License-Identifier: MIT OR Apache-2.0
"""Which words are instructions of a target. Capstone decodes: no code is shared with lowering."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zeroos_build.target import Isa

# Capstone's mnemonics, its aliases included, by the extension they belong to.
_I = """
    lui auipc jal jalr beq bne blt bge bltu bgeu lb lh lw lbu lhu sb sh sw addi slti sltiu xori ori
    andi slli srli srai add sub sll slt sltu xor srl sra or and ecall ebreak
    nop mv not neg seqz snez sltz sgtz beqz bnez blez bgez bltz bgtz j jr ret
"""
_I64 = "lwu ld sd addiw slliw srliw sraiw addw subw sllw srlw sraw negw sext.w"
_M = "mul mulh mulhsu mulhu div divu rem remu"
_M64 = "mulw divw divuw remw remuw"
_A = "lr sc amoswap amoadd amoxor amoand amoor amomin amomax amominu amomaxu"
_CSR = """
    csrrw csrrs csrrc csrrwi csrrsi csrrci csrr csrw csrs csrc csrwi csrsi csrci
    mret wfi
"""
_MISC_MEM, _SYSTEM = 0x0F, 0x73
# By funct3.
_CSR_FORMS = {1: "csrrw", 2: "csrrs", 3: "csrrc", 5: "csrrwi", 6: "csrrsi", 7: "csrrci"}
# cycle, time, instret and the hpm counters, for users, supervisors and machines: the host's
# clock, never the same twice. They belong to Zicntr and Zihpm, which no target has.
_COUNTERS = frozenset({*range(0xC00, 0xC20), *range(0xC80, 0xCA0)}) | frozenset(
    {*range(0xB00, 0xB20), *range(0xB80, 0xBA0)}
)


def _mnemonics(isa: Isa) -> frozenset[str]:
    wide = isa.xlen == 64
    names = [*_I.split()]
    if wide:
        names += _I64.split()
    if "m" in isa.extensions:
        names += _M.split() + (_M64.split() if wide else [])
    if "a" in isa.extensions:
        orders = ("", ".aq", ".rl", ".aqrl")
        widths = (".w", ".d") if wide else (".w",)
        names += [a + width + order for a in _A.split() for width in widths for order in orders]
    if "zicsr" in isa.extensions:
        names += _CSR.split()
    return frozenset(names)


def undecodable(words: Iterable[int], isa: Isa) -> frozenset[int]:
    """Those of the words that are no 32-bit instruction of the ISA."""
    from capstone import CS_ARCH_RISCV, CS_MODE_RISCV32, CS_MODE_RISCV64, Cs

    known = _mnemonics(isa)
    decoder = Cs(CS_ARCH_RISCV, CS_MODE_RISCV64 if isa.xlen == 64 else CS_MODE_RISCV32)
    # Words that do not decode come out as `.byte`.
    decoder.skipdata = True
    distinct = sorted(set(words))
    code = b"".join(word.to_bytes(4, "little") for word in distinct)
    bad = set()
    for address, size, mnemonic, _ in decoder.disasm_lite(code, 0):
        word = distinct[address // 4]
        if word & 0x7F == _MISC_MEM:
            # The specification has hardware ignore the fields that capstone wants to be zero.
            if not _fence(word, isa):
                bad.add(word)
        elif size != 4 or mnemonic not in known or _odd(word, isa):
            bad.add(word)
    return frozenset(bad)


def unexecutable(words: Iterable[int], isa: Isa) -> Iterator[int]:
    """Words that decode but end the run of a machine that has lowering remove them."""
    if isa.fence == "nop":
        yield from (word for word in words if word & 0x7F == _MISC_MEM)


def _fence(word: int, isa: Isa) -> bool:
    kind = word >> 12 & 7
    return kind == 0 or (kind == 1 and "zifencei" in isa.extensions)


def _reads_counter(word: int) -> bool:
    return word & 0x7F == _SYSTEM and word >> 12 & 3 != 0 and word >> 20 in _COUNTERS


def _odd(word: int, isa: Isa) -> bool:
    """What capstone takes for an instruction, and the machine does not."""
    return _reads_counter(word) or _foreign_csr(word, isa) or _shifts_far(word, isa)


def _foreign_csr(word: int, isa: Isa) -> bool:
    """An access to a control register that the machine has not, or not in this way."""
    form = _CSR_FORMS.get(word >> 12 & 7)
    if word & 0x7F != _SYSTEM or form is None:
        return False
    foreign = isa.csrs is not None and word >> 20 not in isa.csrs
    return foreign or (isa.csr_forms is not None and form not in isa.csr_forms)


def _shifts_far(word: int, isa: Isa) -> bool:
    """A shift by more than 31: reserved on rv32, and capstone does not mind."""
    shift = word & 0x7F == 0x13 and word >> 12 & 3 == 1
    return isa.xlen == 32 and shift and bool(word >> 25 & 1)
