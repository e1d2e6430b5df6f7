"""Good examples of an evaluation: how the clinic of 北辰社区 was handled, by seven voters."""

from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from services.outcomes.domain.evaluation import events as said

EVALUATION_ID = UUID("01960000-0000-7000-8000-000000000005")
TOPIC_ID = UUID("01960000-0000-7000-8000-000000000001")
SUBJECT_ID = UUID("01960000-0000-7000-8000-000000000006")

VOTERS = tuple(f"voter-{n}" for n in range(1, 8))
CODES = tuple(f"a-code-nobody-guesses-{n}" for n in range(1, 8))
HANDLER, HEALTH = "handler-1", "县卫生健康局"


def ballot(code: str) -> str:
    """What the log knows of a code."""
    return sha256(code.encode()).hexdigest()


OPENED = said.EvaluationOpened(
    evaluation_id=EVALUATION_ID,
    topic_id=TOPIC_ID,
    of="assignment",
    subject_id=SUBJECT_ID,
    forum="standing-committee",
    voters=VOTERS,
    handlers=(HANDLER,),
    handling_units=(HEALTH,),
    ballots=tuple(sorted(ballot(code) for code in CODES)),
    poll_ends=datetime(2026, 3, 2, 12, tzinfo=UTC),
)
TAKEN = tuple(said.BallotTaken(evaluation_id=EVALUATION_ID, voter=voter) for voter in VOTERS)
POLL_OPENED = said.PollOpened(evaluation_id=EVALUATION_ID)


def cast(n: int, choice: str = "satisfied") -> said.BallotCast:
    """The ballot with the n-th code is in the box."""
    return said.BallotCast(evaluation_id=EVALUATION_ID, ballot=ballot(CODES[n - 1]), choice=choice)


BOX = (
    cast(3),
    cast(1, "basically-satisfied"),
    cast(7),
    cast(2, "dissatisfied"),
    cast(5),
    cast(4),
    cast(6, "dissatisfied"),
)


def counts(*ballots: int) -> tuple[said.Count, ...]:
    """So many of each choice of the scale."""
    scale = ("satisfied", "basically-satisfied", "dissatisfied")
    return tuple(
        said.Count(choice=choice, ballots=n) for choice, n in zip(scale, ballots, strict=True)
    )


TALLIED = said.EvaluationTallied(
    evaluation_id=EVALUATION_ID,
    topic_id=TOPIC_ID,
    of="assignment",
    subject_id=SUBJECT_ID,
    counts=counts(4, 1, 2),
    voters=7,
    taken=7,
    cast=7,
    verdict="passed",
)
RECOUNTED = said.EvaluationRecounted(evaluation_id=EVALUATION_ID, counts=counts(4, 1, 2), same=True)
REPORTED = said.EvaluationReported(
    evaluation_id=EVALUATION_ID,
    topic_id=TOPIC_ID,
    to=("county-government", "county-party-committee"),
    units=(HEALTH,),
    verdict="passed",
)
FACTS = (OPENED, *TAKEN, POLL_OPENED, *BOX, TALLIED, RECOUNTED, REPORTED)
