# SPDX-License-Identifier: MIT OR Apache-2.0
"""The specs and the handlers are two halves of one thing."""

from __future__ import annotations

from zeroos_build.spec import load_specs

from .conftest import Object

PREFIX = "sys_"
# What the caller's stack must have room for.
STACK = 512
# Reports of failures do not return, and frames of signals have the size that Linux gives them.
EXCEPTED = {
    "zeroos_fail", "zeroos_fail_at", "zeroos_deadlock", "zeroos_die_of", "zeroos_overrun",
    "zeroos_deliver",
}  # fmt: skip# Calls by pointer where nothing but these is pointed to.
_MADE = {"make_exe", "make_cwd"}
_TEXTS = {f"zeroos_proc_{name}" for name in ("cmdline", "environ", "maps", "stat", "status")}
BY_POINTER = {
    "splice": _MADE,
    "zeroos_walk": _MADE,
    "read_made": _MADE,
    "read_text": _TEXTS,
    "zeroos_release": {"release", "zeroos_put_file"},
    "sys_openat": {"open", "open_random", "open_public"},
}


def test_every_syscall_has_its_handler(objects: list[Object]) -> None:
    defined = {
        name.removeprefix(PREFIX): obj.source.parent.name
        for obj in objects
        for name in obj.strong
        if name.startswith(PREFIX)
    }
    wanted = {
        call.name: call.subsystem
        for call in load_specs().by_name.values()
        if not (call.inline and (call.inline.constant is not None or call.inline.load))
    }
    assert defined == wanted


def test_loaded_words_exist(objects: list[Object]) -> None:
    defined = {name for obj in objects for name in obj.strong}
    for call in load_specs().by_name.values():
        if call.inline and call.inline.load:
            assert call.inline.load in defined


def test_defaults_give_way_to_what_is_linked(objects: list[Object]) -> None:
    """Defaults are one archive of their own, and what replaces them comes by another name."""
    (alone,) = (obj for obj in objects if obj.source.name == "alone.c")
    assert alone.source.parent.name == "core"
    defaults = {name for obj in objects for name in obj.weak}
    # These are defined by a target's host.c or by the manifest, where they have something better.
    assert defaults - alone.weak == {
        "zeroos_host_read_all", "zeroos_keccak_f1600", "zeroos_sha256_blocks",
        "riscv_flush_icache", "zeroos_cwd",
    }  # fmt: skip
    for default in sorted(alone.weak):
        real = [obj for obj in objects if default in obj.strong]
        assert real, f"{default} is never more than its default"
        for provider in real:
            others = {name for obj in objects if obj is not provider for name in obj.undefined}
            pulled_by = (provider.strong - alone.weak) & others
            assert pulled_by, f"nothing links the {default} of {provider.source.name}"


def test_choices_define_the_same_names(objects: list[Object]) -> None:
    """Alternatives can stand for each other; console-line.c has a buffer to flush besides."""
    kinds: dict[str, list[Object]] = {}
    for obj in objects:
        if obj.source.parent.name == "choices":
            kinds.setdefault(obj.source.name.partition("-")[0], []).append(obj)
    known = ["console", "input", "malloc", "pages", "random", "time", "unwinder"]
    assert sorted(kinds) == known
    for alternatives in kinds.values():
        names = [obj.strong - {"zeroos_flush"} for obj in alternatives]
        assert all(found == names[0] for found in names)


def test_handlers_need_little_stack(objects: list[Object]) -> None:
    frames: dict[str, int] = {}
    calls: dict[str, set[str]] = {}
    stays: dict[str, set[str]] = {}
    for obj in objects:
        if obj.source.name in ("malloc-bump.c", "alone.c"):
            continue
        for name, size in obj.frames.items():
            frames[name] = max(size, frames.get(name, 0))
        for name, targets in obj.calls.items():
            calls.setdefault(name, set()).update(targets)
            stays.setdefault(name, set()).update(targets - obj.tails[name])
    # Calls by pointer: the operations of nodes. Elsewhere a jump by register is a switch.
    files = [obj for obj in objects if obj.source.parent.name in ("vfs", "socket")]
    indirect = {name for obj in files for name in obj.indirect}
    pointed = {name for obj in objects for name in obj.pointed} & frames.keys()
    particular = set().union(*BY_POINTER.values())
    assert particular <= pointed
    # zeroos_switch leaves the callee-saved registers on the stack of the thread.
    frames["zeroos_switch"] = 14 * 8

    def deepest(name: str, path: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        if name in EXCEPTED or name in path:
            return 0, ()
        targets = calls.get(name, set()) & frames.keys()
        under = stays.get(name, set())
        if name in indirect:
            by_pointer = BY_POINTER.get(name, pointed - particular)
            targets, under = targets | by_pointer, under | by_pointer
        own = frames.get(name, 0)
        size, below = own, ()
        for target in sorted(targets):
            deep, way = deepest(target, (*path, name))
            deep += own if target in under else 0
            if deep > size:
                size, below = deep, way
        return size, (name, *below)

    for name in sorted(frames):
        if name.startswith(PREFIX):
            size, path = deepest(name, ())
            assert size <= STACK, f"{' -> '.join(path)}: {size} bytes"
