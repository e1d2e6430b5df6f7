"""What the meetings service does about what it hears."""

from uuid import NAMESPACE_URL, UUID, uuid5

from services.meetings.domain.consultation.commands import (
    DropVenue,
    NoteResearch,
    NoteVenue,
    PlanConsultation,
)
from services.meetings.domain.draw.commands import CommitPool
from services.meetings.domain.member.commands import AnswerPair, EndPair, NotePair
from services.meetings.domain.pool.commands import (
    DropTalent,
    ListPool,
    NoteSuspension,
    NoteTalent,
)
from services.meetings.heard import (
    DrawOpened,
    PairAnswered,
    PairEnded,
    PairProposed,
    PoolListed,
    ResearchReportFiled,
    TalentAdmitted,
    TalentExited,
    TalentSanctioned,
    TopicApproved,
    TopicReopened,
    VenueOffered,
    VenueOffersWithdrawn,
)
from shared.kernel.policy import policy

POOLS = uuid5(NAMESPACE_URL, "tongxin:pools")


def plan_a_consultation(fact: TopicApproved) -> PlanConsultation:
    """What is approved is consulted on."""
    return PlanConsultation(
        consultation_id=_consultation(fact.topic_id),
        area=fact.area,
        topic_id=fact.topic_id,
        title=fact.title,
        proposer=fact.proposer,
    )


def plan_another_consultation(fact: TopicReopened) -> PlanConsultation:
    """What is taken up again is consulted on again, and researched again before that."""
    return PlanConsultation(
        consultation_id=_consultation(fact.topic_id, fact.round),
        area=fact.area,
        topic_id=fact.topic_id,
        title=fact.title,
        proposer=fact.proposer,
    )


def note_the_research(fact: ResearchReportFiled) -> NoteResearch:
    """The gate stands in the consultation's own stream, so the report is noted there."""
    return NoteResearch(
        consultation_id=_consultation(fact.topic_id, fact.round),
        area=fact.area,
        topic_id=fact.topic_id,
        research_id=fact.research_id,
    )


def note_the_venue(fact: VenueOffered) -> NoteVenue:
    """Who convenes is known where the venue is; that it is fit is noted where one meets."""
    return NoteVenue(consultation_id=fact.consultation_id, venue_id=fact.venue_id, name=fact.name)


def drop_the_venue(fact: VenueOffersWithdrawn) -> list[DropVenue]:
    """Each consultation it was offered for looks for another, if it still needs one."""
    return [
        DropVenue(consultation_id=consultation_id, venue_id=fact.venue_id)
        for consultation_id in fact.consultations
    ]


def _consultation(topic_id: UUID, round_: int = 1) -> UUID:
    """One topic, one consultation a round: its id follows from the topic's."""
    return uuid5(topic_id, "consultation" if round_ == 1 else f"consultation-{round_}")


def let_the_other_answer(fact: PairProposed) -> AnswerPair:
    """Whether a pair can be stands in both records."""
    return AnswerPair(member_id=fact.partner_id, partner_id=fact.member_id)


def note_the_answer(fact: PairAnswered) -> NotePair:
    """What was answered is noted where it was asked."""
    return NotePair(member_id=fact.partner_id, partner_id=fact.member_id, obstacle=fact.obstacle)


def end_the_pair_for_the_other(fact: PairEnded) -> EndPair:
    """What is no more for one side is no more for the other."""
    return EndPair(member_id=fact.partner_id, partner_id=fact.member_id, reason=fact.reason)


def note_the_talent(fact: TalentAdmitted) -> NoteTalent:
    """Who is admitted may be drawn."""
    return NoteTalent(
        pool_id=_pool(fact.area),
        area=fact.area,
        talent_id=fact.talent_id,
        specialties=fact.specialties,
        until=fact.until,
    )


def note_the_suspension(fact: TalentSanctioned) -> NoteSuspension | None:
    """Who is suspended is not drawn; a warning changes nothing."""
    if fact.until is None:
        return None
    return NoteSuspension(pool_id=_pool(fact.area), talent_id=fact.talent_id, until=fact.until)


def drop_the_talent(fact: TalentExited) -> DropTalent:
    """Who left is not drawn."""
    return DropTalent(pool_id=_pool(fact.area), talent_id=fact.talent_id)


def list_the_pool(fact: DrawOpened) -> ListPool:
    """A draw takes from the pool of its own area."""
    return ListPool(
        pool_id=_pool(fact.area), area=fact.area, draw_id=fact.draw_id, specialty=fact.specialty
    )


def commit_the_pool(fact: PoolListed) -> CommitPool:
    """What was listed is what is drawn from."""
    return CommitPool(draw_id=fact.draw_id, talents=fact.talents)


def _pool(area: str) -> UUID:
    """One area, one pool."""
    return uuid5(POOLS, area)


POLICIES = (
    policy(plan_a_consultation),
    policy(plan_another_consultation),
    policy(note_the_research),
    policy(note_the_venue),
    policy(drop_the_venue),
    policy(let_the_other_answer),
    policy(note_the_answer),
    policy(end_the_pair_for_the_other),
    policy(note_the_talent),
    policy(note_the_suspension),
    policy(drop_the_talent),
    policy(list_the_pool),
    policy(commit_the_pool),
)
