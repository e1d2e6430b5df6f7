"""Renders our overlays as kustomize does, for the few of its features that we use.

Where `kubectl` is at hand, a test compares: what is rendered here is what it renders.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

Yaml = dict[str, Any]

CLUSTER_WIDE = {"Namespace"}


def render(folder: Path) -> list[Yaml]:
    """Every object of an overlay, as it would be applied."""
    told = yaml.safe_load((folder / "kustomization.yaml").read_text("utf-8"))
    known = {"apiVersion", "kind", "namespace", *STEPS}
    assert set(told) <= known, f"{folder}: this renders no {sorted(set(told) - known)}"
    objects: list[Yaml] = []
    for step, change in STEPS.items():
        for one in told.get(step, []):
            change(objects, folder, one)
    for one in objects:
        if "namespace" in told and one["kind"] not in CLUSTER_WIDE:
            one["metadata"]["namespace"] = told["namespace"]
    return objects


def _add(objects: list[Yaml], folder: Path, name: str) -> None:
    path = folder / name
    if path.is_dir():
        objects += render(path)
    else:
        objects += [one for one in yaml.safe_load_all(path.read_text("utf-8")) if one]


def _patch(objects: list[Yaml], _: Path, patch: Yaml) -> None:
    """JSON 6902, for the operations and paths that we use."""
    target = patch["target"]
    found = [
        one
        for one in objects
        if one["kind"] == target["kind"]
        and target.get("name", one["metadata"]["name"]) == one["metadata"]["name"]
    ]
    assert found, f"no {target} to patch"
    for one in found:
        for change in yaml.safe_load(patch["patch"]):
            *way, last = change["path"].strip("/").split("/")
            place = one
            for step in way:
                place = place[int(step) if isinstance(place, list) else step]
            assert change["op"] == "replace"
            assert last in place
            place[last] = change["value"]


def _image(objects: list[Yaml], _: Path, image: Yaml) -> None:
    for one in objects:
        template = one.get("spec", {}).get("template", {})
        for container in template.get("spec", {}).get("containers", []):
            if container["image"] == image["name"]:
                container["image"] = f"{image['newName']}:{image['newTag']}"


STEPS: dict[str, Callable[[list[Yaml], Path, Any], None]] = {
    "resources": _add,
    "components": _add,
    "patches": _patch,
    "images": _image,
}
