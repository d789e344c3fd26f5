# SPDX-License-Identifier: MIT OR Apache-2.0
"""Which syscalls can this program reach, and through which call chain.

Works on the probe: the program linked with its libc, garbage-collected, but without libOS. The
records that lowering left in it are exactly those of code that the final image will hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from zeroos_build.chains import Chains
from zeroos_build.diagnostics import Diagnostic, ZeroosError, entry
from zeroos_build.elf import constants as c
from zeroos_build.elf.image import Image
from zeroos_build.elf.sites import SYSCALLS, Site, SiteKind, source_name
from zeroos_build.facts import Call, Edge, Facts

# Their handlers can answer the time of day.
_CLOCKS = frozenset({"clock_gettime", "clock_gettime64", "gettimeofday"})


@dataclass
class Scan:
    """What a program can ask of the kernel.

    `numbers` are those that some site or forwarded call has; `open_ended` says that some number
    is known at run time only, so every syscall of the enabled subsystems counts as reachable.
    """

    image: Image
    facts: Facts
    numbers: set[int] = field(default_factory=set)
    sets: set[tuple[int, ...]] = field(default_factory=set)
    needs_dispatcher: bool = False
    dispatched: set[int] = field(default_factory=set)
    open_sites: list[Site] = field(default_factory=list)

    @property
    def served(self) -> set[int]:
        """Numbers that the general dispatcher answers: a trap vector has nothing else to call."""
        return self.dispatched | self.numbers if self.facts.dispatch == "trap" else self.dispatched

    @property
    def reachable(self) -> list[Call]:
        """Reachable syscalls with a handler, by name."""
        calls = self.facts.call_by_number()
        return sorted((calls[n] for n in self.numbers if n in calls), key=lambda call: call.name)

    @cached_property
    def chains(self) -> Chains:
        """Call chains, computed when the first one is asked for."""
        return Chains(self.image)

    def is_taken(self, site: Site) -> bool:
        """Whether the condition of an edge holds in this program."""
        edge = self._edges.get((source_name(site.function), site.number))
        return edge is not None and (
            (edge.when == "large-tls" and self._large_tls)
            or (edge.when == "threads" and self._threads)
        )

    @cached_property
    def _edges(self) -> dict[tuple[str, int], Edge]:
        return {(edge.function, edge.number): edge for edge in self.facts.edges}

    @property
    def _threads(self) -> bool:
        """Whether there can be a second thread."""
        calls = self.facts.call_by_number()
        return any(number in calls and calls[number].name == "clone" for number in self.numbers)

    @cached_property
    def _large_tls(self) -> bool:
        """Whether musl's buffer for thread-local storage is too small.

        It has room for 16 words beyond the thread's own structure; size and start are aligned
        and rounded, so up to three alignments are lost (musl@1.2.5: src/env/__init_tls.c).
        """
        for segment in self.image.segments:
            if segment.type == c.PT_TLS:
                word = self.image.xlen // 8
                return segment.size + 3 * max(segment.align, word) > 14 * word
        return False

    def edges(self) -> list[dict[str, Any]]:
        """Edges that are linked, for the report."""
        rows = []
        for site in self.image.sites:
            edge = self._edges.get((source_name(site.function), site.number))
            in_libc = site.object.startswith("libc.a(")
            if edge is not None and in_libc and site.kind in (SiteKind.EDGE, SiteKind.CALL):
                rows.append(
                    {
                        "function": site.function,
                        "syscall": self.facts.linux_name(site.number),
                        "when": edge.when,
                        "taken": edge.when == "deadline" or self.is_taken(site),
                        "reason": edge.reason,
                    }
                )
        return [row for index, row in enumerate(rows) if row not in rows[:index]]

    def shape(self) -> list[Any]:
        """Everything beside the reachable calls that generated files depend on."""
        return [
            sorted(self.numbers),
            sorted(self.sets),
            self.tls,
            self.program_headers,
            self.unwinds,
            self.edges(),
        ]

    @property
    def tls(self) -> bool:
        """The program has thread-local storage."""
        return any(s.flags & c.SHF_TLS and s.size for s in self.image.sections)

    @property
    def program_headers(self) -> bool:
        """The program looks at its own program headers."""
        return "dl_iterate_phdr" in self.image.addresses

    @property
    def unwinds(self) -> bool:
        """The program walks its own stack: exceptions, or a backtrace."""
        addresses = self.image.addresses
        # Not _Unwind_Backtrace: Rust programs without an unwinder have one that does nothing.
        return "_Unwind_RaiseException" in addresses or "__unw_init_local" in addresses


def scan(image: Image, facts: Facts) -> Scan:
    """Read the probe's records."""
    found = Scan(image, facts)
    for site in image.sites:
        if site.kind in (SiteKind.CALL, SiteKind.CONSTANT, SiteKind.LOAD, SiteKind.FRAME,
                         SiteKind.NORETURN):  # fmt: skip
            found.numbers.add(site.number)
        elif site.kind is SiteKind.SET:
            found.sets.add(site.numbers)
            found.numbers.update(site.numbers)
        elif site.kind in (SiteKind.RUN_TIME, SiteKind.OPEN):
            found.needs_dispatcher = True
            found.dispatched.update(site.numbers)
        elif site.kind in (SiteKind.FORWARDED, SiteKind.FORWARDED_UNKNOWN):
            found.dispatched.update(site.numbers)
        if site.kind in (SiteKind.OPEN, SiteKind.FORWARDED_UNKNOWN):
            found.open_sites.append(site)
    if found.needs_dispatcher:
        if found.open_sites:
            enabled = facts.subsystems
            found.dispatched |= {
                call.number for call in facts.calls if enabled is None or call.subsystem in enabled
            }
        found.numbers |= found.dispatched
    # Whether an edge is taken depends on what else is reachable.
    for site in image.sites:
        if site.kind is SiteKind.EDGE and found.is_taken(site):
            found.numbers.add(site.number)
    return found


def check(found: Scan) -> list[Diagnostic]:
    """Refuse what cannot be provided; returns warnings."""
    facts = found.facts
    calls = facts.call_by_number()
    problems: list[Diagnostic] = []
    for number in sorted(found.numbers - set(calls)):
        if number in facts.linux and facts.linux[number] not in facts.policy:
            problems.append(_unprovided(found, number))
    if facts.subsystems is not None:
        for call in found.reachable:
            if call.subsystem not in (*facts.subsystems, "policy"):
                problems.append(_outside(found, call))
    warnings: list[Diagnostic] = []
    for diagnostic in _findings(found):
        (problems if diagnostic.severity == "error" else warnings).append(diagnostic)
    if problems:
        raise ZeroosError(problems)
    return warnings


def _site_of(found: Scan, number: int) -> Site | None:
    for site in found.image.sites:
        if (site.kind in SYSCALLS and site.number == number) or number in site.numbers:
            return site
    return None


def chain_note(found: Scan, number: int, chains: Chains | None = None) -> list[str]:
    """Notes that show how the program reaches a syscall."""
    site = _site_of(found, number)
    if site is None:
        # Reached only because some number is known at run time only.
        return [
            " -> ".join([*found.chains.to(s.site), "a number known at run time only"])
            + f"  (in `{s.object}`)"
            for s in found.open_sites[:1]
        ]
    names = [*(chains or found.chains).to(site.site), found.facts.linux_name(number)]
    # A wrapper has the call's name, and an alias the wrapper's: each is said once.
    chain = " -> ".join(name for name, _ in groupby(names))
    return [f"{chain}  (in `{site.object}`)"]


def _unprovided(found: Scan, number: int) -> Diagnostic:
    name = found.facts.linux_name(number)
    if number in found.facts.refused:
        return Diagnostic(
            "ZOS445",
            f"the program can reach the system call `{name}` ({number}), which no image provides",
            notes=(*chain_note(found, number), found.facts.refused[number]),
            help=f'if the program can do without, add `{name} = {{ action = "enosys", reason = '
            '"..." }` to [abi.policy]; with `halt` the run ends there as a failure',
        )
    return Diagnostic(
        "ZOS440",
        f"the program can reach the system call `{name}` ({number}), which has no handler",
        notes=(*chain_note(found, number), "an image must not meet a call that nobody answers"),
        help=f'if the program copes, add `{name} = {{ action = "enosys", reason = "..." }}` to '
        "[abi.policy]",
    )


def _outside(found: Scan, call: Call) -> Diagnostic:
    return Diagnostic(
        "ZOS441",
        f"the program reaches `{call.name}` of the subsystem `{call.subsystem}`, which "
        "`[abi] subsystems` does not list",
        notes=tuple(chain_note(found, call.number)),
        help=f'add "{call.subsystem}" to `[abi] subsystems`',
    )


def _findings(found: Scan) -> Iterator[Diagnostic]:
    """What the manifest may call an error, a warning or nothing."""
    facts = found.facts
    for diagnostic in (*_random(found), *_time(found), *_numbers(found)):
        level = facts.lint.get(diagnostic.code, entry(diagnostic.code).default)
        if level != "off":
            yield replace(diagnostic, severity="error" if level == "error" else "warning")


def _random(found: Scan) -> Iterator[Diagnostic]:
    facts = found.facts
    for call in found.reachable:
        if call.name == "getrandom" and facts.random == "deny" and not _acknowledged(facts, call):
            yield Diagnostic(
                "ZOS442",
                "the program can ask for random bytes, and random bytes are denied",
                notes=(
                    *chain_note(found, call.number),
                    "a request for secure bytes will end the run as a failure",
                ),
                help="choose `[abi.random] source`, or give [abi.policy] an entry with a reason",
            )


def _time(found: Scan) -> Iterator[Diagnostic]:
    """Reads of the clock that do not only serve a wait with a deadline: the first of them."""
    facts = found.facts
    calls = [call for call in found.reachable if call.name in _CLOCKS]
    if facts.time != "deny" or any(_acknowledged(facts, call) for call in calls):
        return
    waits = Chains(found.image, {edge.function for edge in facts.edges if edge.when == "deadline"})
    for call in calls:
        sites = [s for s in found.image.sites if s.kind in SYSCALLS and s.number == call.number]
        if call.number in found.dispatched or any(waits.reaches(site.site) for site in sites):
            yield Diagnostic(
                "ZOS444",
                "the program can read the time of day, and the time of day is denied",
                notes=tuple(chain_note(found, call.number, waits)),
                help="choose `[abi.time] source`; or, if the program only reads other clocks, add "
                f'`{call.name} = {{ action = "provide", reason = "..." }}` to [abi.policy]',
            )
            return


def _numbers(found: Scan) -> Iterator[Diagnostic]:
    for number in sorted(found.numbers - set(found.facts.linux)):
        yield Diagnostic(
            "ZOS443",
            f"the program makes system call {number}, which Linux does not have",
            notes=(*chain_note(found, number), "it will answer ENOSYS, as Linux does"),
        )


def _acknowledged(facts: Facts, call: Call) -> bool:
    return call.name in facts.policy or call.name in facts.acknowledged


def site_names(sites: Iterable[Site]) -> list[str]:
    """Functions of sites, for reports."""
    return sorted({f"{site.object}:{site.function}" for site in sites})
