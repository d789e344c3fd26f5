# SPDX-License-Identifier: MIT OR Apache-2.0
"""A compiler's or linker's command line as a wrapper understands it. Nothing here acts."""

from __future__ import annotations

import os

from zeroos_build.wrap import options as o

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Command:
    """A parsed command line.

    `words` are for the compiler, in their order, with inputs and `-o`; `flags` are those of them
    that hold for each source. `sources` are (language or "", path); `items` is what a link takes,
    in order: ("file", path), ("source", index into `sources`), ("library", name), ("whole", "+" or
    "-"). `ld` are options for the linker.
    """

    __slots__ = (
        "asks_linker", "compiles", "depfile", "flags", "items", "ld",
        "machine", "map", "output", "pending", "prints", "questions", "refused", "relocatable",
        "search", "settings", "sources", "stack", "target", "verbose", "words",
    )  # fmt: skip

    def __init__(self) -> None:
        self.words: list[str] = []
        self.flags: list[str] = []
        self.sources: list[tuple[str, str]] = []
        self.items: list[tuple[str, str]] = []
        self.ld: list[str] = []
        self.search: list[str] = []
        self.settings: list[str] = []
        self.target: str | None = None
        self.output: str | None = None
        self.map: str | None = None
        self.stack: str | None = None
        # (option, why, fix) of what no image can be made with.
        self.refused: list[tuple[str, str, str]] = []
        # What the words say of the machine: -march=, -mabi=, --target=, -m elf64lriscv.
        self.machine: list[str] = []
        self.prints: list[str] = []
        self.compiles = False
        self.questions = False
        self.asks_linker = False
        self.relocatable = False
        self.depfile = False
        self.verbose = False
        # A linker's option whose value stands in the next `-Wl,` or `-Xlinker`.
        self.pending: str | None = None

    @property
    def links(self) -> bool:
        """Whether an image is to be made."""
        return not self.compiles and bool(self.items)


def expand(words: Sequence[str]) -> list[str]:
    """Words with response files read, by the compilers' rules; a missing file is a plain word."""
    found: list[str] = []
    for word in words:
        if word[:1] == "@" and os.path.isfile(word[1:]):  # noqa: PTH113
            import shlex

            with open(word[1:], encoding="utf-8", errors="surrogateescape") as file:  # noqa: PTH123
                found += expand(shlex.split(file.read()))
        else:
            found.append(word)
    return found


def parse(words: Sequence[str]) -> Command:
    """A compiler's command line."""
    command = Command()
    language = ""
    traps = any(word.startswith("-fsanitize-trap") for word in words)
    rest = iter(expand(words))
    for word in rest:
        if word == "-" or word[:1] != "-":
            _input(command, language, word)
            continue
        value = next(rest, "") if word in o.VALUED else None
        if word == "-x" or (word[:2] == "-x" and value is None):
            name = value if value is not None else word[2:]
            language = "" if name == "none" else name
            # Between inputs its place counts; `sources` know their language.
            command.words += ["-x", name]
        elif word == "-o" or (word[:2] == "-o" and value is None and word[:4] != "-obj"):
            command.output = value if value is not None else word[2:]
            command.words += ["-o", command.output]
        elif not (_ours(command, word, value) or _for_linker(command, word, value)):
            _for_compiler(command, word, value, traps)
    return command


def parse_ld(words: Sequence[str]) -> Command:
    """A linker's command line."""
    command = Command()
    linker_words(command, iter(expand(words)), inputs=True)
    return command


def _input(command: Command, language: str, path: str) -> None:
    command.words.append(path)
    if language or path == "-" or os.path.splitext(path)[1] in o.SOURCES:  # noqa: PTH122
        command.items.append(("source", str(len(command.sources))))
        command.sources.append((language, path))
    else:
        command.items.append(("file", path))


def _ours(command: Command, word: str, value: str | None) -> bool:
    """`--zeroos-target T` and `-z KEY=VALUE`; a key of the manifest has a dot in it."""
    if word == "--zeroos-target":
        command.target = value
    elif word.startswith("--zeroos-target="):
        command.target = word.partition("=")[2]
    elif word == "-z" and value is not None:
        linker_words(command, iter(["-z", value]))
    else:
        return False
    return True


def _for_linker(command: Command, word: str, value: str | None) -> bool:
    """Options that matter when something is linked and never before."""
    if word.startswith("-Wl,"):
        _wl(command, word)
    elif word == "-Xlinker" and value is not None:
        _xlinker(command, value)
    elif word == "-l" and value is not None:
        command.items.append(("library", value))
    elif word[:2] == "-l":
        command.items.append(("library", word[2:]))
    elif word[:2] == "-L":
        command.search.append(value if value is not None else word[2:])
    elif word in ("-u", "-rpath", "-soname"):
        linker_words(command, iter([word, value or ""]))
    elif word == "-r":
        command.relocatable = True
    else:
        return False
    return True


def _wl(command: Command, word: str) -> None:
    # A value may stand in a `-Wl,` of its own: -Wl,-rpath -Wl,/lib.
    for part in word.split(",")[1:]:
        _xlinker(command, part)


def _xlinker(command: Command, part: str) -> None:
    if command.pending is not None:
        option, command.pending = command.pending, None
        linker_words(command, iter([option, part]))
    elif part[:1] == "-" and part.lstrip("-") in o.LD_VALUED:
        command.pending = part
    else:
        linker_words(command, iter([part]), inputs=True)


def _for_compiler(command: Command, word: str, value: str | None, traps: bool) -> None:
    known = _refusal(word)
    if word in o.NO_LINK:
        command.compiles = True
        command.words.append(word)
        return
    if word in o.QUESTIONS:
        command.questions = True
        command.verbose = command.verbose or word == "-v"
    elif word.startswith(("-dumpmachine", "-print-", "--print-")):
        command.questions = True
        command.prints.append(word)
    elif word in o.IGNORED or word.startswith(o.IGNORED_STARTS):
        return
    elif word.startswith(("-march=", "-mabi=", "-mcmodel=", "-m64", "-m32")):
        command.machine.append(word)
        if not word.startswith("-march="):
            return
    elif word.startswith(("--target=", "-target")):
        command.machine.append("--target=" + (value or word.partition("=")[2]))
        return
    elif known is not None and not (traps and word.startswith("-fsanitize=")):
        shown = word if value is None else f"{word} {value}"
        command.refused.append((shown, *known))
        return
    command.depfile = command.depfile or word == "-MF"
    added = [word] if value is None else [word, value]
    command.words += added
    command.flags += added


def _refusal(word: str) -> tuple[str, str] | None:
    found = o.REFUSED.get(word)
    if found is None and word[:2] in ("-T", "-e") and len(word) > 2:
        # -Ttext=..., but not -emit-..., which is no entry point.
        return o.REFUSED["-T*"] if word[1] == "T" else None
    for name, reason in o.REFUSED.items():
        if name[-1] == "*" and len(name) > 3 and word.startswith(name[:-1]):
            return reason
        if name == word + "*":
            return reason
    return found


_LD_REFUSED = {
    "shared": o.REFUSED["-shared"],
    "Bshareable": o.REFUSED["-shared"],
    **dict.fromkeys(
        ("T", "script", "Ttext", "Tdata", "Tbss", "section-start", "image-base", "dT",
         "Ttext-segment", "default-script", "N", "n", "omagic", "nmagic"),
        o.REFUSED["-T*"],
    ),
    **dict.fromkeys(("e", "entry"), o.REFUSED["-e*"]),
    "lto": o.REFUSED["-flto*"],
}  # fmt: skip


def linker_words(command: Command, words: Iterator[str], *, inputs: bool = False) -> None:
    """The linker's options, one after the other; with `inputs`, files as well."""
    for word in words:
        if word[:1] != "-" or word == "-":
            if inputs:
                command.items.append(("file", word))
            continue
        name, equals, text = word.lstrip("-").partition("=")
        name = "" if word in ("-(", "-)") else name
        letter = name[:1]
        if not equals and name in o.LD_VALUED:
            text = next(words, "")
        elif not equals and word[1] != "-" and letter in "olLmyuzTeORhI" and not _is_word(name):
            name, text = letter, name[1:]
        _linker_option(command, word, name, text, bool(equals))


def _is_word(name: str) -> bool:
    known = o.LD_IGNORED | o.LD_PASSED | _LD_REFUSED.keys()
    return name in known or name + "=" in known or name in ("relocatable", "library-path")


def _linker_option(command: Command, word: str, name: str, text: str, equals: bool) -> None:
    if name == "z":
        _z_word(command, text)
    elif name == "o" or (name == "output" and equals):
        command.output = text
    elif name in ("L", "library-path"):
        command.search.append(text)
    elif name in ("l", "library"):
        command.items.append(("library", text))
    elif name == "Map":
        command.map = text
    elif name in ("whole-archive", "no-whole-archive"):
        command.items.append(("whole", "-" if name[0] == "n" else "+"))
    elif name in ("r", "relocatable", "Ur", "i"):
        command.relocatable = True
    elif name in ("v", "V", "version"):
        command.asks_linker = True
        command.words.append(word)
    elif name == "help":
        command.asks_linker = True
    elif name == "m":
        command.machine.append(f"-m {text}")
    elif name in _LD_REFUSED:
        command.refused.append((word if equals else f"{word} {text}".rstrip(), *_LD_REFUSED[name]))
    elif name in o.LD_PASSED or name + "=" in o.LD_PASSED:
        if name + "=" in o.LD_PASSED and text:
            command.ld.append(f"--{name}={text}")
        else:
            command.ld += [f"-{name}", text] if text else [f"-{name}"]
    elif name and name not in o.LD_IGNORED and name + "=" not in o.LD_IGNORED:
        why = "the linker's option is none that an image is known to link rightly with"
        command.refused.append((word, why, "leave it out"))


def _z_word(command: Command, text: str) -> None:
    key, equals, value = text.partition("=")
    if equals and "." in key:
        command.settings.append(text)
    elif key == "stack-size":
        command.stack = value
    elif key == "execstack":
        why = "memory that can be executed is never writable in an image"
        command.refused.append(("-z execstack", why, "leave it out"))
    elif key not in o.LD_Z_IGNORED:
        why = "it is neither a key of the manifest nor an option of the linker that is known"
        command.refused.append(
            (f"-z {text}", why, "settings are written `-z abi.memory.heap=64MiB`")
        )
