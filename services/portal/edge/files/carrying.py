"""Carries files over the moment at which nobody knows who sends a form.

A form whose session has ended comes back as words in a page; its files cannot. They are laid by
under an id that nobody can guess, which goes along with the words, and are there again when the
form is sent once more. Where they lie follows from that id and is the place of nothing else: who
names a matter finds nothing of what others are about to bring to it. What nobody sends again is
swept away with all that is laid by.
"""

import io
from dataclasses import replace
from uuid import UUID, uuid5

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
            await stage(visit, _place(laid), one)
        except (No, *AWAY):
            lost.append(one.name)
    kept = await _names(visit, _place(laid))
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
    chest, found, place = visit.site.chest, [], _place(laid)
    names = dict(await staged_of(visit.site, place))
    for row in await chest.staged(place):
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


def _place(laid: UUID) -> UUID:
    return uuid5(laid, LAID)


async def _names(visit: Visit, place: UUID) -> list[str]:
    try:
        return [name for _, name in await staged_of(visit.site, place)]
    except (No, *AWAY):
        return []
