"""What each aggregate promises of itself, whatever it is asked: checked at the end of a life."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from services.notify.words import day
from tests.lives import Life


def _names(life: Life) -> list[str]:
    return [type(fact).__name__ for fact in life.said]


def _first(life: Life, *names: str) -> bool:
    """Whether a life begins with one of these, and only once."""
    said = _names(life)
    return not said or (said[0] in names and 1 == sum(name in names for name in said))


def _at_most_once(life: Life, *names: str) -> None:
    counts = Counter(_names(life))
    assert all(counts[name] <= 1 for name in names), counts


def _after(life: Life, fact: str, *needed: str) -> None:
    """Never this one before all those."""
    said = _names(life)
    for n, name in enumerate(said):
        assert name != fact or set(needed) <= set(said[:n]), said


def _ends_with(life: Life, *names: str) -> None:
    said = _names(life)
    assert not any(name in names for name in said[:-1]), said


def lead(life: Life) -> None:
    """One end; a personal appeal is never turned away."""
    life.said = [fact for fact in life.said if type(fact).__name__ != "MergeTurnedDown"]
    assert _first(life, "LeadSubmitted")  # Even where nothing is, a merging is turned down.
    said = _names(life)
    ends = ("LeadScreenedOut", "PersonalAppealTransferred", "LeadAdopted", "LeadSplit")
    assert 1 >= sum(said.count(end) for end in ends)
    if said and life.said[0].personal:
        assert "LeadScreenedOut" not in said
        assert all(f.evidence for f in life.said if type(f).__name__ == "LeadAdopted")


def topic(life: Life) -> None:
    """Nothing closed or claimed that was not approved; nobody approves the own topic."""
    assert _first(life, "TopicProposed")
    _after(life, "TopicApproved", "TopicCriteriaAssessed")
    for fact in ("TopicClosed", "TopicClaimed", "TopicEnded"):
        _after(life, fact, "TopicApproved")
    for fact, actor in zip(life.said, life.by, strict=True):
        if type(fact).__name__ == "TopicReviewedByPartyBody":
            assert actor.id != life.said[0].proposer


def plan(life: Life) -> None:
    """Settled once, issued once and after that, and only then served by topics."""
    assert _first(life, "PlanDrafted")
    _at_most_once(life, "PlanApproved", "PlanIssued")
    _after(life, "PlanIssued", "PlanApproved")
    _after(life, "TopicAdoptedIntoPlan", "PlanIssued")


def venue(life: Life) -> None:
    """No more is spent than was allotted."""
    assert _first(life, "VenueEstablished")
    budget: Counter[int] = Counter()
    for fact in life.said:
        match type(fact).__name__:
            case "BudgetAllotted":
                budget[fact.year] += fact.amount
            case "BudgetSpent":
                budget[fact.year] -= fact.amount
        assert all(left >= 0 for left in budget.values())


def research(life: Life) -> None:
    """No report without a visit, and one report."""
    assert _first(life, "ResearchPlanned")
    _at_most_once(life, "ResearchReportFiled")
    _after(life, "ResearchReportFiled", "ResearchConducted")


def consultation(life: Life) -> None:
    """No date without research, parties and a plan; nothing after the record."""
    _after(life, "ConsultationScheduled", "ResearchNoted", "PartiesDetermined", "WorkPlanIssued")
    _after(life, "ConsultationOpened", "ConsultationScheduled", "PriorNoticeGiven")
    _after(life, "MeetingHeld", "ConsultationOpened")
    _ends_with(life, "MeetingHeld")


def member(life: Life) -> None:
    """A year is evaluated once, a session observed once."""
    assert _first(life, "MemberAdmitted") or "PairAnswered" in _names(life)
    for name, key in (("MemberEvaluated", ("year",)), ("ObserverAssigned", ("session", "on"))):
        told = [tuple(getattr(f, k) for k in key) for f in life.said if type(f).__name__ == name]
        assert len(told) == len(set(told))


def talent(life: Life) -> None:
    """Nothing after the exit, and a year is assessed once."""
    assert _first(life, "TalentAdmitted")
    _ends_with(life, "TalentExited")
    years = [f.year for f in life.said if type(f).__name__ == "TalentAssessed"]
    assert len(years) == len(set(years))


def pool(life: Life) -> None:
    """Each draw is given one list."""
    draws = [f.draw_id for f in life.said if type(f).__name__ == "PoolListed"]
    assert len(draws) == len(set(draws))


def draw(life: Life) -> None:
    """One pool, then one seed; replacements only after it."""
    assert _first(life, "DrawOpened")
    _at_most_once(life, "PoolCommitted", "TalentDrawn", "DrawCancelled")
    _after(life, "TalentDrawn", "PoolCommitted")
    _after(life, "DrawnReplaced", "TalentDrawn")


def outcome(life: Life) -> None:
    """Nothing assigned unadopted, nothing closed unheard by members and people."""
    _at_most_once(life, "MinutesIssued", "OutcomeSubmitted", "OutcomeClosed")
    _after(life, "OutcomeSubmitted", "MinutesIssued")
    _after(life, "OutcomeAdopted", "OutcomeSubmitted")
    for n, fact in enumerate(life.said):
        if type(fact).__name__ == "OutcomeClosed":
            told = {f.to for f in life.said[:n] if type(f).__name__ == "FeedbackGiven"}
            assert {"members", "people"} == told


def assignment(life: Life) -> None:
    """Replies and rejections take turns."""
    assert _first(life, "AssignmentOpened") or "AssignmentReturned" in _names(life)
    turns = [name for name in _names(life) if name in ("HandlingReplied", "HandlingRejected")]
    assert all(turns[n : n + 2] != turns[n : n + 1] * 2 for n in range(len(turns) - 1))


def followup(life: Life) -> None:
    """Scheduled once, conducted once."""
    assert ["FollowUpScheduled", "FollowUpConducted"][: len(life.said)] == _names(life)


def evaluation(life: Life) -> None:
    """One paper for each voter, no more ballots than papers, and nobody of the handlers votes."""
    assert _first(life, "EvaluationOpened")
    took = [f.voter for f in life.said if type(f).__name__ == "BallotTaken"]
    assert len(took) == len(set(took))
    assert _names(life).count("BallotCast") <= len(took)
    _at_most_once(life, "PollOpened", "EvaluationTallied", "EvaluationReported")
    if life.said:
        assert not set(took) & set(life.said[0].handlers)


def referral(life: Life) -> None:
    """To the discipline body only with a promise, a breach and an approval."""
    needed = {"CommitmentNoted", "BreachNoted", "DisciplineReferralApproved"}
    _at_most_once(life, "DisciplineReferred", "DisciplineResultReceived")
    _after(life, "DisciplineReferred", *needed)
    _after(life, "DisciplineResultReceived", "DisciplineReferred")


def rating(life: Life) -> None:
    """A voice speaks once of a round; who finds it solved sends nobody to look."""
    voices = [(fact.voice, fact.round) for fact in life.said]
    assert len(voices) == len(set(voices))
    assert all((fact.look_by is None) == fact.solved for fact in life.said)


def case(life: Life) -> None:
    """No section of a case is empty, and it is published once."""
    assert not life.said or "CaseDrafted" == _names(life)[0]
    _at_most_once(life, "CasePublished")
    for fact in life.said:
        if type(fact).__name__ == "CasePublished":
            assert 5 == len([text for _, text in fact.sections if text.strip()])


def sheet(life: Life) -> None:
    """A ranking is frozen once; what comes later is a numbered correction."""
    assert _first(life, "SheetOpened")
    _at_most_once(life, "AssessmentPublished", "RankingFrozen")
    _after(life, "RankingFrozen", "AssessmentPublished")
    _after(life, "RankingCorrected", "RankingFrozen")
    numbers = [f.number for f in life.said if type(f).__name__ == "RankingCorrected"]
    assert list(range(1, len(numbers) + 1)) == numbers


def unit(life: Life) -> None:
    """Registered once, and nothing after it is no more."""
    assert _first(life, "UnitRegistered")
    _ends_with(life, "UnitRetired")


def ledger(life: Life) -> None:
    """Certifications count up, each of another text than the last."""
    assert list(range(1, len(life.said) + 1)) == [fact.number for fact in life.said]
    digests = [fact.digest for fact in life.said]
    assert all(one != after for one, after in pairwise(digests))


def charter(life: Life) -> None:
    """In force once; no draft after that, and no text stood for before."""
    _at_most_once(life, "CharterActivated")
    _after(life, "CharterTextAccepted", "CharterActivated")
    said = _names(life)
    if "CharterActivated" in said:
        assert "CharterDrafted" not in said[said.index("CharterActivated") :]


def notice(life: Life) -> None:
    """Sent once, and read once by each."""
    assert _first(life, "NoticeSent")
    readers = [f.reader for f in life.said if type(f).__name__ == "NoticeRead"]
    assert len(readers) == len(set(readers))


def deadline(life: Life) -> None:
    """Breached at most once for each day set, and never while the clock stands."""
    standing, breached = False, False
    for fact in life.said:
        match type(fact).__name__:
            case "DeadlineSet" | "DeadlineExtended" | "DeadlineResumed":
                standing, breached = False, False
            case "DeadlinePaused":
                assert not standing
                standing = True
            case "ReminderSent" | "WarningLevelRaised":
                assert {standing, breached} == {False}
            case "DeadlineBreached":
                assert {standing, breached} == {False}
                assert fact.due < day(life.now)
                breached = True
            case "DeadlineEscalated":
                assert breached


def subscription(life: Life) -> None:
    """What is removed or tried was given."""
    _after(life, "AddressRemoved", "AddressGiven")
    _after(life, "ChannelTried", "AddressGiven")


def agency(life: Life) -> None:
    """Registered once; no more places are taken than there are; nothing after its end."""
    assert _first(life, "AgencyRegistered")
    _ends_with(life, "AgencyRemoved")
    taken: set[object] = set()
    places = 0
    for fact in life.said:
        places = getattr(fact, "places", places)
        match type(fact).__name__:
            case "SubscriptionAsked":
                taken.add(fact.subscription_id)
                assert len(taken) <= places
            case "PlaceFreed":
                taken.remove(fact.subscription_id)


def subscription_of_agency(life: Life) -> None:
    """Somebody has to decide; approved once, and only then given credentials, paused; one end."""
    assert _first(life, "SubscriptionOpened")
    _at_most_once(life, "SubscriptionApproved", "SubscriptionDeclined", "SubscriptionRevoked")
    _ends_with(life, "SubscriptionDeclined", "SubscriptionRevoked")
    for fact in ("CredentialsIssued", "SubscriptionPaused", "SubscriptionReplayed"):
        _after(life, fact, "SubscriptionApproved")
    for fact in ("RedeliveryAsked", "WebhookTried"):
        _after(life, fact, "CredentialsIssued")
    _after(life, "SubscriptionResumed", "SubscriptionPaused")
    _after(life, "CredentialsChanged", "CredentialsIssued")
    _after(life, "MessagesGivenUp", "SubscriptionApproved")


def delivery(life: Life) -> None:
    """Begun before it is sent; attempts count up; one end."""
    assert _first(life, "DeliveryPlanned")
    _ends_with(life, "NoticeDelivered", "DeliveryGivenUp")
    _after(life, "NoticeDelivered", "DeliveryBegun")
    _after(life, "DeliveryFailed", "DeliveryBegun")
    attempts = [f.attempt for f in life.said if type(f).__name__ == "DeliveryBegun"]
    assert list(range(1, len(attempts) + 1)) == attempts


def account(life: Life) -> None:
    """Opened once, and only then appointed; tokens are made by nobody else."""
    assert _first(life, "AccountOpened")
    _after(life, "AppointmentRevoked", "AppointmentGranted")
    _after(life, "TokenMade", "AppointmentGranted")
    _after(life, "TokenRevoked", "TokenMade")
    for fact, actor in zip(life.said, life.by, strict=True):
        assert type(fact).__name__ != "TokenMade" or actor.id == str(fact.account_id)


def erasure(life: Life) -> None:
    """Nothing is erased or refused unasked, or by whoever asked for it."""
    asked = None
    for fact, actor in zip(life.said, life.by, strict=True):
        if type(fact).__name__ == "ErasureRequested":
            asked = fact
        else:
            assert asked is not None
            assert actor.id != asked.requester


def file(life: Life) -> None:
    """Kept once, and removed once after that."""
    assert _first(life, "FileKept")
    _at_most_once(life, "FileKept", "FileRemoved")
    _ends_with(life, "FileRemoved")


def operation(life: Life) -> None:
    """Ordered once, and ended once after that."""
    assert _first(life, "OperationOrdered")
    _at_most_once(life, "OperationOrdered", "OperationEnded")
    _ends_with(life, "OperationEnded")


def publication(life: Life) -> None:
    """Nothing is said aloud before the matter is public, and nothing held back after."""
    said = _names(life)
    aloud = [n for n, name in enumerate(said) if name != "FactHeldBack"]
    assert not aloud or {"TopicApproved", "TopicPublicised"} & set(said)
    assert aloud == list(range(min(aloud, default=0), len(said)))[: len(aloud)]
    assert not aloud or aloud[-1] == len(said) - 1


def handover(life: Life) -> None:
    """Received once; completed only where that was asked for; no step told twice."""
    assert _first(life, "MatterHandedOver")
    waiting = False
    for fact in life.said:
        match type(fact).__name__:
            case "HandoverAdvanced":
                waiting = fact.step == "returned"
            case "MatterCompleted":
                assert waiting
                waiting = False
    causes = [fact.cause for fact in life.said if type(fact).__name__ == "HandoverAdvanced"]
    assert len(causes) == len(set(causes))


def dispatch(life: Life) -> None:
    """Offered once, and nothing after it was confirmed."""
    assert _first(life, "DispatchOffered")
    _ends_with(life, "DispatchAcknowledged")


OWN: dict[str, Callable[[Life], None]] = {
    f"{service}/{promise.__name__}": promise
    for service, promises in {
        "topics": (lead, topic, plan, venue, charter),
        "meetings": (research, consultation, member, talent, pool, draw),
        "outcomes": (
            outcome,
            assignment,
            followup,
            rating,
            evaluation,
            referral,
            case,
            sheet,
            unit,
            ledger,
        ),
        "notify": (notice, deadline, subscription, delivery),
        "exchange": (publication, agency, handover, dispatch),
        "portal": (account, erasure, file, operation),
    }.items()
    for promise in promises
} | {"exchange/subscription": subscription_of_agency}
