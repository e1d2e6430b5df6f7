"""Good examples of an erasure: a resident asks that the words of one matter be deleted."""

from datetime import date
from uuid import UUID, uuid5

from services.portal.domain.erasure import events as said

SUBJECT = UUID("0190aaaa-0000-7000-8000-00000000001e")
MORE = UUID("0190aaaa-0000-7000-8000-00000000001f")
ERASURE_ID = uuid5(SUBJECT, "erasure")
LAW = "《档案法》第十三条"

_ABOUT = {"erasure_id": ERASURE_ID, "of": "lead", "subject_id": SUBJECT}


def requested(*keys: UUID, requester: str = "cheng") -> said.ErasureRequested:
    """The request, as Cheng entered it."""
    return said.ErasureRequested.model_validate(
        {
            **_ABOUT,
            "keys": keys or (SUBJECT,),
            "applicant": "data-subject",
            "ground": "consent-withdrawn",
            "received": "by-letter",
            "received_on": date(2026, 3, 1),
            "requester": requester,
        }
    )


def erased(*keys: UUID, **about: object) -> said.SubjectErased:
    """It is deleted."""
    told = {**_ABOUT, "keys": keys or (SUBJECT,), "ground": "consent-withdrawn"}
    return said.SubjectErased.model_validate({**told, **about})


def refused(because: str = "kept-by-law", **about: object) -> said.ErasureRefused:
    """It is not."""
    told = {**_ABOUT, "keys": (SUBJECT,), "because": because, "law": LAW, "until": None}
    return said.ErasureRefused.model_validate({**told, "locked": because != "no-ground", **about})
