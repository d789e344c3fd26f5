# SPDX-License-Identifier: MIT OR Apache-2.0
"""From specs, targets and facts to C and linker scripts: every template is filled in here.

Generated files say what made them from what, and equal input gives equal bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from zeroos_build import __version__
from zeroos_build.facts import Call, Facts
from zeroos_build.paths import data_root

if TYPE_CHECKING:
    from zeroos_build.spec import Specs
    from zeroos_build.target import HostCall, Target


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(data_root() / "templates"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - C, not HTML; strings go through c_string
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _render(template: str, /, **context: Any) -> str:
    return str(_environment().get_template(template).render(**context))


def header(what: str, sources: Iterable[str]) -> str:
    """The first comment of a generated file."""
    lines = [
        f"/* {what}",
        f" * Made by zeroos-build {__version__} from {', '.join(sources)}; do not edit. */",
    ]
    return "\n".join(lines)


def c_string(text: str | bytes) -> str:
    """A C string literal that holds exactly these bytes."""
    data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
    out = "".join(
        chr(byte) if 32 <= byte < 127 and chr(byte) not in '"\\?' else f"\\{byte:03o}"
        for byte in data
    )
    return f'"{out}"'


# -- headers -------------------------------------------------------------------------------


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
    return _render(
        "syscalls.h.j2",
        header=header("Handlers of Linux system calls.", ["syscall_specs/"]),
        structs=sorted(structs),
        subsystems=subsystems,
    )


def target_header(target: Target) -> str:
    """`zeroos/target.h`: the host calls of a target as C functions."""
    forms = {abi.form for abi in target.host_call_abi.values()}
    return _render(
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
    }
    ending = {"noreturn": "__builtin_unreachable();", "void": ""}.get(
        call.returns, f"return ({call.returns})result;"
    )
    if abi.form == "semihosting":
        row["block"] = ", ".join(f"(unsigned long){a.name}" for a in call.args)
        if call.returns in ("void", "noreturn"):
            ending = "(void)result;" + (f"\n    {ending}" if ending else "")
    elif abi.form == "htif":
        row["block"] = ", ".join([str(call.number), *(f"(uint64_t){a.name}" for a in call.args)])
        row["tohost"], row["fromhost"] = hex(abi.tohost or 0), hex(abi.fromhost or 0)
        if call.returns in ("void", "noreturn"):
            ending = "(void)result;" + (f"\n    {ending}" if ending else "")
    elif abi.form == "mmio":
        row |= {
            "width": call.args[0].type,
            "value": call.args[0].name,
            "address": hex(call.address or 0),
        }
        if call.returns == "noreturn":
            ending = "for (;;)\n        ;"
    else:
        operands = [
            {"variable": f"r_{a.name}", "register": register, "value": f"(unsigned long){a.name}"}
            for a, register in zip(call.args, abi.args, strict=False)
        ]
        number = {"variable": "r_number", "register": abi.number or "", "value": str(call.number)}
        operands.append(number)
        result = next((o for o in operands if o["register"] == abi.result), None)
        outputs = [f'"+r"({result["variable"]})'] if result else []
        row["operands"] = operands
        row["outputs"] = ", ".join(outputs)
        row["inputs"] = ", ".join(f'"r"({o["variable"]})' for o in operands if o is not result)
        if result:
            ending = ending.replace("result", str(result["variable"]))
    row["ending"] = ending
    return row


# -- the image's own source ----------------------------------------------------------------


def entry_function(facts: Facts, call: Call) -> str | None:
    """The C function that a thunk calls, or None where the handler itself can be called.

    It takes whole registers and cuts them to what the handler's types say, as Linux does.
    """
    policy = facts.policy.get(call.name)
    name = f"zeroos_enter_{call.name}"
    if policy is not None and policy.action != "provide":
        if policy.action == "halt":
            text = c_string(f"{call.name} was called, and the manifest's policy is halt")
            return (
                f"/* policy: {_comment(policy.reason)} */\n_Noreturn void {name}(void);\n"
                f"_Noreturn void {name}(void)\n{{\n    zeroos_fail(ZEROOS_HALT, {text});\n}}"
            )
        value = facts.effective_constant(call)
        return (
            f"/* policy {policy.action}: {_comment(policy.reason)} */\nlong {name}(void);\n"
            f"long {name}(void)\n{{\n    return {value};\n}}"
        )
    if not call.narrow or call.abi == "frame":
        return None
    parameters = ", ".join(f"long a{i}" for i in range(len(call.types)))
    kind = "_Noreturn void" if call.abi == "noreturn" else "long"
    give = "" if call.abi == "noreturn" else "return "
    return (
        f"{kind} {name}({parameters});\n{kind} {name}({parameters})\n{{\n"
        f"    {give}sys_{call.name}({_cast_arguments(call)});\n}}"
    )


def _cast_arguments(call: Call) -> str:
    return ", ".join(f"({kind})a{i}" for i, kind in enumerate(call.types))


def _comment(text: str) -> str:
    return " ".join(text.replace("*/", "* /").split())


def dispatcher(facts: Facts, name: str, numbers: Iterable[int], why: str) -> dict[str, Any]:
    """A dispatcher for numbers that are known at run time only."""
    calls = facts.call_by_number()
    cases = []
    for number in sorted(numbers):
        call = calls.get(number)
        if call is not None:
            cases.append({"number": number, "name": call.name, "body": _case(facts, call)})
    return {"name": name, "why": why, "cases": cases, "unknown": _unknown_to_linux(facts)}


def _case(facts: Facts, call: Call) -> str:
    policy = facts.policy.get(call.name)
    constant = facts.effective_constant(call)
    if constant is not None:
        return f"return {constant};"
    if policy is not None and policy.action == "halt":
        return f"return zeroos_leave_{call.name}(a0);"
    if call.load is not None:
        return f"return {call.load};"
    if call.abi == "frame":
        return "return zeroos_needs_frame(number);"
    if call.abi == "noreturn":
        return f"return zeroos_leave_{call.name}(a0);"
    return f"return sys_{call.name}({_cast_arguments(call)});"


def _unknown_to_linux(facts: Facts) -> str:
    """A C condition on `number`: Linux has no system call of this number."""
    numbers = sorted(facts.linux)
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    # Probes for what a kernel has use numbers beyond the last one: one compare finds them.
    gaps = [(a[1] + 1, b[0] - 1) for a, b in pairwise(ranges)]
    tests = [f"(unsigned long)number > {ranges[-1][1]}"]
    tests += [
        f"(number >= {low} && number <= {high})" if low != high else f"number == {low}"
        for low, high in gaps
    ]
    return " || ".join(tests)


def image_source(
    facts: Facts,
    entries: list[str],
    dispatchers: list[dict[str, Any]],
    *,
    leaving: list[str],
    tls: bool,
    program_headers: bool,
) -> str:
    """The C file with everything that only this image has.

    `leaving` are functions that a dispatcher jumps to and that do not return. `tls`: the program
    has thread-local storage. `program_headers`: it asks for all headers (dl_iterate_phdr), not only
    for what the C library needs to start.
    """
    strings = [facts.name, *facts.args, *(f"{key}={value}" for key, value in facts.env.items())]
    argc = 1 + len(facts.args)
    rows, symbols = _headers(facts, tls=tls, everything=program_headers)
    initial = [str(argc)]
    initial += [f"(unsigned long)string_{i}" for i in range(argc)] + ["0"]
    initial += [f"(unsigned long)string_{i}" for i in range(argc, len(strings))] + ["0"]
    if rows:
        initial += ["3, (unsigned long)headers", "4, sizeof headers[0]", f"5, {len(rows)}"]
    initial += ["6, 4096", "25, (unsigned long)at_random", "0, 0"]
    # The C library starts with sp at them, and sp is always a multiple of 16.
    words, round_up = sum(word.count(",") + 1 for word in initial), 128 // facts.xlen
    initial += ["0"] * (-words % round_up)
    random_bytes = hashlib.sha256(b"AT_RANDOM " + facts.name.encode()).digest()[:16]
    seed = bytes.fromhex(facts.seed) if facts.seed else b""
    return _render(
        "image.c.j2",
        header=header(f"What only this image of `{facts.name}` has.", ["the manifest", "the link"]),
        name=c_string(facts.name),
        strings=[c_string(text) for text in strings],
        random_bytes=", ".join(map(str, random_bytes)),
        headers=rows,
        header_symbols=symbols,
        header_type=f"struct zeroos_phdr{facts.xlen}",
        argc=argc,
        initial=initial,
        epoch=facts.epoch,
        seed=", ".join(map(str, seed)) or "0",
        entries=entries,
        dispatchers=dispatchers,
        leaving=leaving,
        note=_note(facts),
    )


def _headers(facts: Facts, *, tls: bool, everything: bool) -> tuple[list[str], list[str]]:
    """Rows of the synthetic program header table and the linker symbols in them."""
    rows, symbols = [], []

    def add(kind: int, flags: int, start: str, file_size: str, size: str, align: str) -> None:
        names = [n for n in (start, file_size, size, align) if n.startswith("zeroos")]
        symbols.extend(names)
        words = [
            f"(uintptr_t){n}" if n.startswith("zeroos") else n
            for n in (start, file_size, size, align)
        ]
        first, second, third, last = words
        if facts.xlen == 64:
            rows.append(f"{kind}, {flags}, 0, {first}, {first}, {second}, {third}, {last}")
        else:
            rows.append(f"{kind}, 0, {first}, {first}, {second}, {third}, {flags}, {last}")

    if everything:
        for part, flags in (("text", 5), ("rodata", 4), ("data", 6)):
            base = f"zeroos_{part}"
            add(1, flags, f"{base}_start", f"{base}_file_size", f"{base}_size", "4096")
    if tls:
        add(7, 4, "zeroos_tls_start", "zeroos_tls_file_size", "zeroos_tls_size", "zeroos_tls_align")
    return rows, sorted(set(symbols))


def _note(facts: Facts) -> list[str]:
    """The ELF note as assembler lines: who made the image, for which target."""
    import json

    text = json.dumps(
        {"schema": 1, "target": facts.target, "dispatch": facts.dispatch, "name": facts.name,
         "tool": facts.tool,
         "policy": {name: [p.action, p.value] for name, p in facts.policy.items()}},
        sort_keys=True,
    )  # fmt: skip
    data = text.encode()
    padded = data + bytes(-len(data) % 4)
    words = ",".join(str(byte) for byte in padded)
    return [
        '.section .note.zeroos, "", @note',
        ".balign 4",
        f".4byte 7, {len(data)}, 1",
        '.asciz "zeroos"',
        ".byte 0",
        f".byte {words}",
        ".text",
    ]


# -- linker script -------------------------------------------------------------------------

_PF = {"x": 1, "w": 2, "r": 4}
# Some targets decode padding: `nop`, or `c.nop` twice, in the byte order of linker scripts.
_NOP, _SHORT_NOPS = "0x13000000", "0x01000100"


def link_script(facts: Facts, aliases: dict[str, str], *, tls: bool) -> str:
    """The linker script of an image; `aliases` define symbols by other symbols."""
    roles = [role for region in facts.regions for role in region.holds]
    segments = []
    if "entry" in roles:
        segments.append({"name": "entry", "type": "PT_LOAD", "flags": _flags(facts.flags["text"])})
    segments += [
        {"name": part, "type": "PT_LOAD", "flags": _flags(facts.flags[part])}
        for part in ("text", "rodata", "data")
    ]
    if tls:
        segments.append({"name": "tls", "type": "PT_TLS", "flags": 4})
    heap = next(region for region in facts.regions if "heap" in region.holds)
    heap_end = (
        hex(heap.end & ~0xFFF) if facts.heap is None else f"zeroos_heap_start + {hex(facts.heap)}"
    )
    regions = []
    for index, region in enumerate(facts.regions):
        alone = region.holds == ("stack",)
        regions.append(
            {
                "name": region.name,
                "start": region.start,
                "end": region.end,
                "holds": region.holds,
                "first": index == 0,
                "alone": alone,
                "check": _last_symbol(region.holds),
            }
        )
    return _render(
        "link.ld.j2",
        header=header(
            f"Where {facts.name} lies on {facts.target}.", ["target.toml", "the manifest"]
        ),
        segments=segments,
        regions=regions,
        stack=-(-facts.stack // 16) * 16,
        align=facts.align,
        fill=_SHORT_NOPS if "c" in facts.march.split("_")[0][4:] else _NOP,
        has_entry="entry" in roles,
        tls=tls,
        heap_end=heap_end,
        memory_end="zeroos_heap_end",
        aliases=sorted(aliases.items()),
    )


def _last_symbol(holds: tuple[str, ...]) -> str | None:
    if "heap" in holds:
        return "zeroos_heap_end"
    if "data" in holds:
        return "_end"
    if "rodata" in holds:
        return "zeroos_rodata_start + zeroos_rodata_size"
    return None


def _flags(letters: str) -> int:
    return sum(_PF[letter] for letter in letters)
