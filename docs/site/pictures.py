"""The `{picture}` of a page: taken by the tests, or told in words where it was not."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from docs.site.sources import ROOT

FOLDER = ROOT / ".pictures" / "docs"
LOOKS = ("desk", "phone")


@dataclass(frozen=True)
class Picture:
    """What is to be seen: an address, by whom, how wide, and which part of it."""

    path: str
    who: str = ""
    look: str = "desk"
    part: str = ""

    @property
    def file(self) -> str:
        """The name of its file; another picture has another."""
        said = "\n".join((self.path, self.who, self.look, self.part))
        return sha256(said.encode()).hexdigest()[:16] + ".png"


class PictureDirective(SphinxDirective):
    """Shows a picture where there is one, and otherwise what it would show."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "as": directives.unchanged_required,
        "look": lambda said: directives.choice(said, LOOKS),
        "part": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """A figure, or a box that names the address."""
        options = self.options
        picture = Picture(
            self.arguments[0],
            options.get("as", ""),
            options.get("look", "desk"),
            options.get("part", ""),
        )
        told = " ".join(self.content)
        if not told:
            raise self.error("a picture needs a text for who does not see it")
        if not (FOLDER / picture.file).is_file():
            return [nodes.admonition("", nodes.paragraph("", f"{told}({picture.path})"))]
        self.env.note_dependency(str(FOLDER / picture.file))
        image = nodes.image(uri=f"/pictures/{picture.file}", alt=told, classes=[picture.look])
        return [nodes.figure("", image, nodes.caption("", told))]


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directive known to Sphinx."""
    app.add_directive("picture", PictureDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def into(folder: Path) -> None:
    """Copy the pictures that were taken to where the site has them."""
    there = folder / "pictures"
    there.mkdir(parents=True, exist_ok=True)
    for old in there.iterdir():
        old.unlink()
    for file in FOLDER.glob("*.png"):
        (there / file.name).write_bytes(file.read_bytes())
