"""Every setting there is, for docs/settings.md: written from the classes that read them."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

from annotated_types import Ge, Gt, Le, Lt
from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from deploy.tongxin.told import Told
from services.exchange.effects.hooks.settings import HookSettings
from services.exchange.effects.neighbours import NeighbourSettings
from services.exchange.effects.settings import ExchangeSettings
from services.notify.effects.channels import NotifySettings
from services.portal.edge.paper.setting import FontSettings
from services.portal.edge.serve import PortalSettings
from shared.runtime.settings import DEPLOY, Settings

READ_BY: Sequence[tuple[str, Sequence[type[BaseSettings]]]] = (
    ("Every service", [Settings]),
    ("The portal", [PortalSettings, FontSettings]),
    ("notify", [NotifySettings]),
    ("exchange", [ExchangeSettings, NeighbourSettings, HookSettings]),
    ("The command line, `tongxin`", [Told]),
)
"""Who reads which; tests/contract/test_docs.py sees to it that none is missing."""

WORDS: dict[type, str] = {int: "a whole number", Path: "a path", SecretStr: "a secret"}
BOUNDS = {Ge: "≥ {0.ge}", Gt: "> {0.gt}", Le: "≤ {0.le}", Lt: "< {0.lt}"}


def settings() -> str:
    """One table for each who reads."""
    return "\n".join(line for who, classes in READ_BY for line in _section(who, classes))


def _section(who: str, classes: Sequence[type[BaseSettings]]) -> Iterator[str]:
    yield f"## {who}\n"
    yield "| Variable | What it is | Default | Meaning |\n|---|---|---|---|"
    for cls in classes:
        for name, field in cls.model_fields.items():
            variable = f"{cls.model_config['env_prefix']}{name}".upper()
            words = " ".join((field.description or "").split())
            yield f"| `{variable}` | {_kind(field)} | {_default(field.default)} | {words} |"
    yield ""


def _kind(field: FieldInfo) -> str:
    inner = [one for one in get_args(field.annotation) if one is not type(None)]
    if inner and all(isinstance(one, str) for one in inner):
        return ", ".join(f"`{one}`" for one in inner)
    kind: Any = inner[0] if inner else field.annotation
    bounds = [BOUNDS[type(one)].format(one) for one in field.metadata if type(one) in BOUNDS]
    return ", ".join([WORDS.get(kind, "text"), *bounds])


def _default(value: object) -> str:
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if value in (None, ""):
        return "–"
    return f"`{re.sub(f'^{re.escape(str(DEPLOY))}', 'deploy', str(value))}`"
