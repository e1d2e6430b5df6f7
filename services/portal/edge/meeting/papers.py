"""Papers of a meeting or of its research: kept, and shown at once to whoever brought them."""

import asyncio
from uuid import UUID

from services.portal.edge.files.keeping import Purpose, files_of, keep_files
from services.portal.edge.visit import Visit

MATERIAL = Purpose("material")
LOOKS_MAX = 30
LOOK_S = 0.1
"""The list of files follows within a moment; so long it is waited for."""


async def keep_papers(visit: Visit, subject_id: UUID, area: str) -> None:
    """Keep what the form brought. Raises a No."""
    kept = set(await keep_files(visit, subject_id, area, MATERIAL))
    for _ in range(LOOKS_MAX):
        if kept <= {one.file_id for one in await files_of(visit.site, [subject_id])}:
            return
        await asyncio.sleep(LOOK_S)
