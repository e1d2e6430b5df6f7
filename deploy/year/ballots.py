"""A secret ballot on how a matter was handled (民主测评)."""

from datetime import timedelta
from hashlib import sha256
from uuid import uuid5

from deploy.year.matter import Matter
from deploy.year.people import seat
from services.outcomes.domain.evaluation import commands as asked
from services.outcomes.words import BALLOT
from shared.kernel.message import Actor

MORE_VOTERS = 6
"""So many above the fewest that the charter allows."""


def evaluate(matter: Matter) -> None:
    """Voters take ballots, cast them under no name, and the result is reported."""
    script, county, rules = matter.script, matter.county, matter.county.outcomes.evaluation
    cppcc, known = county.cast.cppcc, {"evaluation_id": uuid5(matter.outcome_id, "evaluation")}
    voters = [
        seat(county, number).actor(county) for number in range(rules.voters_min + MORE_VOTERS)
    ]
    codes = [f"{script.luck.getrandbits(160):040x}" for _ in voters]
    script.ask(
        cppcc,
        asked.OpenEvaluation,
        **known,
        area=matter.place.code,
        topic_id=matter.topic_id,
        of="outcome",
        subject_id=matter.outcome_id,
        forum=min(rules.forums),
        voters=tuple(voter.id for voter in voters),
        handling_units=tuple(dict.fromkeys(matter.units)),
        ballots=tuple(sha256(code.encode()).hexdigest() for code in codes),
        poll_ends=script.at + timedelta(hours=6),
    )
    for voter in voters:
        script.ask(voter, asked.TakeBallot, **known)
    script.ask(cppcc, asked.OpenPoll, **known)
    content = sorted(rules.satisfied) * 5 + [
        one for one in rules.scale if one not in rules.satisfied
    ]
    for number, code in enumerate(codes):
        nobody = Actor(str(uuid5(known["evaluation_id"], f"box-{number}")), BALLOT, county.area)
        cast = {"code": code, "choice": script.luck.choice(content)}
        script.ask(nobody, asked.CastBallot, **known, **cast)
    script.ask(cppcc, asked.TallyEvaluation, **known)
    script.ask(county.cast.member, asked.RecountEvaluation, **known)
    script.wait(1, 3)
    script.ask(cppcc, asked.ReportEvaluation, **known, to=sorted(rules.reported_to))
