# SPDX-License-Identifier: MIT OR Apache-2.0
"""What `check` says of each kind of bad manifest, word for word.

UPDATE_GOLDEN=1 writes the expected texts anew; read the difference before committing it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from zeroos_build.cli.app import run_command_line
from zeroos_build.target import target_names

CASES = Path(__file__).parent / "diagnostics"


def _escaping_link(project: Path) -> None:
    (project / "secret.c").symlink_to("/etc/hostname")
    (project / "zeroos.toml").write_text('[image]\nsources = ["main.c", "secret.c"]\n')


def _not_a_file(project: Path) -> None:
    os.mkfifo(project / "zeroos.toml")


def _nothing_here(project: Path) -> None:
    (project / "main.c").unlink()


def _nothing_to_build(project: Path) -> None:
    (project / "main.c").unlink()
    (project / "zeroos.toml").write_text("[build]\n")


def _bytes(data: bytes) -> Callable[[Path], None]:
    def write(project: Path) -> None:
        (project / "zeroos.toml").write_bytes(data)

    return write


def _embedded_tree(project: Path) -> None:
    tree = project / "data" / "inner"
    tree.mkdir(parents=True)
    (tree / "good").symlink_to("../file")
    (project / "data" / "file").write_text("text")
    (tree / "out").symlink_to("../../main.c")
    (tree / "absolute").symlink_to("/etc/hostname")
    os.mkfifo(tree / "fifo")
    (tree / "line\nend").write_text("")
    (project / "zeroos.toml").write_text(
        "[abi.vfs]\n"
        'files = [{ path = "/data", from = "data" }, { path = "/data/file", from = "main.c" }]\n'
    )


def _embedded_too_large(project: Path) -> None:
    """Files with holes: they have a length and take no room on the disk."""
    (project / "data").mkdir()
    for name, size in (("data/a", 100 << 20), ("data/b", 100 << 20), ("far.bin", (2 << 30) + 1)):
        with (project / name).open("wb") as file:
            file.truncate(size)
    (project / "zeroos.toml").write_text(
        '[build]\ntargets = ["qemu-virt", "sp1"]\n[abi.vfs]\nfiles = [\n'
        '  { path = "/data", from = "data" },\n  { path = "/far", from = "far.bin" },\n]\n'
    )


# Manifests that do not fit into a text file, or that want something beside them.
SPECIAL: dict[str, Callable[[Path], None]] = {
    "escaping-link": _escaping_link,
    "embedded-tree": _embedded_tree,
    "embedded-too-large": _embedded_too_large,
    "not-a-file": _not_a_file,
    "nothing-here": _nothing_here,
    "nothing-to-build": _nothing_to_build,
    "not-utf8": _bytes(b'[image]\nname = "caf\xe9"\n'),
    "byte-order-mark": _bytes(b"\xef\xbb\xbf[image]\n"),
    "too-large": _bytes(b"#" * (1 << 20) + b"\n"),
    "nested-brackets": _bytes(b"a = " + b"[" * 100_000),
    "long-key": _bytes(b"a" + b".a" * 100_000 + b" = 1"),
    "too-many-values": _bytes(b"a = [" + b"1," * 100_000 + b"]"),
    "huge-integer": _bytes(b"[abi.time]\nepoch = 0x" + b"f" * 10_000),
    "terminal-escape": _bytes(b'[image]\n"\\u001b[2J" = "\t\\u001b[31m"\n'),
}


def _cases() -> list[str]:
    return sorted([path.stem for path in CASES.glob("*.toml")] + list(SPECIAL))


@pytest.mark.parametrize("name", _cases())
def test_text(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "main.c").write_text("int main(void) { return 0; }\n")
    (project / "main.py").write_text("")
    if name in SPECIAL:
        SPECIAL[name](project)
    else:
        (project / "zeroos.toml").write_bytes((CASES / f"{name}.toml").read_bytes())
    monkeypatch.chdir(project)
    code = run_command_line(["--color", "never", "check"])
    stdout, stderr = capsys.readouterr()
    got = f"{stderr}{stdout}exit code {code}\n".replace(str(project), "PROJECT")
    got = got.replace(", ".join(target_names()), "EVERY TARGET")
    expected = CASES / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(got)
    assert got == expected.read_text()


def test_each_expected_text_has_a_case() -> None:
    assert sorted(path.stem for path in CASES.glob("*.txt")) == _cases()
