# SPDX-License-Identifier: MIT OR Apache-2.0
"""From layers to the settings of one target, with what is wrong about them there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from zeroos_build.diagnostics import Diagnostic
from zeroos_build.manifest.checks import Context, check_memory, check_values
from zeroos_build.manifest.embedded import find_embedded
from zeroos_build.manifest.fields import walk
from zeroos_build.manifest.inputs import check_inputs, find_sources
from zeroos_build.manifest.layers import Layer, Origin, merge, nested
from zeroos_build.manifest.model import Image, Tables
from zeroos_build.manifest.project import Project, Resolved, ResolvedImage
from zeroos_build.manifest.wording import Path as KeyPath
from zeroos_build.target import load_target


def resolve(
    project: Project, reference: str, need_objects: bool, left_out: Sequence[KeyPath] = ()
) -> tuple[Resolved, list[Diagnostic]]:
    """What holds for the target that `load_target(reference)` gives."""
    target = load_target(reference)
    layer = merge(project.layers(target, reference))
    settings = Tables.model_validate(nested(layer))
    context = Context(
        project.directory, project.document.file, target, settings, layer, tuple(left_out)
    )
    sources = find_sources(context)
    check_inputs(context, need_objects)
    embedded = find_embedded(context)
    check_memory(context)
    check_values(context)
    build = settings.build.model_copy(
        update={"target": target.name, "targets": tuple(project.all_targets())}
    )
    resolved = Resolved(
        project.directory,
        project.file,
        reference,
        target,
        _image(project, settings.image, sources),
        build,
        settings.abi,
        dict(settings.lint),
        embedded,
        settings.budget,
        _origins(project, reference, layer),
    )
    return resolved, context.found


def _image(project: Project, image: Image, sources: list[str]) -> ResolvedImage:
    return ResolvedImage(
        image.name or default_name(project.directory),
        tuple(Path(source) for source in sources),
        tuple(Path(name) for name in image.objects),
        tuple(Path(name) for name in image.include),
        dict(image.defines),
        image.cflags,
        image.cxxflags,
        image.ldflags,
        image.args,
        dict(image.env),
    )


def _origins(project: Project, reference: str, layer: Layer) -> dict[str, Origin]:
    special = {
        "image.name": Origin("default", f"the directory `{project.directory.name}`"),
        "image.sources": Origin("default", "the files that are there"),
        "build.targets": Origin("default", "every in-tree target"),
    }
    origins = {".".join(path): setting.origin for path, setting in layer.items()}
    for key in walk(Tables):
        if not key.is_open:
            origins.setdefault(key.dotted, special.get(key.dotted, Origin("default")))
    # The target that is resolved need not be the one that the settings name.
    is_default = reference == project.default_target
    asked = Origin("flag", "the target that was asked for")
    origins["build.target"] = project.target_origin()[1] if is_default else asked
    return origins


def default_name(directory: Path) -> str:
    """The directory's name, with what an image's name cannot hold replaced by `-`."""
    name = re.sub(r"[^a-z0-9._-]+", "-", directory.name.lower()).lstrip("._-")[:64]
    return name or "image"
