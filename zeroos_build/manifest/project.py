# SPDX-License-Identifier: MIT OR Apache-2.0
"""A loaded manifest, and what it says for one target: `Project` and `Resolved`.

`Resolved` has the manifest's own names: `r.image.name`, `r.build.optimize`,
`r.abi.memory.heap`, `r.abi.policy["prlimit64"].action`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from zeroos_build.diagnostics import Diagnostic, ZeroosError
from zeroos_build.manifest.budget import Budget
from zeroos_build.manifest.fields import walk
from zeroos_build.manifest.layers import Layer, Origin, Setting, file_layer
from zeroos_build.manifest.model import Abi, Build, Level, Manifest, Tables
from zeroos_build.manifest.toml import Document
from zeroos_build.manifest.wording import Path as KeyPath
from zeroos_build.manifest.wording import Places
from zeroos_build.target import Target, load_target, target_names

if TYPE_CHECKING:
    from zeroos_build.manifest.embedded import Embedded


@dataclass(frozen=True, slots=True)
class ResolvedImage:
    """`[image]` with nothing left open; paths are relative to the project's directory."""

    name: str
    sources: tuple[Path, ...]
    objects: tuple[Path, ...]
    include: tuple[Path, ...]
    defines: dict[str, str | Literal[True]]
    cflags: tuple[str, ...]
    cxxflags: tuple[str, ...]
    ldflags: tuple[str, ...]
    args: tuple[str, ...]
    env: dict[str, str]


@dataclass(frozen=True, slots=True)
class Resolved:
    """All settings for one target. Sizes are bytes; `abi.memory.heap` is bytes or "auto".

    `directory` is absolute; `reference` is the target as `load_target` takes it. `origins` has the
    dotted name of each key (`abi.memory.heap`) and of each entry of an open table
    (`image.env.HOME`). `lint` holds what the manifest changed; `embedded` is what
    `abi.vfs.files` comes to, directory by directory.
    """

    directory: Path
    file: Path | None
    reference: str
    target: Target
    image: ResolvedImage
    build: Build
    abi: Abi
    lint: dict[str, Level]
    embedded: tuple[Embedded, ...]
    budget: Budget
    origins: dict[str, Origin]

    def values(self) -> dict[str, Any]:
        """Dotted name to value, in the manifest's order, as plain data; unset keys are None."""
        found: dict[str, Any] = {}
        for key in walk(Tables):
            value: Any = self
            for part in key.path:
                value = getattr(value, part)
            if key.is_open:
                for name, entry in value.items():
                    found[f"{key.dotted}.{name}"] = _plain(entry)
            else:
                found[key.dotted] = _plain(value)
        return found


@dataclass(frozen=True, slots=True)
class Project:
    """A manifest with the settings from outside of it.

    `directory` is absolute; `file` is None where sources stand without a manifest. `manifest` and
    `data` are the file's own words; `resolve` says what holds for a target. `chosen` is the target
    that the command line or the environment names.
    """

    directory: Path
    file: Path | None
    manifest: Manifest
    document: Document
    places: Places
    data: dict[str, Any]
    environment: Layer = field(default_factory=dict)
    flags: Layer = field(default_factory=dict)
    chosen: tuple[str, Origin] | None = None

    @property
    def default_target(self) -> str:
        """The target that `build` and `run` take, as `load_target` takes it."""
        return self.target_origin()[0]

    def target_origin(self) -> tuple[str, Origin]:
        """The default target with its origin."""
        if self.chosen is not None:
            return self.chosen
        key = ("build", "target")
        name = self.manifest.build.target
        if "target" in self.manifest.build.model_fields_set:
            return self.reference(name), Origin("manifest", str(self.places.at_key(key)))
        return name, Origin("default")

    def all_targets(self) -> list[str]:
        """What `--all` builds."""
        for layer in (self.flags, self.environment):
            setting = layer.get(("build", "targets"))
            if setting:
                return list(setting.value)
        listed = [self.reference(name) for name in self.manifest.build.targets]
        return listed or target_names()

    def named_targets(self) -> list[str]:
        """Each target that the manifest speaks of, the default one first."""
        names = [self.default_target, *map(self.reference, self.manifest.build.targets)]
        known = {load_target(name).name for name in names}
        names += [t for t in map(self.reference, self.manifest.target) if t not in known]
        return list(dict.fromkeys(names))

    def reference(self, name: str) -> str:
        """A target's name in the manifest as `load_target` takes it: directories made absolute."""
        return str(self.directory / name) if "/" in name else name

    def layers(self, target: Target, reference: str) -> list[Layer]:
        """All layers for a target, from the weakest to the strongest."""
        own = {key: value for key, value in self.data.items() if key in Tables.model_fields}
        layers = [_target_layer(target), file_layer(own, "manifest", self.places)]
        for name, table in self.data.get("target", {}).items():
            if name == target.name or self.reference(name) == reference:
                prefix = ("target", name)
                layers.append(file_layer(table, "target table", self.places, prefix))
        return [*layers, self.environment, self.flags]

    def resolve(self, target_name: str | None = None, *, need_objects: bool = True) -> Resolved:
        """What holds for a target; None takes the default one.

        Raises ZOS110 for an unknown target, and all that is wrong for this target at once:
        ZOS103, ZOS107, ZOS116, ZOS117, ZOS119. Without `need_objects`, files in `image.objects`
        may be missing (another tool may not have made them yet).
        """
        resolved, found = self.try_resolve(target_name, need_objects=need_objects)
        if found:
            raise ZeroosError(found)
        return resolved

    def try_resolve(
        self,
        target_name: str | None = None,
        *,
        need_objects: bool = True,
        left_out: Sequence[KeyPath] = (),
    ) -> tuple[Resolved, list[Diagnostic]]:
        """`resolve`, with the diagnostics as a value.

        `left_out` are settings that were taken out because they are wrong; what follows from
        their absence is not reported.
        """
        from zeroos_build.manifest.resolve import resolve

        return resolve(self, target_name or self.default_target, need_objects, left_out)


def _target_layer(target: Target) -> Layer:
    """What a target's own data decides where the manifest is silent."""
    mode = target.dispatch.modes[0]
    if mode == "call":
        return {}
    origin = Origin("target.toml", str(target.directory / "target.toml"))
    return {("build", "dispatch"): Setting(mode, origin)}


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return value.as_posix()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", by_alias=True, exclude_none=True)
    return value
