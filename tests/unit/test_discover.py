# SPDX-License-Identifier: MIT OR Apache-2.0
"""Which compiler is taken, and what is said of those that are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from zeroos_build.cli.app import run_command_line
from zeroos_build.diagnostics import ZeroosError
from zeroos_build.toolchain import discover

GCC = "riscv64-linux-gnu-gcc (Debian 12.2.0-13) {}"
LD = "GNU ld (GNU Binutils for Debian) {}"
CLANG = "Debian clang version {} (++20240101)"
LLD = "Debian LLD {} (compatible with GNU linkers)"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only directory where programs are looked for."""
    for variable in discover.VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def install(directory: Path, name: str, version: str, machine: str = "riscv64-linux-gnu") -> None:
    """A program that tells its version and its machine, and nothing else."""
    path = directory / name
    path.write_text(
        "#!/bin/sh\ncase $1 in\n"
        f"--version) echo '{version}';;\n-dumpmachine) echo {machine};;\nesac\n"
    )
    path.chmod(0o755)


def install_gcc(directory: Path, gcc: str = "12.2.0", ld: str = "2.40", **options: str) -> None:
    install(directory, "riscv64-linux-gnu-gcc", GCC.format(gcc), **options)
    install(directory, "riscv64-linux-gnu-ar", "ar")
    install(directory, "riscv64-linux-gnu-ld", LD.format(ld))


def refusals(name: str) -> list[str]:
    """What is said of the programs that were found."""
    found = discover.search(name)
    return [item.words.rpartition("refused: ")[2] for item in found.looked if item.rejected]


def test_debians_gcc_and_its_linker_are_taken(programs: Path) -> None:
    install_gcc(programs)
    assert discover.find_toolchain("gcc").version == "12.2.0 (riscv64-linux-gnu), GNU ld 2.40"


@pytest.mark.parametrize(
    ("gcc", "reason"),
    [
        ("10.2.1", "gcc before 11: it does not know the extensions Zicsr and Zifencei by name"),
        ("", "it does not tell its version"),
    ],
)
def test_versions_of_gcc_that_are_refused(gcc: str, reason: str, programs: Path) -> None:
    install_gcc(programs, gcc)
    assert refusals("gcc") == [reason]
    assert discover.search("gcc").toolchain is None


def test_a_gcc_for_another_machine(programs: Path) -> None:
    install_gcc(programs, machine="x86_64-linux-gnu")
    assert refusals("gcc") == ["it compiles for x86_64-linux-gnu"]


def test_an_old_linker_is_replaced_by_lld(programs: Path) -> None:
    install_gcc(programs, ld="2.35.2")
    reason = "GNU ld before 2.38: older ones were never tried; 2.40 is tested"
    assert discover.search("gcc").toolchain is None
    assert refusals("gcc") == [reason]
    install(programs, "ld.lld-14", LLD.format("14.0.6"))
    assert discover.search("gcc").toolchain is None
    install(programs, "ld.lld-19", LLD.format("19.1.4"))
    assert discover.find_toolchain("gcc").version == "12.2.0 (riscv64-linux-gnu), lld 19.1.4"


@pytest.mark.parametrize(("lld", "taken"), [("14.0.6", False), ("15.0.7", True)])
def test_versions_of_lld(lld: str, taken: bool, programs: Path) -> None:
    install(programs, "clang-15", CLANG.format("15.0.6"))
    install(programs, "ld.lld-15", LLD.format(lld))
    assert (discover.search("clang").toolchain is not None) == taken
    reason = "lld before 15: it rejects R_RISCV_ALIGN, which every relaxable object has"
    assert refusals("clang") == ([] if taken else [reason])


def test_an_old_clang_is_refused_and_a_newer_one_taken(programs: Path) -> None:
    install(programs, "clang", CLANG.format("14.0.6"))
    install(programs, "ld.lld", LLD.format("19.1.4"))
    assert refusals("clang") == ["clang before 15: older ones were never tried; 19 is tested"]
    install(programs, "clang-19", CLANG.format("19.1.4"))
    assert discover.find_toolchain("clang").version == "19.1.4, lld 19.1.4"


def test_the_error_names_what_was_refused_and_what_is_missing(programs: Path) -> None:
    install_gcc(programs, "10.2.1")
    with pytest.raises(ZeroosError) as caught:
        discover.find_toolchain("gcc")
    (found,) = caught.value.diagnostics
    assert found.code == "ZOS202"
    assert "it does not know the extensions Zicsr and Zifencei by name" in found.notes[0]
    assert found.notes[1].startswith("not found: riscv64-unknown-linux-gnu-gcc, ")
    assert found.help == "apt-get install gcc-riscv64-linux-gnu"


def test_doctor_gives_the_reasons(programs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    install_gcc(programs, "10.2.1")
    assert run_command_line(["--color", "never", "doctor", "--toolchain", "gcc"]) == 4
    words = capsys.readouterr().out
    assert "refused: gcc before 11: it does not know the extensions Zicsr" in words


def test_very_verbose_gives_each_decision(
    programs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install_gcc(programs, "10.2.1")
    (tmp_path / "main.c").write_text("int main(void) { return 0; }\n")
    code = run_command_line(["-C", str(tmp_path), "-vv", "build", "--toolchain", "gcc"])
    assert code == 4
    words = capsys.readouterr().err
    assert "toolchain gcc: riscv64-unknown-elf-gcc: not found" in words
    assert f"toolchain gcc: {programs}/riscv64-linux-gnu-gcc 10.2.1: refused: gcc before" in words
