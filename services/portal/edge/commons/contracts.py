"""The contracts that other agencies rely on: a page that explains them, and the documents."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from starlette.responses import Response

from services.portal.edge.api.documents import fields_of
from services.portal.edge.visit import HEADERS, Visit
from shared.kernel.errors import Missing
from shared.runtime.settings import DEPLOY

FOLDER = DEPLOY / "contracts"
DOCUMENTS = ("*.json", "VERSION", "schemas/*.json", "examples/*.json", "history/*.json")

Json = dict[str, Any]


async def show_contracts(visit: Visit) -> Response:
    """Every fact with its fields and an example, how they are had, and how they may change."""
    documents = published()
    messages = json.loads(documents["asyncapi.json"])["components"]["messages"].values()
    names = [Path(one["payload"]["schema"]["$ref"]).stem for one in messages]
    return visit.page(
        "commons/contracts.html",
        version=documents["VERSION"].decode().strip(),
        versions=sorted(Path(one).stem for one in documents if one.startswith("history/")),
        facts=[_fact(documents, name) for name in names],
        base=visit.base,
    )


async def send_contract(visit: Visit) -> Response:
    """One of the documents, as it lies there."""
    name = visit.path("document")
    text = published().get(name)
    if text is None:
        raise Missing("no-such-page")
    media = "application/json" if name.endswith(".json") else "text/plain; charset=utf-8"
    headers = {**HEADERS, "Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"}
    return Response(text, headers=headers, media_type=media)


@cache
def published() -> Mapping[str, bytes]:
    """The documents by their names. They come with the platform, and change with it alone."""
    files = [file for pattern in DOCUMENTS for file in sorted(FOLDER.glob(pattern))]
    return {file.relative_to(FOLDER).as_posix(): file.read_bytes() for file in files}


def _fact(documents: Mapping[str, bytes], name: str) -> Json:
    schema: Json = json.loads(documents[f"schemas/{name}.json"])
    label, _, doc = schema["description"].partition("。")
    return {
        "name": name,
        "label": label,
        "doc": doc,
        "deprecated": schema.get("deprecated", False),
        "fields": fields_of(schema),
        "example": documents[f"examples/{name}.json"].decode(),
    }
