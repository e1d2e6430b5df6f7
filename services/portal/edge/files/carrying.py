"""Carries files over the moment at which nobody knows who sends a form.

A form whose session has ended comes back as words in a page; its files cannot. They are laid by
under an id that nobody can guess, which goes along with the words, and are there again when the
form is sent once more. What nobody sends again is swept away with all that is laid by.
"""

import io
from dataclasses import replace
from uuid import UUID

from starlette.datastructures import UploadFile

from services.portal.edge.files.keeping import stage, staged_of
from services.portal.edge.filling import FILES_MAX, Upload
from services.portal.edge.visit import Visit
from shared.kernel.errors import No
from shared.runtime import clock
from shared.runtime.postgres import AWAY

LAID, AS, LOST = "laid_by", "laid_by.as", "laid_by.lost"
"""Fields of the form that comes back: under which id, with what names, and what is not there."""


async def lay_by(visit: Visit) -> Visit:
    """The same visit, whose form says where its files are laid by, and which ones could not be."""
    if not visit.form.files:
        return visit
    laid, lost = _laid(visit) or clock.new_id(), []
    for one in visit.form.files:
        try:
            await stage(visit, laid, one)
        except (No, *AWAY):
            lost.append(one.name)
    kept = await _names(visit, laid)
    return replace(visit, filled={**visit.filled, LAID: str(laid), AS: kept, LOST: lost})


def without_files(visit: Visit) -> Visit:
    """The same visit, whose form says that all its files have to be chosen again."""
    lost = [one.name for one in visit.form.files]
    return replace(visit, filled={**visit.filled, LOST: lost}) if lost else visit


async def pick_up(visit: Visit) -> Visit:
    """The same visit with the files that were laid by for its form, before those it brings."""
    laid = _laid(visit)
    if laid is None:
        return visit
    chest, found = visit.site.chest, []
    names = dict(await staged_of(visit.site, laid))
    for row in await chest.staged(laid):
        content = await chest.content(row["file_id"], row["digest"])
        name = names[row["file_id"]]
        if content is not None:
            found.append(Upload(name, len(content), UploadFile(io.BytesIO(content), filename=name)))
    files = [*found, *visit.form.files][:FILES_MAX]
    return replace(visit, form=replace(visit.form, files=files))


def _laid(visit: Visit) -> UUID | None:
    try:
        return UUID(visit.typed(LAID))
    except ValueError:
        return None


async def _names(visit: Visit, laid: UUID) -> list[str]:
    try:
        return [name for _, name in await staged_of(visit.site, laid)]
    except (No, *AWAY):
        return []
