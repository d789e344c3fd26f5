# SPDX-License-Identifier: MIT OR Apache-2.0
"""C headers: the handlers of the specs, the host calls of a target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from zeroos_build.generate.text import header, render

if TYPE_CHECKING:
    from zeroos_build.spec import Specs
    from zeroos_build.target import HostCall, HostCallAbi, Target


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
        calls=[_host_call(target, call) for call in target.host_call],
    )


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
    kind = {"noreturn": "_Noreturn void"}.get(call.returns, call.returns)
    parameters = ", ".join(
        a.type + ("" if a.type.endswith("*") else " ") + a.name for a in call.args
    )
    row: dict[str, Any] = {
        "doc": call.doc,
        "form": abi.form,
        "declaration": f"{kind} host_{call.name}({parameters or 'void'})",
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
    else:
        row |= _ecall(abi, call)
    return row


def _ecall(abi: HostCallAbi, call: HostCall) -> dict[str, Any]:
    operands = [
        {"variable": f"r_{a.name}", "register": register, "value": f"(unsigned long){a.name}"}
        for a, register in zip(call.args, abi.args, strict=False)
    ]
    number = {"variable": "r_number", "register": abi.number or "", "value": str(call.number)}
    operands.append(number)
    result = next((o for o in operands if o["register"] == abi.result), None)
    rest = ", ".join(f'"r"({o["variable"]})' for o in operands if o is not result)
    row: dict[str, Any] = {"operands": operands, "outputs": "", "inputs": rest}
    if result:
        row["outputs"] = f'"+r"({result["variable"]})'
        row["ending"] = _ending(abi.form, call.returns, str(result["variable"]))
    return row


def _ending(form: str, returns: str, result: str = "result") -> str:
    """What follows the call itself; `result` is the variable that holds its answer."""
    if returns not in ("void", "noreturn"):
        return f"return ({returns}){result};"
    lines = [f"(void){result};"] if form in ("semihosting", "htif") else []
    if returns == "noreturn":
        # A store goes on where the machine does not stop at once.
        lines.append("for (;;)\n        ;" if form == "mmio" else "__builtin_unreachable();")
    return "\n    ".join(lines)
