# SPDX-License-Identifier: MIT OR Apache-2.0
"""Completion for shells: scripts that know commands, options and targets by themselves.

A script that asked the tool at each press of a key would start Python each time, so what there is
to complete is written into it; `zeroos-build completion` after an update writes it anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import typer

from zeroos_build.cli.app import COMMANDS, build_app
from zeroos_build.diagnostics import catalogue
from zeroos_build.target import target_names

Shell = Literal["bash", "zsh", "fish"]


@dataclass(frozen=True, slots=True)
class Option:
    """An option: its names, its help in one line, and the words that it takes.

    `values` is None for a flag, empty for what only the user knows (files among it).
    """

    names: tuple[str, ...]
    help: str
    values: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Command:
    """A command with what can follow it; `words` are the values of its first argument."""

    name: str
    help: str
    options: tuple[Option, ...]
    words: tuple[str, ...]


def script(shell: Shell) -> str:
    """The script for a shell."""
    root: Any = typer.main.get_command(build_app(complete=True))
    commands = [_command(name, root.commands[name]) for name in COMMANDS]
    top = _options(root)
    writer = {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]
    return writer(commands, top)


def _command(name: str, command: Any) -> Command:
    words = tuple(catalogue()) if name == "explain" else ()
    return Command(name, COMMANDS[name], _options(command), words)


def _options(command: Any) -> tuple[Option, ...]:
    found = []
    for parameter in command.params:
        if parameter.param_type_name != "option" or parameter.hidden:
            continue
        metavar = parameter.metavar or ""
        if parameter.is_flag:
            values: tuple[str, ...] | None = None
        elif "--target" in parameter.opts:
            values = tuple(target_names())
        elif "|" in metavar:
            values = tuple(metavar.split("|"))
        else:
            values = tuple(getattr(parameter.type, "choices", ()))
        found.append(Option(tuple(parameter.opts), parameter.help or "", values))
    return tuple(found)


def _bash(commands: list[Command], top: tuple[Option, ...]) -> str:
    lines = [
        "# bash completion for zeroos-build; made by `zeroos-build completion bash`.",
        "# shellcheck shell=bash",
        "_zeroos_build() {",
        '    local word="${COMP_WORDS[COMP_CWORD]}" before="" command="" i options="" values=""',
        "    if ((COMP_CWORD > 0)); then before=${COMP_WORDS[COMP_CWORD - 1]}; fi",
        "    for ((i = 1; i < COMP_CWORD; i++)); do",
        '        case "${COMP_WORDS[i]}" in',
        *(
            f'            {command.name}) command="{command.name}"; break ;;'
            for command in commands
        ),
        "        esac",
        "    done",
        "    COMPREPLY=()",
        '    case "$command $before" in',
    ]
    for command in [Command("*", "", top, ()), *commands]:
        for option in command.options:
            if option.values is None:
                continue
            patterns = "|".join(f'"{command.name} {name}"' for name in option.names)
            if command.name == "*":
                patterns = "|".join(f'*" {name}"' for name in option.names)
            lines.append(f'        {patterns}) values="{" ".join(option.values)} " ;;')
    lines += [
        "    esac",
        "    if [[ -n $values ]]; then",
        *_fill("$values", "        "),
        "        # What only the user knows may be a file.",
        "        if [[ -z ${values// /} ]]; then",
        '            mapfile -t COMPREPLY < <(compgen -f -- "$word")',
        "        fi",
        "        return",
        "    fi",
        '    case "$command" in',
        f'        "") options="{_names(top)} {" ".join(c.name for c in commands)}" ;;',
    ]
    lines += [
        f'        {c.name}) options="{" ".join([_names(c.options), *c.words]).strip()}" ;;'
        for c in commands
    ]
    lines += [
        "    esac",
        *_fill("$options", "    "),
        "}",
        "complete -o default -F _zeroos_build zeroos-build",
    ]
    return "\n".join(lines) + "\n"


def _fill(words: str, indent: str) -> list[str]:
    return [f'{indent}mapfile -t COMPREPLY < <(compgen -W "{words}" -- "$word")']


def _names(options: tuple[Option, ...]) -> str:
    return " ".join(name for option in options for name in option.names)


def _zsh(commands: list[Command], top: tuple[Option, ...]) -> str:
    lines = [
        "#compdef zeroos-build",
        "# zsh completion for zeroos-build; made by `zeroos-build completion zsh`.",
        "_zeroos_build() {",
        "    local curcontext=$curcontext state line",
        "    local -a commands",
        "    commands=(",
        *(f"        {_single(f'{c.name}:{_plain(c.help)}')}" for c in commands),
        "    )",
        "    _arguments -C \\",
        *(f"        {spec} \\" for option in top for spec in _zsh_option(option)),
        "        '1: :->command' '*:: :->rest'",
        "    case $state in",
        "        command) _describe command commands ;;",
        "        rest)",
        "            case $words[1] in",
    ]
    for command in commands:
        specs = [spec for option in command.options for spec in _zsh_option(option)]
        rest = f"'*: :({' '.join(command.words)})'" if command.words else "'*: :_files'"
        lines += [
            f"                {command.name})",
            "                    _arguments \\",
            *(f"                        {spec} \\" for spec in specs),
            f"                        {rest} ;;",
        ]
    lines += ["            esac ;;", "    esac", "}", '_zeroos_build "$@"']
    return "\n".join(lines) + "\n"


def _zsh_option(option: Option) -> list[str]:
    help = _plain(option.help).replace("[", "(").replace("]", ")").replace(":", ";")
    values = option.values
    action = "" if values is None else f":value:({' '.join(values)})" if values else ":value:_files"
    return [_single(f"{name}[{help}]{action}") for name in option.names]


def _fish(commands: list[Command], top: tuple[Option, ...]) -> str:
    lines = ["# fish completion for zeroos-build; made by `zeroos-build completion fish`."]
    base = "complete -c zeroos-build"
    for command in commands:
        about = f"-a {command.name} -d {_single(_plain(command.help))}"
        lines.append(f"{base} -f -n __fish_use_subcommand {about}")
    for option in top:
        lines.append(base + _fish_option(option))
    for command in commands:
        seen = f" -n '__fish_seen_subcommand_from {command.name}'"
        lines += [base + seen + _fish_option(option) for option in command.options]
        if command.words:
            lines.append(f"{base}{seen} -f -a '{' '.join(command.words)}'")
    return "\n".join(lines) + "\n"


def _fish_option(option: Option) -> str:
    words = ""
    for name in option.names:
        words += f" -l {name[2:]}" if name.startswith("--") else f" -s {name[1:]}"
    if option.values is not None:
        words += f" -x -a '{' '.join(option.values)}'" if option.values else " -r"
    return f"{words} -d {_single(_plain(option.help))}"


def _plain(words: str) -> str:
    """Help in one line without marks."""
    return " ".join(words.replace("`", "").split())


def _single(words: str) -> str:
    """A word in single quotes, as all three shells read it."""
    return "'" + words.replace("\\", "").replace("'", "'\\''") + "'"
