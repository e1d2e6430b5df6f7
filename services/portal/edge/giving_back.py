"""Gives back what somebody typed where its form cannot be shown: nothing is lost by a no."""

import re
from collections.abc import Iterator
from typing import Any

from starlette.responses import Response

from services.portal.edge.files import carrying
from services.portal.edge.visit import Visit
from services.portal.pages.filled import Filled
from services.portal.pages.sentences import Sentence
from shared.kernel.errors import No

OURS = (
    "csrf", "command_id", "fixed", "carry", "password", "here", "back",
    carrying.LAID, carrying.LOST,
)  # fmt: skip
"""Fields that are not shown again: nobody typed them, or nobody may read them."""

PICKED = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{12}|yes|no")
"""Values that nobody typed: ids, codes of areas and answers that are ticked."""


def resume(visit: Visit, to: str, filled: Filled, status: int = 200, **values: Any) -> Response:
    """Everything that was filled in, once more, to be sent with one click."""
    lost = next((one for name, one in _said(filled) if name == carrying.LOST), "")
    kept = {
        "to": to,
        "filled": inputs(filled),
        "shown": _typed(filled),
        "lost": lost,
        "told": "again",
        "sentence": None,
    }
    return visit.page("resume.html", status, **(kept | values))


def told(visit: Visit, no: No, sentence: Sentence) -> Response:
    """A page for a no, with all that somebody typed: to be copied, if there is no form any more."""
    return visit.page(
        "error.html", no.status, sentence=sentence, code=no.code, typed=_typed(visit.filled)
    )


def _typed(filled: Filled) -> list[str]:
    return [
        one for name, one in _said(filled) if name not in OURS and one and not PICKED.fullmatch(one)
    ]


def inputs(filled: Filled) -> list[tuple[str, str]]:
    """Each field as it is sent once more."""
    return [
        (name, one)
        for name, value in filled.items()
        if name not in ("csrf", "carry", "password")
        for one in ([value] if isinstance(value, str) else value)
    ]


def _said(filled: Filled) -> Iterator[tuple[str, str]]:
    """Each field with what it says, in one line if it was ticked several times."""
    for name, value in filled.items():
        yield name, value if isinstance(value, str) else "、".join(value)
