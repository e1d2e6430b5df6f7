"""The case library: published cases with their five sections, found by words, year and theme."""

import json
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from services.portal.edge.commons.place import around, commons, place_in
from services.portal.edge.commons.topic import SECTIONS
from services.portal.edge.visit import Visit
from services.portal.pages.finding import pieces, words_of

PAGE = 10


async def show_cases(visit: Visit) -> Response:
    """The published cases of an area."""
    place, view = place_in(visit, visit.path("code")), commons(visit)
    themes = visit.site.pages.texts.themes
    theme = visit.query("theme") if visit.query("theme") in themes else ""
    q, number = visit.query("q")[:80], visit.page_number
    year = visit.number("year") if visit.number("year") < 10_000 else 0
    rows = await view.ask(
        "cases",
        prefixes=visit.site.prefixes(place.code),
        year=year,
        words=words_of(q),
        theme=list(themes[theme]["words"]) if theme else [],
        most=PAGE,
        skipped=(number - 1) * PAGE,
    )
    patterns = [pattern for pattern, _ in visit.site.areas.summed(place.code)]
    years = await view.ask("years of area", patterns=patterns)
    asked = {"q": q, "theme": theme, "year": year or ""}
    found = rows[0]["found"] if rows else 0

    def link(**changes: Any) -> str:
        told = {name: one for name, one in {**asked, **changes}.items() if one}
        return f"/places/{place.code}/cases" + (f"?{urlencode(told)}" if told else "")

    return visit.page(
        "commons/cases.html",
        **around(visit, place),
        asked=asked,
        cases=[{**row, "sections": json.loads(row["sections"])} for row in rows],
        sections=SECTIONS,
        marked=lambda text: pieces(text, words_of(q)),
        themes=themes,
        years=sorted({row["year"] for row in years}, reverse=True),
        found=found,
        number=number,
        pages=-(-found // PAGE),
        link=link,
        word=visit.word(visit.site.charter(place.code)),
    )
