"""From documents and code to pages: laid out, then made by Sphinx."""

from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.console import nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

from docs.site import pictures
from docs.site.sources import laid_out, lay_out
from docs.site.written import written

HERE = Path(__file__).parent


def build(folder: Path) -> str:
    """Make the site in `folder/html`; what Sphinx warns of. Raises Broken for links."""
    return make(folder, laid_out(written()))


def make(folder: Path, pages: Mapping[str, str]) -> str:
    """Make a site of these pages; what Sphinx warns of, line by line: "" for a good one."""
    nocolor()
    warned = StringIO()
    sources = folder / "pages"
    lay_out(sources, pages)
    pictures.into(sources)
    with patch_docutils(HERE), docutils_namespace():
        app = Sphinx(
            srcdir=sources,
            confdir=HERE,
            outdir=folder / "html",
            doctreedir=folder / "doctrees",
            buildername="html",
            status=None,
            warning=warned,
        )
        app.build()
    return warned.getvalue()
