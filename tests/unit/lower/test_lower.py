# SPDX-License-Identifier: MIT OR Apache-2.0
"""Lowering of single objects: what becomes of each kind of site, and what is refused."""

from __future__ import annotations

import pytest

from tests.support.objects import assemble, compile_c, link
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.elf.image import Image
from zeroos_build.elf.relocatable import Relocatable
from zeroos_build.elf.sites import Site, SiteKind, decode
from zeroos_build.lower.batch import lower_objects
from zeroos_build.lower.config import Handler, LowerConfig
from zeroos_build.riscv import registers as r

HANDLERS = {
    64: Handler("write", "zeroos_enter_write", 3),
    63: Handler("read", "zeroos_enter_read", 3),
    172: Handler("getpid", "zeroos_enter_getpid", 0, constant=1),
    178: Handler("gettid", "zeroos_enter_gettid", 0, load="zeroos_tid"),
    94: Handler("exit_group", "zeroos_enter_exit_group", 1, "noreturn"),
    220: Handler("clone", "zeroos_enter_clone", 6, "frame"),
}


def config(**changes: object) -> LowerConfig:
    """A target like SP1: rv64im, host calls by ecall with the number in t0."""
    values: dict[str, object] = {
        "xlen": 64, "extensions": ("i", "m"), "fence": "nop", "counters": "virtual",
        "ebreak": "abort", "unimp": "abort", "handlers": HANDLERS,
    }  # fmt: skip
    return LowerConfig(**(values | changes))  # type: ignore[arg-type]


def lowered(*texts: str, march: str = "rv64im", **changes: object) -> list[Relocatable]:
    """Assembled, lowered together, read back."""
    objects = [(f"{i}.o", assemble(text, march=march)) for i, text in enumerate(texts)]
    done = lower_objects(objects, config(**changes)).objects
    return [Relocatable.parse(data, name) for data, (name, _) in zip(done, objects, strict=True)]


def sites(obj: Relocatable) -> list[Site]:
    """All records of an object, their addresses unrelocated."""
    return [
        site
        for section in obj.sections
        if section.name == ".zeroos.sites"
        for site in decode(bytes(section.data), obj.name)
    ]


def only(*texts: str, **changes: object) -> Site:
    """The single record of the first object."""
    (found,) = sites(lowered(*texts, **changes)[0])
    return found


def refused(*texts: str, march: str = "rv64im", **changes: object) -> tuple[str, str]:
    """Code and message of the error."""
    with pytest.raises(ZeroosError) as problem:
        lowered(*texts, march=march, **changes)
    return problem.value.diagnostics[0].code, problem.value.diagnostics[0].message


def function(body: str, name: str = "f") -> str:
    return (
        f".globl {name}\n.type {name}, @function\n{name}:\n{body}\n ret\n.size {name}, .-{name}\n"
    )


# -- numbers -------------------------------------------------------------------------------


def test_a_constant_number() -> None:
    site = only(function("li a7, 64\n ecall"))
    assert (site.kind, site.number, site.entry) == (SiteKind.CALL, 64, "zeroos_enter_write")
    assert site.saved == 1 << r.RA | 1 << r.A1
    assert (site.object, site.function) == ("0.o", "f")


def test_a_number_set_before_a_branch() -> None:
    assert only(function("li a7, 64\n beqz a0, 1f\n addi a1, a1, 1\n1: ecall")).number == 64


def test_merged_numbers_make_a_set() -> None:
    site = only(function("li a7, 64\n beqz a0, 1f\n li a7, 63\n1: ecall"))
    assert (site.kind, site.numbers, site.entry) == (SiteKind.SET, (63, 64), "zeroos_set_63_64")


def test_a_number_from_memory_is_open() -> None:
    site = only(function("ld a7, 0(a0)\n ecall"))
    assert (site.kind, site.entry) == (SiteKind.OPEN, "zeroos_dispatch")


def test_a_number_that_survives_no_call_is_open() -> None:
    assert only(function("li a7, 64\n call g\n ecall")).kind is SiteKind.OPEN


def test_a_label_whose_address_is_taken_can_come_with_any_number() -> None:
    text = function("li a7, 64\n1: ecall\n la t0, 1b\n jr t0")
    assert only(text).kind is SiteKind.OPEN


def test_constants_and_loads_are_answered_in_place() -> None:
    (obj,) = lowered(function("li a7, 172\n ecall\n li a7, 178\n ecall"))
    first, second = sites(obj)
    assert (first.kind, second.kind) == (SiteKind.CONSTANT, SiteKind.LOAD)
    text = next(s for s in obj.sections if s.executable and s.data)
    assert bytes(text.data[4:8]) == bytes.fromhex("13051000")  # addi a0, zero, 1


def test_handlers_that_do_not_return_keep_ra() -> None:
    site = only(function("li a7, 94\n ecall"))
    assert (site.kind, site.saved) == (SiteKind.NORETURN, 0)


def test_numbers_that_linux_does_not_have_answer_enosys() -> None:
    (obj,) = lowered(function("li a7, 9999\n ecall"))
    (site,) = sites(obj)
    assert (site.kind, site.number) == (SiteKind.CONSTANT, 9999)
    text = next(s for s in obj.sections if s.executable and s.data)
    assert text.data[-8:-4] == bytes.fromhex("1305a0fd")  # addi a0, zero, -38


# -- forwarders ----------------------------------------------------------------------------

FORWARDER = function("mv a7, a0\n mv a0, a1\n ecall", "forward")


def test_forwarders_are_followed_across_objects() -> None:
    first, second = lowered(FORWARDER, function("addi sp, sp, -16\n li a0, 63\n call forward"))
    (site,) = sites(first)
    assert (site.kind, site.numbers) == (SiteKind.RUN_TIME, ())
    (use,) = sites(second)
    assert (use.kind, use.numbers, use.entry) == (SiteKind.FORWARDED, (63,), "forward")


def test_forwarders_of_forwarders() -> None:
    middle = function("mv a2, a1\n mv a1, a0\n mv a0, a2\n tail forward", "middle")
    user = function("addi sp, sp, -16\n li a1, 64\n call middle", "user")
    _, second, third = lowered(FORWARDER, middle, user)
    assert [s.kind for s in sites(second)] == [SiteKind.FORWARDED]
    (use,) = sites(third)
    assert (use.entry, use.numbers) == ("middle", (64,))


def test_a_forwarder_whose_address_is_taken_gets_any_number() -> None:
    user = ".data\n .dword forward\n"
    _, second = lowered(FORWARDER, user)
    (use,) = sites(second)
    assert use.kind is SiteKind.FORWARDED_UNKNOWN


def test_main_gets_any_number_from_the_libc() -> None:
    text = function("addi sp, sp, -16\n call forward", "main")
    kinds = [s.kind for s in sites(lowered(FORWARDER, text)[1])]
    assert SiteKind.FORWARDED_UNKNOWN in kinds


def test_known_forwarders_of_an_installed_libc() -> None:
    user = function("addi sp, sp, -16\n li a0, 172\n call syscall")
    site = only(user, forwarders={"syscall": (0,)})
    assert (site.kind, site.numbers) == (SiteKind.FORWARDED, (172,))


def test_local_forwarders() -> None:
    text = function("addi sp, sp, -16\n li a0, 64\n call local") + (
        ".type local, @function\nlocal: mv a7, a0\n ecall\n ret\n"
    )
    kinds = {s.kind: s for s in sites(lowered(text)[0])}
    assert kinds[SiteKind.FORWARDED].numbers == (64,)


def test_an_object_lowered_alone_must_know_the_forwarders_of_the_link() -> None:
    user = assemble(function("addi sp, sp, -16\n li a0, 63\n call forward"))
    # `user` has a site of its own, so that lowering leaves its mark.
    marked = assemble(function("li a7, 64\n ecall\n li a0, 63\n call forward"))
    alone = lower_objects([("user.o", marked)], config()).objects[0]
    with pytest.raises(ZeroosError) as problem:
        lower_objects([("user.o", alone), ("f.o", assemble(FORWARDER))], config())
    assert problem.value.diagnostics[0].code == "ZOS426"
    assert lower_objects([("user.o", user), ("f.o", assemble(FORWARDER))], config())


# -- liveness ------------------------------------------------------------------------------


def saved(text: str, index: int = 0) -> str:
    """Names of the registers that the site's thunk saves."""
    return r.names(sites(lowered(text)[0])[index].saved)


def test_nothing_live_needs_no_thunk_of_its_own() -> None:
    text = function("li a7, 64\n ecall\n li a1, 0\n ld ra, 0(sp)")
    site = only(text)
    assert (site.saved, site.thunk) == (0, 0)


def test_arguments_of_an_external_call_are_live() -> None:
    assert saved(function("li a7, 64\n ecall\n call g\n ld ra, 0(sp)")) == (
        "t0 t2 a1 a2 a3 a4 a5 a6 a7"
    )


def test_a_local_callee_says_what_it_reads() -> None:
    text = function("li a7, 64\n ecall\n call local\n li a1, 0\n ld ra, 0(sp)") + (
        ".type local, @function\nlocal: add a0, t3, a4\n ret\n"
    )
    assert saved(text) == "a4 t3"


def test_weak_callees_may_be_others() -> None:
    text = function("li a7, 64\n ecall\n call g\n ld ra, 0(sp)") + (
        ".weak g\n.type g, @function\ng: li a0, 0\n li a1, 0\n ret\n"
    )
    assert "a5" in saved(text)


def test_millicode_reads_everything() -> None:
    live = saved(function("li a7, 64\n ecall\n call t0, __riscv_restore_0"))
    assert live == "ra t1 t2 a1 a2 a3 a4 a5 a6 a7 t3 t4 t5 t6"


def test_a_tail_call_reads_arguments_and_ra() -> None:
    text = ".globl f\nf: li a7, 64\n ecall\n tail g\n"
    assert saved(text) == "ra t0 t2 a1 a2 a3 a4 a5 a6 a7"


def test_the_next_site_reads_its_own_arguments_only() -> None:
    text = function("li a7, 64\n ecall\n li a7, 63\n ecall\n li a1, 0\n ld ra, 0(sp)")
    assert saved(text) == "a1 a2"


def test_hidden_functions_of_the_same_archive_are_looked_into() -> None:
    user = ".hidden helper\n" + function(
        "li a7, 64\n ecall\n call helper\n li a1, 0\n ld ra, 0(sp)"
    )
    helper = ".hidden helper\n" + function("neg a0, a0\n li a1, 0", "helper")
    objects = [("user.o", assemble(user)), ("helper.o", assemble(helper))]
    done = lower_objects(objects, config())
    assert done.assumed == {"helper"}
    (site,) = sites(Relocatable.parse(done.objects[0], "user.o"))
    assert site.saved == 0


def test_nobody_else_may_define_what_was_looked_into() -> None:
    code, message = refused(function("li a0, 0", "helper"), internal=("helper",))
    assert code == "ZOS425"
    assert "helper" in message


# -- host calls ----------------------------------------------------------------------------

HOST = {"host_register": r.T0, "host_numbers": {2: "write", 0: "halt"}}


def test_host_calls_are_left_alone() -> None:
    (obj,) = lowered(function("li t0, 2\n ecall"), **HOST)
    (site,) = sites(obj)
    assert (site.kind, site.entry) == (SiteKind.HOST_CALL, "write")
    text = next(s for s in obj.sections if s.executable and s.data)
    assert bytes(text.data[4:8]) == bytes.fromhex("73000000")


def test_linux_calls_are_not_host_calls() -> None:
    assert only(function("li a7, 64\n ecall"), **HOST).kind is SiteKind.CALL
    assert only(function("li t0, 77\n li a7, 64\n ecall"), **HOST).kind is SiteKind.CALL


def test_what_reads_both_ways_is_refused_until_the_manifest_decides() -> None:
    text = function("li t0, 2\n li a7, 64\n ecall")
    code, message = refused(text, **HOST)
    assert code == "ZOS423"
    assert "`write`" in message
    site = only(text, host_functions=("0.o:f",), **HOST)
    assert site.kind is SiteKind.HOST_CALL


def test_numbers_in_a7_are_linux_until_the_manifest_says_otherwise() -> None:
    host: dict[str, object] = {"host_register": r.A7, "host_numbers": {64: "exit"}}
    text = function("li a7, 64\n ecall")
    assert only(text, **host).kind is SiteKind.CALL
    site = only(text, host_functions=("0.o:f",), **host)
    assert (site.kind, site.entry) == (SiteKind.HOST_CALL, "exit")


# -- what else a target cannot execute -----------------------------------------------------


def test_fences_become_nops_and_stay_where_the_target_has_them() -> None:
    assert only(function("fence rw, rw")).kind is SiteKind.FENCE
    assert sites(lowered(function("fence rw, rw"), fence="keep")[0]) == []


def test_traps_fail_closed() -> None:
    for trap in ("ebreak", "unimp"):
        site = only(function(trap), march="rv64im_zicsr")
        assert (site.kind, site.entry) == (SiteKind.TRAP, "") or site.kind is SiteKind.TRAP
        assert (
            sites(lowered(function(trap), march="rv64im_zicsr", ebreak="keep", unimp="keep")[0])
            == []
        )


def test_pauses_yield() -> None:
    site = only(function("pause"), march="rv64im_zihintpause")
    assert site.kind is SiteKind.PAUSE


def test_counters_read_the_virtual_clock() -> None:
    site = only(function("rdtime a3"), march="rv64im_zicsr")
    assert site.kind is SiteKind.COUNTER


def test_atomics_are_kept_where_the_target_has_them() -> None:
    text = function("amoadd.w a0, a1, (a2)")
    assert sites(lowered(text, march="rv64ima", extensions=("a", "i", "m"))[0]) == []
    assert only(text, march="rv64ima").kind is SiteKind.ATOMIC


def test_unpaired_store_conditionals_are_refused() -> None:
    for body in (
        "sc.w a0, a1, (a2)",
        "lr.w a0, (a3)\n sc.w a0, a1, (a2)",
        "lr.d a0, (a2)\n sc.w a0, a1, (a2)",
        "lr.w a0, (a2)\n addi a2, a2, 4\n sc.w a0, a1, (a2)",
        "lr.w a0, (a2)\n call g\n sc.w a0, a1, (a2)",
        "beqz a0, 1f\n lr.w a0, (a2)\n1: sc.w a0, a1, (a2)",
    ):
        code, _ = refused(function(body), march="rv64ima")
        assert code == "ZOS422", body


def test_atomics_into_sp_are_refused() -> None:
    assert refused(function("amoadd.d sp, a1, (a2)"), march="rv64ima")[0] == "ZOS422"


# -- sections ------------------------------------------------------------------------------


def test_a_section_that_runs_off_its_end_jumps_over_the_thunks() -> None:
    (obj,) = lowered('.section .init, "ax", @progbits\n li a7, 64\n ecall\n')
    text = next(s for s in obj.sections if s.name == ".init")
    image = Image(link([obj.to_bytes()]), "linked")
    assert len(text.data) > 12
    assert image.sites[0].resume == image.sites[0].site + 4


def test_data_in_code_is_skipped_where_it_is_marked() -> None:
    text = function("j 1f\n .word 0x73, 0xffffffff\n1: li a7, 64\n ecall")
    obj = Relocatable.parse(assemble(text), "x.o")
    assert any(s.name.startswith("$d") for s in obj.symbols)
    assert only(text).number == 64


def test_undecodable_code_is_refused_by_place() -> None:
    # `.insn` gives no mapping symbol for data: this claims to be code.
    code, message = refused(function(".insn 4, 0xffffffff\n li a7, 64\n ecall"))
    assert code == "ZOS420"
    assert "function `f`" in message


def test_hard_float_and_other_widths_are_refused() -> None:
    double = assemble(function("nop"), march="rv64imafd", mabi="lp64d")
    narrow = assemble(function("nop"), march="rv32im", mabi="ilp32")
    for data, code in ((double, "ZOS412"), (narrow, "ZOS411")):
        with pytest.raises(ZeroosError) as problem:
            lower_objects([("x.o", data)], config())
        assert problem.value.diagnostics[0].code == code


def test_lowering_twice_changes_nothing_and_another_target_is_refused() -> None:
    once = lower_objects([("x.o", assemble(function("li a7, 64\n ecall")))], config()).objects[0]
    assert lower_objects([("x.o", once)], config()).objects[0] == once
    with pytest.raises(ZeroosError) as problem:
        lower_objects([("x.o", once)], config(fence="keep"))
    assert problem.value.diagnostics[0].code == "ZOS426"


def test_objects_without_sites_pass_through_untouched() -> None:
    data = compile_c("int f(int a) { return a + 1; }")
    assert lower_objects([("x.o", data)], config()).objects == [data]


def test_an_object_can_be_linked_twice() -> None:
    # New symbols are local; names from contents would collide.
    data = lower_objects([("x.o", assemble("g: li a7, 64\n ecall\n ret"))], config()).objects[0]
    assert len(Image(link([data, data]), "linked").sites) == 2
