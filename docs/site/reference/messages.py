"""What each service may be asked and what it says: one page a service, from the classes."""

import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from deploy.tongxin.home import SERVICES
from deploy.tongxin.mend import app_of
from docs.site.reference.grid import code, grid, plain
from services.portal.pages.texts import read

NAMES = {
    "topics": "议题",
    "meetings": "会议",
    "outcomes": "成果",
    "notify": "通知",
    "exchange": "数据共享交换",
    "portal": "门户",
}


def pages() -> dict[str, str]:
    """One page a service."""
    return {f"reference/messages/{one}.md": "\n".join(_page(one)) for one in SERVICES} | {
        "reference/messages/index.md": "# 命令和事件\n\n每个服务能办什么(命令)、会记下什么(事件)。"
        "命令的角色就是谁能办;事件一经记下不能更改,所以事件有版本。\n"
    }


def _page(service: str) -> Iterator[str]:
    yield "---\ntocdepth: 2\n---\n"
    yield f"# {NAMES[service]} {service}\n"
    for decider in app_of(service).deciders:
        yield f"## {decider.category}\n"
        for asked in decider.asked():
            yield from _told(asked, f"命令。可用角色:{_roles(asked.may)}")
        for said in decider.events.classes.values():
            yield from _told(said, f"事件,第 {said.version} 版。")


def _told(message: Any, kind: str) -> Iterator[str]:
    yield f"### {message.__name__} {message.label}\n"
    yield f"{kind}\n"
    yield f"{plain(inspect.getdoc(message))}\n"
    schema = message.model_json_schema()
    needed = schema.get("required", ())
    fields = schema.get("properties", {})
    rows = [
        [code(one), *_field(fields[one], schema), "" if one in needed else "选填"] for one in fields
    ]
    yield from grid(("字段", "名称", "类型", ""), rows)


def _field(field: Mapping[str, Any], schema: Mapping[str, Any]) -> list[str]:
    return [plain(field.get("title", "")), plain(kind(field, schema))]


def kind(field: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """What values a field takes, in few words."""
    if "$ref" in field:
        return kind(schema["$defs"][field["$ref"].rpartition("/")[2]], schema)
    if some := field.get("anyOf"):
        return " / ".join(kind(one, schema) for one in some if one.get("type") != "null")
    if "const" in field or "enum" in field:
        return ", ".join(str(one) for one in field.get("enum", [field.get("const")]))
    if "items" in field:
        return f"[{kind(field['items'], schema)}]"
    return str(field.get("format") or field.get("type") or "object")


def _roles(may: frozenset[str]) -> str:
    return "、".join(sorted(plain(_words().get(one, one)) for one in may)) or "无"


@cache
def _words() -> Mapping[str, str]:
    """What roles are called; the texts are many, and are read once."""
    return dict(read().words.roles.items())
