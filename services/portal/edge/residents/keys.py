"""The secret of a receipt: a link that only whoever brought the matter has.

It is made with the vault's key of the matter, and so opens nothing any more once that is erased.
"""

from uuid import UUID

from services.portal.edge.patience import Patience
from services.portal.edge.site import Site
from services.portal.edge.visit import Visit
from shared.kernel.errors import Missing
from shared.runtime import clock

PURPOSE = "receipt"
WRONG_MAX = 20

_wrong = Patience(WRONG_MAX)


async def key_of(site: Site, lead_id: UUID) -> str:
    """The last part of the link. Raises Refused('forgotten' or 'subject-locked')."""
    return await site.vault.token(lead_id, PURPOSE)


async def must_hold_key(visit: Visit, lead_id: UUID, key: str) -> None:
    """Raises Missing for a wrong key, and Refused('too-often') for who tries many."""
    client = visit.request.client.host if visit.request.client else ""
    _wrong.must_wait(client, clock.now())
    if not await visit.site.vault.is_token(lead_id, PURPOSE, key):
        _wrong.count(client, clock.now())
        raise Missing("no-such-receipt")
