# SPDX-License-Identifier: MIT OR Apache-2.0
"""A project with one planted mistake per rule; each line with a mistake ends in `# ZOSnnn`."""

from __future__ import annotations

from pathlib import Path

from tests.support.objects import assemble

MANIFEST = """\
[image]
sources = [
  "main.c",
  "./main.c",  # ZOS159
]
objects = [
  "objects/narrow.o",  # ZOS450
  "objects/bitcode.o",  # ZOS451
  "objects/float.o",  # ZOS452
  "objects/stack.o",  # ZOS453
  "objects/twice.o",  # ZOS454
  "objects/memory.o",  # ZOS455
  "objects/large.o",  # ZOS456
]
include = ["docs"]  # ZOS171
cflags = [
  "-march=native",  # ZOS153
  "-fsanitize=address",  # ZOS165
  "-ffast-math",  # ZOS166
  "-DLEVEL=3",  # ZOS168
  "-Wall -Wextra",  # ZOS176
]
ldflags = ["--entry=start"]  # ZOS164

[image.env]
API_TOKEN = "abc"  # ZOS156
LD_PRELOAD = "x.so"  # ZOS173

[image.defines]
__riscv = true  # ZOS167

[build]
target = "qemu-virt"  # ZOS174
targets = ["sp1"]
optimize = "0"  # ZOS170

[abi]
handlers.brk = "brk.c"  # ZOS179

[abi.memory]
stack = "100MiB"  # ZOS175

[abi.random]
source = "input"  # ZOS150
seed = "00ff"  # ZOS151

[abi.time]
source = "input"  # ZOS155

[abi.vfs]
files = [
  { path = "/key", from = "keys/server.key" },  # ZOS157
  { path = "/data", from = "data" },  # ZOS158
]

[abi.policy]
umask = { action = "provide", reason = "the same for everyone" }  # ZOS154
fsync = { action = "enosys", reason = "todo" }  # ZOS160
read = { action = "constant", value = 1, reason = "there is one byte" }  # ZOS161
exit = { action = "enosys", reason = "nobody leaves here" }  # ZOS162

[target.qemu-virt]
image.cxxflags = []  # ZOS152
abi.vfs.cwd = "/data"  # ZOS163

[lint]
ZOS151 = "warning"  # ZOS172
"""

SOURCE = """\
static const char built[] = __DATE__;  // ZOS169

int main(void)
{
    return built[0];
}
"""

_END = '\n.section .note.GNU-stack,"",@progbits\n'


def plant(directory: Path) -> dict[tuple[str, int], str]:
    """Write the project; gives the code of each mistake by file and line."""
    large = "".join(
        f".globl g{i}\n.type g{i}, @function\ng{i}:\n.fill 600, 4, 19\n" for i in range(8)
    )
    texts = {
        "zeroos.toml": MANIFEST,
        "main.c": SOURCE,
        "brk.c": "long sys_brk(unsigned long end)\n{\n    return (long)end;\n}\n",
        "docs/notes.md": "No header is here.\n",
        "keys/server.key": "-----BEGIN PRIVATE KEY-----\n",
        "data/table.csv": "1,2\n",
        "data/.DS_Store": "left by a file manager\n",
        "Makefile": _MAKEFILE,
    }
    objects = {
        "narrow": assemble(".globl n\nn: ret" + _END, march="rv32im", mabi="ilp32"),
        "bitcode": b"BC\xc0\xde" + bytes(60),
        "float": assemble(".globl one\none: ret" + _END, march="rv64imafd"),
        "stack": assemble(".globl two\ntwo: ret" + _END.replace('""', '"x"')),
        "twice": assemble(".globl one\none: ret" + _END),
        "memory": assemble(".globl memcpy\nmemcpy: ret" + _END),
        "large": assemble(large + _END),
    }
    for name, text in texts.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (directory / "objects").mkdir()
    for name, data in objects.items():
        (directory / "objects" / f"{name}.o").write_bytes(data)
    return {
        (name, number): line.rpartition("ZOS")[2].join(("ZOS", ""))
        for name in ("zeroos.toml", "main.c")
        for number, line in enumerate(texts[name].splitlines(), 1)
        if "# ZOS" in line or "// ZOS" in line
    }


_MAKEFILE = """\
# Each build system calls the linter like this.
CHECK = zeroos-build check

check:
\t@$(CHECK) $(FLAGS)
"""
