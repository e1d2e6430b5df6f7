"""Writes what follows from the list of services: `python -m deploy.ship`, or `--check`.

deploy/compose.yaml, deploy/k8s/base and the figures of scaling come from here; what is of a place,
and so in an overlay, is written by hand.
"""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from deploy.ship import compose, kubernetes, scaling
from deploy.tongxin.home import ROOT, SERVICES

HEAD = "# Written by `python -m deploy.ship`: change what writes it.\n"
COMMON = ("common.yaml",)
"""What of the base is written by hand."""


def files() -> Mapping[str, str]:
    """Each file that is written, by its path below deploy/."""
    base = {f"{name}.yaml": kubernetes.service_objects(name) for name in SERVICES}
    base["migrate.yaml"] = kubernetes.migration()
    components = {"hpa": scaling.by_work, "keda": scaling.by_what_waits}
    return {
        "compose.yaml": compose.HINTS + text([compose.project()]),
        "k8s/base/kustomization.yaml": HEAD + text([kustomization([*COMMON, *base])]),
        **{f"k8s/base/{name}": HEAD + text(objects) for name, objects in base.items()},
        **{
            f"k8s/components/{component}/scaling.yaml": HEAD + text(list(map(scaled, SERVICES)))
            for component, scaled in components.items()
        },
    }


def kustomization(resources: Sequence[str]) -> dict[str, Any]:
    """What kustomize reads first."""
    return {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "resources": resources,
    }


def text(documents: Sequence[Any]) -> str:
    """YAML as a person would write it."""
    dumped: str = yaml.dump_all(
        documents, Dumper=Plain, sort_keys=False, allow_unicode=True, width=100
    )
    return dumped


class Plain(yaml.SafeDumper):
    """Says things again instead of pointing at them, and sets lists in."""

    def ignore_aliases(self, data: object) -> bool:
        """Point at nothing."""
        return True

    def increase_indent(self, *_: object, **__: object) -> None:
        """Items of a list stand further in than its name."""
        super().increase_indent(flow=False, indentless=False)


def main() -> int:
    """Write or check; 1 if a check finds drift."""
    stale = []
    for name, wanted in files().items():
        file = ROOT / "deploy" / name
        if not file.exists() or file.read_text("utf-8") != wanted:
            stale.append(name)
            if "--check" not in sys.argv:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(wanted, "utf-8")
    if stale and "--check" in sys.argv:
        sys.stderr.write(f"out of date: {', '.join(stale)}; run 'make docs'\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
