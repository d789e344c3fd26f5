# SPDX-License-Identifier: MIT OR Apache-2.0
"""C headers: the handlers of the specs, the host calls of a target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from zeroos_build.elf.sites import HOST_CALL
from zeroos_build.generate.text import header, render

if TYPE_CHECKING:
    from zeroos_build.host_call import HostArgument, HostCall, HostCallAbi
    from zeroos_build.spec import Specs
    from zeroos_build.target import Target


def syscalls_header(specs: Specs) -> str:
    """`zeroos/syscalls.h`: a prototype for every handler."""
    structs = {
        match
        for call in specs.by_name.values()
        for argument in call.args
        for match in re.findall(r"struct ([a-z_0-9]+)", argument.type)
    }
    subsystems = [
        {"name": name, "doc": file.doc, "calls": file.syscall} for name, file in specs.files.items()
    ]
    return render(
        "syscalls.h.j2",
        header=header("Handlers of Linux system calls.", ["syscall_specs/"]),
        structs=sorted(structs),
        subsystems=subsystems,
    )


def target_header(target: Target) -> str:
    """`zeroos/target.h`: the host calls of a target as C functions."""
    forms = {abi.form for abi in target.host_call_abi.values()}
    return render(
        "target.h.j2",
        header=header(f"Host calls of {target.title}.", ["target.toml"]),
        name=target.name,
        semihosting="semihosting" in forms,
        windows=_windows(target),
        calls=host_call_rows(target),
    )


def public_target_header(target: Target) -> str:
    """`zeroos/target.h` as a program sees it: functions that the image holds if they are called."""
    return render(
        "target_public.h.j2",
        header=header(f"Host calls of {target.title}, for programs.", ["target.toml"]),
        name=target.name,
        macro=re.sub(r"[^A-Z0-9]", "_", target.name.upper()),
        calls=host_call_rows(target),
    )


def host_call_functions(target: Target) -> str:
    """`zeroos/host_calls.h`: those functions, for one source of the image.

    A program calls them out of line: the compiler that sees an `ecall` of a program takes it for
    a Linux system call, and these are compiled as the bootloader is.
    """
    return render(
        "host_calls.h.j2",
        header=header(f"What programs call of {target.title}.", ["target.toml"]),
        calls=host_call_rows(target),
    )


def host_call_rows(target: Target) -> list[dict[str, Any]]:
    """What the templates need of each host call."""
    return [_host_call(target, call) for call in target.host_call]


def _windows(target: Target) -> list[dict[str, str]]:
    """Memory that streams go through: the machine's addresses, not the image's."""
    memory = target.memory
    rows = (
        ("INPUT", "const unsigned char", "The private input.", memory.window("input")),
        ("PUBLIC", "unsigned char", "The public output.", memory.window("public")),
    )
    return [
        {"name": name, "type": kind, "doc": doc, "start": hex(region.start),
         "size": hex(region.end - region.start)}
        for name, kind, doc, region in rows
        if region is not None
    ]  # fmt: skip


def _host_call(target: Target, call: HostCall) -> dict[str, Any]:
    abi = target.host_call_abi[call.via]
    ends = call.returns == "noreturn"
    kind = "void" if ends else call.returns
    parameters = ", ".join(
        a.type + ("" if a.type.endswith("*") else " ") + a.name for a in call.args if a.only is None
    )
    row: dict[str, Any] = {
        "doc": call.doc,
        "form": abi.form,
        "name": call.name,
        "macro": False,
        "names": ", ".join(a.name for a in call.args if a.only is None),
        "declaration": f"{'_Noreturn ' if ends else ''}{kind} host_{call.name}"
        f"({parameters or 'void'})",
        "kind": kind,
        "ends": ends,
        "symbol": f"{HOST_CALL}{call.name}",
        "parameters": parameters or "void",
        "number": call.number,
        "ending": _ending(abi.form, call.returns),
    }
    if abi.form == "semihosting":
        row["block"] = ", ".join(f"(unsigned long){a.name}" for a in call.args)
    elif abi.form == "htif":
        row["block"] = ", ".join([str(call.number), *(f"(uint64_t){a.name}" for a in call.args)])
        row["tohost"], row["fromhost"] = hex(abi.tohost or 0), hex(abi.fromhost or 0)
    elif abi.form == "mmio":
        row["width"], row["value"] = call.args[0].type, call.args[0].name
        row["address"] = hex(call.address or 0)
    elif abi.form == "instruction":
        row |= _instruction(abi, call)
    else:
        row |= _ecall(abi, call)
    return row


def _ecall(abi: HostCallAbi, call: HostCall) -> dict[str, Any]:
    from zeroos_build.host_call import places

    operands = []
    for argument, registers in places(call, abi):
        for index, register in enumerate(registers):
            variable = f"r_{argument.name}" + (f"_{index}" if index else "")
            value = _value(argument)
            operands.append({"variable": variable, "register": register, "value": value})
    fixed = {abi.number or "": str(call.number), **{r: hex(n) for r, n in abi.fixed.items()}}
    if abi.label:
        fixed[abi.label] = f'(unsigned long)"{call.label}"'
    for register, value in fixed.items():
        variable = "r_number" if register == abi.number else f"r_{register}"
        operands.append({"variable": variable, "register": register, "value": value})
    returns = call.returns not in ("void", "noreturn")
    if returns and abi.result and not any(o["register"] == abi.result for o in operands):
        operands.append({"variable": "r_result", "register": abi.result, "value": "0"})
    result = next((o for o in operands if o["register"] == abi.result), None)
    rest = ", ".join(f'"r"({o["variable"]})' for o in operands if o is not result)
    row: dict[str, Any] = {"operands": operands, "outputs": "", "inputs": rest}
    if result:
        row["outputs"] = f'"+r"({result["variable"]})'
        row["ending"] = _ending(abi.form, call.returns, result["variable"])
    return row


def _value(argument: HostArgument) -> str:
    """The argument as a register holds it."""
    value = f"(unsigned long){argument.name if argument.only is None else argument.only}"
    return f"{value} << {argument.shift}" if argument.shift else value


def _instruction(abi: HostCallAbi, call: HostCall) -> dict[str, Any]:
    """The instruction as `.insn` of its type (the GNU assembler's directive, LLVM's too)."""
    from zeroos_build.host_call import FIELDS, IMMEDIATE, NEXT, places

    word = call.word or 0
    pairs = [(field, argument) for argument, fields in places(call, abi) for field in fields]
    operands = (*FIELDS, IMMEDIATE, NEXT)
    held = {field: argument for field, argument in pairs if field in operands}
    # An operand's name is not its parameter's, which a macro would replace.
    names = {field: f"%[{argument.name}_]" for field, argument in held.items()}
    outputs = ""
    row: dict[str, Any] = {"result": False}
    if call.returns not in ("void", "noreturn"):
        names[abi.result or ""] = "%[result]"
        outputs = '[result] "=r"(result)'
        row["result"] = True
        row["ending"] = _ending(abi.form, call.returns)

    def field(name: str, shift: int) -> str:
        return names.get(name, f"x{word >> shift & 31}")

    opcode, minor = hex(word & 0x7F), word >> 12 & 7
    if abi.layout == "s":
        offset = (word >> 25 << 5 | word >> 7 & 31) - (word >> 31 << 12)
        text = f"s {opcode}, {minor}, {field('rs2', 20)}, {offset}({field('rs1', 15)})"
    else:
        offset = (word >> 20) - (word >> 31 << 12)
        text = (
            f"i {opcode}, {minor}, {field('rd', 7)}, {field('rs1', 15)}, "
            f"{names.get(IMMEDIATE, offset)}"
        )
    if call.next is not None:
        text += "\\n\\t.insn " + _register_form(call.next, names[NEXT])
    kinds = {field: '"i"' if field == IMMEDIATE else '"r"' for field in held}
    named = [f"[{a.name}_] {kinds[f]}({_value(a)})" for f, a in held.items()]
    unnamed = [(f, a) for f, a in pairs if f not in held]
    row["operands"] = [
        {"variable": f"r_{a.name}", "register": f, "value": _value(a)} for f, a in unnamed
    ]
    row["macro"] = IMMEDIATE in held
    row["operands"] += [
        {"variable": f"r_{register}", "register": register, "value": hex(value)}
        for register, value in abi.fixed.items()
    ]
    inputs = ", ".join([*named, *(f'"r"({o["variable"]})' for o in row["operands"])])
    return row | {"text": f".insn {text}", "outputs": outputs, "inputs": inputs}


def _register_form(word: int, rs1: str) -> str:
    """An instruction of the layout R for `.insn`, with an operand for its rs1."""
    opcode, minor, major = hex(word & 0x7F), word >> 12 & 7, word >> 25
    return f"r {opcode}, {minor}, {major}, x{word >> 7 & 31}, {rs1}, x{word >> 20 & 31}"


def _ending(form: str, returns: str, result: str = "result") -> str:
    """What follows the call itself; `result` is the variable that holds its answer."""
    if returns not in ("void", "noreturn"):
        return f"return ({returns}){result};"
    lines = [f"(void){result};"] if form in ("semihosting", "htif") else []
    if returns == "noreturn":
        # A store goes on where the machine does not stop at once.
        lines.append("for (;;)\n        ;" if form == "mmio" else "__builtin_unreachable();")
    return "\n    ".join(lines)
