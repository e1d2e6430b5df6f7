"""What Kubernetes is told of each service: the same for all, but for what parts.py says of it."""

from typing import Any

from deploy.ship.parts import DOOR, HEALTH, NATS, PARTS, POSTGRES, USER
from deploy.tongxin.home import SERVICES

Yaml = dict[str, Any]

IMAGE = "tongxin"
LABEL, PART = "app.kubernetes.io/name", "app.kubernetes.io/component"
SECRETS = "/run/secrets/tongxin"
NATS_PODS = {LABEL: "nats"}
POSTGRES_PODS = {"cnpg.io/cluster": "tongxin-pg"}


def labels(part: str) -> dict[str, str]:
    """What tells the pods of a part."""
    return {LABEL: "tongxin", PART: part}


def service_objects(name: str) -> list[Yaml]:
    """Everything that belongs to one service."""
    return [_deployment(name), _service(name), _budget(name), _policy(name)]


def migration() -> list[Yaml]:
    """The job that brings schemas, roles and streams to today's shape, and its way to them."""
    template = _template("migrate", ["deploy.tongxin", "migrate"], "256Mi")
    template["spec"]["restartPolicy"] = "OnFailure"
    job = {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": metadata("migrate"),
        "spec": {"backoffLimit": 20, "ttlSecondsAfterFinished": 600, "template": template},
    }
    return [job, _network("migrate", [], [*_servers(), _names()])]


def _deployment(name: str) -> Yaml:
    template = _template(name, [f"services.{name}"], PARTS[name].memory)
    (container,) = template["spec"]["containers"]
    container["ports"] = [{"name": "health", "containerPort": HEALTH}]
    if name == "portal":
        container["ports"].append({"name": "http", "containerPort": DOOR})
    container |= {
        "startupProbe": _probe("/health", periodSeconds=2, failureThreshold=90),
        "livenessProbe": _probe("/health", periodSeconds=10, timeoutSeconds=5),
        "readinessProbe": _probe("/ready", periodSeconds=3, timeoutSeconds=4),
        # Whoever still knows this pod as an address asks it a moment longer.
        "lifecycle": {"preStop": {"exec": {"command": ["sleep", "3"]}}},
    }
    spec = {
        "selector": {"matchLabels": labels(name)},
        "strategy": {"rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}},
        "template": template,
    }
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": metadata(name),
        "spec": spec,
    }


def _template(name: str, command: list[str], memory: str) -> Yaml:
    nats_user = "admin" if name == "migrate" else name
    container = {
        "name": name,
        "image": IMAGE,
        "args": command,
        "env": [
            {"name": "TONGXIN_NATS_USER", "value": nats_user},
            {"name": "TONGXIN_SECRETS", "value": SECRETS},
        ],
        "envFrom": [{"configMapRef": {"name": "tongxin"}}],
        "resources": {
            "requests": {"cpu": "100m", "memory": memory},
            "limits": {"memory": memory},
        },
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "volumeMounts": [
            {"name": "secrets", "mountPath": SECRETS, "readOnly": True},
            {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108 - inside a container
        ],
    }
    secret = {"secretName": f"tongxin-{name}", "defaultMode": 0o440}
    spec = {
        "serviceAccountName": "tongxin",
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": 30,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": USER,
            "runAsGroup": USER,
            "fsGroup": USER,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [container],
        "volumes": [
            {"name": "secrets", "secret": secret},
            {"name": "tmp", "emptyDir": {"sizeLimit": "1Gi"}},
        ],
    }
    if name in SERVICES:
        spec["topologySpreadConstraints"] = [_spread(name)]
    return {"metadata": {"labels": labels(name)}, "spec": spec}


def _spread(name: str) -> Yaml:
    return {
        "maxSkew": 1,
        "topologyKey": "kubernetes.io/hostname",
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": labels(name)},
    }


def _probe(path: str, **more: int) -> Yaml:
    return {"httpGet": {"path": path, "port": "health"}, **more}


def _service(name: str) -> Yaml:
    ports = [{"name": "health", "port": HEALTH, "targetPort": "health"}]
    if name == "portal":
        ports.append({"name": "http", "port": 80, "targetPort": "http"})
    spec = {"selector": labels(name), "ports": ports}
    return {"apiVersion": "v1", "kind": "Service", "metadata": metadata(name), "spec": spec}


def _budget(name: str) -> Yaml:
    return {
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        "metadata": metadata(name),
        "spec": {"maxUnavailable": 1, "selector": {"matchLabels": labels(name)}},
    }


def _policy(name: str) -> Yaml:
    watchers = {"namespaceSelector": {"matchLabels": {"tongxin.monitoring": "allowed"}}}
    comes = [{"from": [watchers], "ports": [_tcp(HEALTH)]}]
    goes = [*_servers(), _names()]
    if name == "portal":
        proxies = {"namespaceSelector": {"matchLabels": {"tongxin.ingress": "allowed"}}}
        comes.append({"from": [proxies], "ports": [_tcp(DOOR)]})
    if PARTS[name].outward:
        # Which addresses are refused within that, the service itself decides.
        goes.append({"ports": [_tcp(port) for port in (25, 443, 465, 587)]})
    return _network(name, comes, goes)


def _servers() -> list[Yaml]:
    return [
        {"to": [{"podSelector": {"matchLabels": NATS_PODS}}], "ports": [_tcp(NATS)]},
        {"to": [{"podSelector": {"matchLabels": POSTGRES_PODS}}], "ports": [_tcp(POSTGRES)]},
    ]


def _names() -> Yaml:
    return {"ports": [{"port": 53, "protocol": protocol} for protocol in ("UDP", "TCP")]}


def _tcp(port: int) -> Yaml:
    return {"port": port, "protocol": "TCP"}


def _network(name: str, comes: list[Yaml], goes: list[Yaml]) -> Yaml:
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": metadata(name),
        "spec": {
            "podSelector": {"matchLabels": labels(name)},
            "policyTypes": ["Ingress", "Egress"],
            "ingress": comes,
            "egress": goes,
        },
    }


def metadata(name: str) -> Yaml:
    return {"name": f"tongxin-{name}", "labels": labels(name)}
