# SPDX-License-Identifier: MIT OR Apache-2.0
"""From the checked models to the plain data that the build steps read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zeroos_build import __version__
from zeroos_build.facts import Call, Edge, Facts, Policy, Region
from zeroos_build.identity import code_digest
from zeroos_build.plan.own import own_handlers
from zeroos_build.riscv.registers import NUMBER
from zeroos_build.toolchain.base import Toolchain

if TYPE_CHECKING:
    from zeroos_build.manifest.project import Resolved
    from zeroos_build.spec import Specs


def make_facts(resolved: Resolved, specs: Specs, toolchain: Toolchain) -> Facts:
    """The plain data that the build steps read."""
    target, image, abi = resolved.target, resolved.image, resolved.abi
    xlen = target.isa.xlen
    calls = []
    for number, call in sorted(specs.by_number(xlen).items()):
        # A handler of the project's own is called, whatever the libOS would answer in place.
        inline = call.inline if call.name not in abi.handlers else None
        calls.append(
            Call(
                call.name,
                number,
                call.subsystem,
                tuple(a.type for a in call.args),
                call.narrows,
                call.abi,
                inline.constant if inline else None,
                inline.load if inline else None,
                call.errors,
            )
        )
    # Calls of riscv32 with names of their own (futex_time64) go by the name of their spec.
    names = specs.names(xlen)
    policies = {names.get(specs.linux[f"rv{xlen}"].get(name, -1), name): p
                for name, p in abi.policy.items()}  # fmt: skip
    known = {call.name for call in calls}
    for number, name in names.items():
        # A system call without a handler can still have a policy, but nobody can provide it.
        if name in policies and name not in known and policies[name].action != "provide":
            calls.append(Call(name, number, "policy", (), False, "plain", None, None))
    register, ecalls = target.ecall_numbers()
    return Facts(
        tool=f"{__version__}+{code_digest()}",
        name=image.name,
        target=target.name,
        target_versions=target.versions,
        toolchain=f"{toolchain.name} {toolchain.version}",
        dispatch=resolved.build.dispatch,
        xlen=xlen,
        march=target.isa.march,
        align=target.image.align,
        text_limit=target.image.text_limit,
        flags={str(part): str(flags) for part, flags in target.image.flags.items()},
        rules=target.image.rules,
        regions=tuple(
            Region(r.name, r.start, r.end, r.holds, r.guard) for r in target.memory.region
        ),
        stdout=target.streams.stdout,
        host_calls=ecalls,
        host_register=NUMBER[register] if register else None,
        container=target.image.container,
        copied=target.image.copied,
        host_words=target.instruction_patterns(),
        host_form=next(iter(target.host_call_abi.values())).form if target.host_call_abi else "",
        fence=target.isa.fence,
        counters=target.isa.counters,
        ebreak=target.isa.ebreak,
        unimp=target.isa.unimp,
        args=image.args,
        env=dict(image.env),
        stack=abi.memory.stack,
        heap=None if abi.memory.heap == "auto" else int(abi.memory.heap),
        allocator=abi.memory.allocator,
        malloc=abi.memory.malloc,
        random=abi.random.source,
        seed=abi.random.seed or "",
        time=abi.time.source,
        epoch=abi.time.epoch,
        cwd=abi.vfs.cwd,
        subsystems=None if abi.subsystems == "auto" else tuple(abi.subsystems),
        own_host_calls=tuple(abi.host_calls),
        calls=tuple(calls),
        policy={
            name: Policy(p.action, p.value, p.reason)
            for name, p in sorted(policies.items())
            if p.action != "provide"
        },
        linux=names,
        edges=tuple(
            Edge(edge.function, nr, edge.when, edge.reason)
            for edge in specs.edges
            if (nr := specs.by_name[edge.syscall].number(xlen)) is not None
        ),
        lint=dict(resolved.lint),
        acknowledged={
            name: p.reason for name, p in sorted(policies.items()) if p.action == "provide"
        },
        kernel=target.kernel,
        manifest=resolved.file.name if resolved.file else "",
        bundle=None if abi.input.mode == "stream" else tuple(sorted(set(abi.input.allow))),
        handlers=own_handlers(resolved, specs),
        refused=specs.refused(xlen),
    )
