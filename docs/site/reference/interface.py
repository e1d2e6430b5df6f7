"""The API: every operation of the OpenAPI document, and where to get the document itself."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import orjson

from deploy.tongxin.home import SERVICES
from deploy.tongxin.mend import app_of
from docs.site.reference.grid import code, grid, plain
from services.portal.edge.api.openapi import document
from shared.runtime.asked import catalogue

HEAD = """# 接口 /api/v1

完整的 OpenAPI 3.1 文档由运行中的平台提供:`/api/v1/openapi.json`;
在 `/api/v1/docs` 可以看,也可以当场试。怎样开始见[教程](../tutorials/developer.md)。
"""


def page() -> str:
    """The operations by their tags."""
    told = orjson.loads(document(_entries()))
    return "\n".join([HEAD, *_tags(told)])


def _entries() -> list[dict[str, Any]]:
    """What the services would say of themselves if they ran."""
    return [
        {"service": service, **entry}
        for service in SERVICES
        for entry in catalogue(app_of(service).routes, app_of(service).deciders)
        if entry["kind"] == "command"
    ]


def _tags(told: dict[str, Any]) -> Iterator[str]:
    by_tag: dict[str, list[list[str]]] = defaultdict(list)
    for path, operations in told["paths"].items():
        for method, one in operations.items():
            row = [code(method.upper()), code(path), plain(one.get("summary", ""))]
            by_tag[one["tags"][0]].append(row)
    for tag in told["tags"]:
        yield f"## {plain(tag['description'])}\n"
        yield from grid(("", "地址", "做什么"), by_tag[tag["name"]])
