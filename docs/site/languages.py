"""Tells browsers of each page in which language it is, so that it is read aloud as it should be."""

import re
from typing import Any

from sphinx.application import Sphinx

from docs.site.searching import HAN


def setup(app: Sphinx) -> dict[str, bool]:
    """Make it known to Sphinx."""
    app.connect("html-page-context", _tell)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _tell(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: object) -> None:
    """A page without a Chinese sign in its name is in English; one without a name is Sphinx's."""
    name = context.get("title", "")
    if name and not re.search(f"[{HAN}]", name):
        context["language"] = "en"
