# SPDX-License-Identifier: MIT OR Apache-2.0
"""The linter on built images: each rule finds its mistake at its line, and a sound project none."""

from __future__ import annotations

from pathlib import Path

import pytest

from zeroos_build.build import Options, plan_build, run_plan
from zeroos_build.check import rules
from zeroos_build.check.built import built_from, lint_built, lint_failed
from zeroos_build.check.files import lint_image_file
from zeroos_build.diagnostics import Diagnostic, ZeroosError, catalogue
from zeroos_build.manifest import load

# Each line with a mistake names its rule.
QUIET = """\
[image]
sources = ["main.c"]
[abi]
subsystems = ["process", "vfs"]  # ZOS460
host_calls = ["main.c:nowhere"]  # ZOS466
[abi.random]
source = "input"  # ZOS463
[abi.time]
source = "fixed"  # ZOS464
[abi.vfs]
files = [{ path = "/a", from = "main.c" }]  # ZOS465
[abi.policy]
prlimit64 = { action = "enosys", reason = "musl falls back" }  # ZOS461
[budget]
loaded = "2KiB"  # ZOS520
text = "2KiB"  # ZOS521
stack = "1KiB"  # ZOS522
runs.short = { instructions = 20 }  # ZOS523
runs.lost = { instructions = 20, input = "nothing.bin" }  # ZOS523
"""
QUIET_C = "int main(void)\n{\n    volatile char large[2000] = {1};\n    return large[3];\n}\n"

BUSY = """\
[image]
sources = ["main.c"]
[abi]
subsystems = ["process", "vfs", "random", "time"]
[abi.random]
source = "input"
[abi.time]
source = "fixed"
[abi.vfs]
files = [{ path = "/a", from = "main.c" }]
[abi.policy]
umask = { action = "enosys", reason = "nobody looks at it" }
[budget]
loaded = "1MiB"
text = "1MiB"
stack = "1MiB"
runs.short = { instructions = 100000 }
[lint]
ZOS150 = "warning"
"""
BUSY_C = """\
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
    char byte;
    getrandom(&byte, 0, 0);
    umask(0);
    return open("/a", O_RDONLY) < 0 || time(0) < 0;
}
"""

OPEN_C = """\
#include <sys/random.h>
#include <unistd.h>

volatile long number = 172;

static long ask(void)
{
    char key[16];
    return getrandom(key, sizeof key, 0);
}

int main(void)
{
    return syscall(number) < 0 || ask() < 0;
}
"""


def lint(directory: Path, manifest: str, source: str) -> list[Diagnostic]:
    """What the linter says of the image of a project, as `check --build` does."""
    (directory / "main.c").write_text(source)
    (directory / "zeroos.toml").write_text(manifest)
    project = load(directory, env={})
    resolved = project.resolve("sp1")
    plan = plan_build(resolved, Options())
    try:
        run_plan(plan, Options())
    except ZeroosError as problem:
        return lint_failed(project, resolved, plan.directory, problem)
    return lint_built(project, resolved, plan.directory)


def places(found: list[Diagnostic]) -> list[tuple[str, str, int]]:
    assert all(d.location and d.help and d.message for d in found)
    rows = [(d.location, d.code) for d in found]
    return sorted((Path(place.file).name, code, place.line) for place, code in rows if place)


def test_each_planted_mistake_is_found_at_its_line(tmp_path: Path) -> None:
    wanted = [
        ("zeroos.toml", line.partition("# ")[2], number)
        for number, line in enumerate(QUIET.splitlines(), 1)
        if "# ZOS" in line
    ]
    found = lint(tmp_path, QUIET, QUIET_C)
    assert places(found) == sorted(wanted)
    words = {d.code: (d.message, d.notes) for d in found if "lost" not in d.message}
    assert "more than the budget of 2KiB" in words["ZOS520"][0]
    assert "main.c.o" in words["ZOS520"][1][0] or "libc.a" in words["ZOS520"][1][0]
    assert "`main` 20" in words["ZOS522"][1][0]
    assert "more than its budget of 20" in words["ZOS523"][0]
    assert "% of samples" in words["ZOS523"][1][0]
    # The image by itself leads to its manifest.
    name = load(tmp_path, env={}).resolve("sp1").image.name
    image = tmp_path / "build/zeroos/sp1" / f"{name}.elf"
    assert places(lint_image_file(image, None)) == sorted(wanted)


def test_a_sound_project(tmp_path: Path) -> None:
    assert places(lint(tmp_path, BUSY, BUSY_C)) == []


def test_what_the_program_reaches_has_the_line_of_its_call(tmp_path: Path) -> None:
    found = places(lint(tmp_path, "", OPEN_C))
    # The handler of a number that may be any is in the image as well.
    assert ("main.c", "ZOS442", 9) in found
    assert ("main.c", "ZOS462", 14) in found
    assert {code for _, code, _ in found} == {"ZOS442", "ZOS462"}


@pytest.mark.parametrize(
    ("manifest", "code"),
    [("", "ZOS440"), ("", "ZOS445"), ('[abi]\nsubsystems = ["process"]\n', "ZOS441")],
)
def test_a_refused_call_has_its_line(tmp_path: Path, manifest: str, code: str) -> None:
    source = (
        "#include <unistd.h>\n#include <sys/socket.h>\n\nint main(void)\n{\n"
        "    return write(1, 0, 0) < 0;\n}\n"
    )
    if code == "ZOS445":
        source = source.replace("write(1, 0, 0)", "socket(AF_INET, SOCK_STREAM, 0)")
    if code == "ZOS440":
        source = source.replace("write(1, 0, 0)", "acct(0)")
    found = lint(tmp_path, manifest, source)
    assert places(found) == [("main.c", code, 6)]
    assert found[0].severity == "error"


def test_randomness_is_a_warning_where_the_manifest_says_so(tmp_path: Path) -> None:
    source = (
        "#include <sys/random.h>\n\nint main(void)\n{\n    char key;\n"
        "    return getrandom(&key, 1, 0) < 0;\n}\n"
    )
    found = [d for d in lint(tmp_path, "", source) if d.code == "ZOS442"]
    assert [d.severity for d in found] == ["error"]
    found = lint(tmp_path, '[lint]\nZOS442 = "warning"\n', source)
    assert [d.severity for d in found if d.code == "ZOS442"] == ["warning"]


def test_an_image_elsewhere_is_checked_by_its_target_alone(tmp_path: Path) -> None:
    lint(tmp_path, QUIET, QUIET_C)
    made = next(
        p for p in (tmp_path / "build/zeroos/sp1").glob("*.elf") if built_from(p) is not None
    )
    copy = tmp_path / "copy.elf"
    copy.write_bytes(made.read_bytes())
    assert lint_image_file(copy, None) == []
    damaged = bytearray(made.read_bytes())
    damaged[4] = 9
    copy.write_bytes(damaged)
    (found,) = lint_image_file(copy, None)
    assert (found.code, found.location and found.location.file) == ("ZOS511", str(copy))


def test_each_rule_of_images_is_planted() -> None:
    known = {c for c, entry in catalogue().items() if entry.default and c >= "ZOS460"}
    assert {rule.CODE for rule in rules("image")} == known
    planted = {line.partition("# ")[2] for line in QUIET.splitlines() if "# ZOS" in line}
    assert planted | {"ZOS462"} == known
