"""Every metric of the services, from what they register."""

from prometheus_client import REGISTRY

from deploy.tongxin.home import SERVICES
from deploy.tongxin.mend import app_of
from docs.site.reference.grid import code, grid, plain

HEAD = """# 指标

每个服务在自己的端口提供 `/metrics`(Prometheus 格式)。一个进程是一个服务,所以指标里不写服务名。
告警见[告警手册](../runbooks/index.md)。
"""


def page() -> str:
    """Name, kind and meaning."""
    for service in SERVICES:
        app_of(service)
    families = sorted(REGISTRY.collect(), key=lambda one: one.name)
    rows = [
        [code(one.name), one.type, plain(one.documentation)]
        for one in families
        if one.name.startswith("tongxin_")
    ]
    return "\n".join([HEAD, *grid(("指标", "类型", "意思"), rows)])
