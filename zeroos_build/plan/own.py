# SPDX-License-Identifier: MIT OR Apache-2.0
"""Handlers of a project's own: which calls they are for, and that each call has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zeroos_build.diagnostics import Diagnostic, ZeroosError

if TYPE_CHECKING:
    from zeroos_build.manifest.project import Resolved
    from zeroos_build.spec import Specs


def own_handlers(resolved: Resolved, specs: Specs) -> dict[str, str]:
    """Syscall to file. ZOS118 for names without a spec, ZOS122 for specs without a handler."""
    from zeroos_build.manifest.suggest import did_you_mean
    from zeroos_build.spec import load_specs

    abi = resolved.abi
    found: list[Diagnostic] = []
    for name in abi.handlers:
        if name not in specs.by_name:
            found.append(
                Diagnostic(
                    "ZOS118",
                    f"`{name}` has a handler and no spec",
                    notes=(
                        "nothing says which arguments it takes",
                        _place(resolved, "handlers", name),
                    ),
                    help="write its spec into a file and name that in `[abi] specs`",
                )
            )
    for name in abi.policy:
        linux = specs.linux["rv64"].keys() | specs.linux["rv32"].keys()
        if name not in specs.by_name and name not in linux:
            notes = (_place(resolved, "policy", name),)
            help = did_you_mean(name, specs.by_name) or "`zeroos-build syscalls` lists the names"
            found.append(Diagnostic("ZOS118", f"there is no syscall `{name}`", None, notes, help))
    for name in sorted(specs.by_name.keys() - load_specs().by_name.keys()):
        policy = abi.policy.get(name)
        if name not in abi.handlers and (policy is None or policy.action == "provide"):
            found.append(
                Diagnostic(
                    "ZOS122",
                    f"`{name}` has a spec and no handler",
                    notes=(_place(resolved, "specs"),),
                    help=f'add `{name} = "handlers/{name}.c"` to `[abi.handlers]`;'
                    " `zeroos-build generate stubs` writes the file",
                )
            )
    if found:
        raise ZeroosError(found)
    return {name: str(path) for name, path in sorted(abi.handlers.items())}


def _place(resolved: Resolved, *key: str) -> str:
    return f"set in {resolved.origins['.'.join(('abi', *key))]}"


def built(path: str) -> str:
    """Where the object or archive of a handler's file lies in the build directory."""
    name = path.replace("..", "_").replace("/", "_")
    return f"handlers/{name}" + ("" if path.endswith((".o", ".a")) else ".o")
