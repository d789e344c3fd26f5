# SPDX-License-Identifier: MIT OR Apache-2.0
"""Finding and calling executors: their contract, with stand-ins for the programs."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from zeroos_build.diagnostics import ZeroosError
from zeroos_build.execute import (
    FoundExecutor,
    RunRequest,
    RunResult,
    executor_home,
    find_executor,
    require_executor,
    run_real,
)  # fmt: skip
from zeroos_build.target import Target

from .guests import SP1, VIRT, elf, halt

_STATS = """
cat > "${stats:-$7}" <<'END'
{"schema":1,"target":"sp1","executor":"x","instructions":%s,"exit_code":%d,"outcome":"%s",
 "output_sha256":"","cost":{"gas":12}%s}
END
"""


def _stand_in(tmp_path: Path, script: str, target: Target = SP1) -> FoundExecutor:
    program = tmp_path / target.executor[0].name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return FoundExecutor(target.executor[0], program)


def _run(
    found: FoundExecutor, target: Target = SP1, **options: object
) -> tuple[RunResult, list[bytes]]:
    written: list[bytes] = [b"", b"", b""]

    def sink(index: int):  # type: ignore[no-untyped-def]
        return lambda data: written.__setitem__(index, written[index] + data)

    image = found.program.with_name("image.elf")
    image.write_bytes(elf(halt()))
    request = RunRequest(
        image=image, target=target, stdout=sink(0), stderr=sink(1), output=sink(2),
        **options,  # type: ignore[arg-type]
    )  # fmt: skip
    return run_real(request, found), written


def test_a_command(tmp_path: Path) -> None:
    script = (
        'printf "out\\377"; printf err >&2; cat "$3" > "$5"; test -n "${1##image.elf}" || exit 9'
        + _STATS % ("680", 42, "exit", "")
        + "exit 42"
    )
    result, written = _run(_stand_in(tmp_path, script), input=b"private")
    assert written == [b"out\xff", b"err", b"private"]
    assert result.stats() == {
        "schema": 1,
        "target": "sp1",
        "executor": "zeroos-exec-sp1",
        "instructions": 680,
        "exit_code": 42,
        "outcome": "exit",
        "output_sha256": hashlib.sha256(b"private").hexdigest(),
        "cost": {"gas": 12},
    }


def test_a_guest_that_kills_it(tmp_path: Path) -> None:
    script = _STATS % ("null", 1, "fault", ',"message":"died"') + "exit 1"
    result, _ = _run(_stand_in(tmp_path, script))
    assert (result.outcome, result.instructions, result.message) == ("fault", None, "died")


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo zeroos-exec-sp1: no such image >&2; exit 125", "no such image"),
        ("exit 0", "it said nothing"),
        ('echo hello > "$7"', "its stats cannot be read"),
        ("echo '[]' > \"$7\"", "its stats cannot be read"),
        (_STATS % ("1", 0, "won", ""), "its stats name the outcome `won`"),
    ],
)
def test_failures_of_its_own(tmp_path: Path, script: str, words: str) -> None:
    with pytest.raises(ZeroosError, match=words) as caught:
        _run(_stand_in(tmp_path, script))
    assert caught.value.diagnostics[0].code == "ZOS605"
    assert caught.value.exit_code == 125


def test_a_guest_that_never_ends(tmp_path: Path) -> None:
    with pytest.raises(ZeroosError, match="did not finish within") as caught:
        _run(_stand_in(tmp_path, "exec sleep 60"), timeout=0.3)
    assert caught.value.diagnostics[0].code == "ZOS603"


@pytest.mark.parametrize("option", [{"limit": 5}, {"trace": print}])
def test_what_needs_the_embedded_machine(tmp_path: Path, option: dict[str, object]) -> None:
    with pytest.raises(ZeroosError) as caught:
        _run(_stand_in(tmp_path, ""), **option)
    assert caught.value.diagnostics[0].code == "ZOS606"


def test_qemu_runs_in_an_empty_directory(tmp_path: Path) -> None:
    script = 'ls -A; cat zeroos.in > zeroos.out; printf "%s" "$*" >&2; exit 7'
    result, written = _run(_stand_in(tmp_path, script, VIRT), VIRT, input=b"in")
    assert written[0] == b"zeroos.in\n" and written[2] == b"in"
    assert written[1].endswith(b"/image.elf") and b"-semihosting-config" in written[1]
    assert (result.exit_code, result.instructions, result.cost) == (7, None, {})


def test_qemu_that_fails(tmp_path: Path) -> None:
    script = "echo something; echo 'qemu-system-riscv64: could not load kernel' >&2; exit 1"
    with pytest.raises(ZeroosError, match="could not load kernel"):
        _run(_stand_in(tmp_path, script, VIRT), VIRT)


def test_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZEROOS_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr("zeroos_build.paths.data_root", lambda: tmp_path / "data")
    for target in (SP1, VIRT):
        name = target.executor[0].name
        reason = find_executor(target)
        assert isinstance(reason, str) and f"`{name}` is not installed" in reason
        with pytest.raises(ZeroosError, match="is not installed") as caught:
            require_executor(target)
        assert (caught.value.diagnostics[0].code, caught.value.exit_code) == ("ZOS601", 4)
        # The less particular place first: each following one is preferred.
        for place in ("bin", "data/executors/target/release", None):
            home = tmp_path / place if place else executor_home(target.executor[0]) / "bin"
            home.mkdir(parents=True, exist_ok=True)
            (home / name).write_text("#!/bin/sh\n")
            (home / name).chmod(0o755)
            if target is SP1 or place == "bin":
                found = require_executor(target)
                assert found.program == home / name


def test_a_changed_driver_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executor = SP1.executor[0]
    monkeypatch.setattr("zeroos_build.paths.data_root", lambda: tmp_path)
    homes = [executor_home(executor)]
    top = tmp_path / "executors"
    for place, counts in (
        (f"{executor.name}/Cargo.toml", True),
        (f"{executor.name}/src/main.rs", True),
        ("zeroos-exec/src/lib.rs", True),
        ("Cargo.toml", True),
        ("Cargo.lock", True),
        ("zeroos-exec-other/src/main.rs", False),
        (f"{executor.name}/target/release/main.d", False),
        (f"{executor.name}/Cargo.lock", True),
    ):
        file = top / place
        file.parent.mkdir(parents=True, exist_ok=True)
        for text in ("one", "two"):
            file.write_text(text)
            home = executor_home(executor)
            assert (home not in homes) == counts, place
            homes.append(home)
    (top / "Cargo.lock").write_text("three")
    assert executor_home(executor) == homes[-1], "it has a lock file of its own"
    assert homes[0].name == f"{executor.name}-{executor.version}"


def test_a_file_that_is_no_image(tmp_path: Path) -> None:
    for target in (SP1, VIRT):
        found = _stand_in(tmp_path, "exit 0", target)
        with pytest.raises(ZeroosError, match="not a little-endian ELF file") as caught:
            run_real(RunRequest(image=found.program, target=target), found)
        assert caught.value.diagnostics[0].code == "ZOS602"
