"""What a county may choose: the tables of a charter, from the models that check them."""

import inspect
from collections.abc import Iterator
from typing import Any

from deploy.tongxin.home import SERVICES
from deploy.tongxin.mend import app_of
from docs.site.reference.grid import code, grid, plain
from docs.site.reference.messages import kind

HEAD = """# 县规则文件

一个县的规则是 `deploy/charters/<县代码>/<版本>.toml`:先写以哪一版为基础(`base`)、
从哪天起用(`in_force`),再写各服务的表。下面每一项都由该服务检查,越界或多余的项会被拒绝。怎样修改见[操作指南](../howto/charter.md)。
"""


def page() -> str:
    """A section for each table."""
    return "\n".join([HEAD, *(line for one in SERVICES for line in _table(one))])


def _table(service: str) -> Iterator[str]:
    schema = app_of(service).rules.model_json_schema()
    if not schema.get("properties"):
        return
    yield f"## {service}\n"
    yield f"{plain(inspect.getdoc(app_of(service).rules))}\n"
    yield from _fields(schema, schema)
    for name, inner in schema.get("$defs", {}).items():
        if inner.get("properties"):
            yield f"### {service}: {name}\n"
            yield f"{plain(inner.get('description', ''))}\n"
            yield from _fields(inner, schema)


def _fields(of: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    rows = [
        [code(name), plain(kind(field, schema)), plain(_bounds(field))]
        for name, field in of["properties"].items()
    ]
    yield from grid(("项", "类型", "范围"), rows)


def _bounds(field: dict[str, Any]) -> str:
    signs = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}
    return ",".join(f"{sign} {field[name]}" for name, sign in signs.items() if name in field)
