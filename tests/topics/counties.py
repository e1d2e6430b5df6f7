"""Two counties as the tests of topics know them."""

from services.topics.rules import EXCLUSIONS, ChildQuota, ConvenorRule, PlanRules, VenueRule
from services.topics.rules import TopicRules as Rules
from services.topics.words import PartyBody

CPPCC_GROUP: PartyBody = "cppcc-party-group"
TOWN_PARTY: PartyBody = "town-party-committee"
UNIT_PARTY: PartyBody = "unit-party-committee"

SIX = ("有场地", "有门牌", "有制度", "有召集人", "有委员", "有活动记录")

LINSHUI = Rules(
    criteria=frozenset({"political", "group-interest", "foresight", "democratic", "feasible"}),
    exclusions=EXCLUSIONS,
    evidence_pieces=1,
    approved_by=frozenset({CPPCC_GROUP}),
    approved_by_one_of=frozenset(),
    reopened_by=frozenset({"cppcc"}),
    plan=PlanRules(
        approver="leading-group",
        issuers=frozenset({"county-cppcc"}),
        min_planned_share=51,
        approves_topics=False,
    ),
    venues=(
        VenueRule(
            type="station",
            levels=frozenset({"town"}),
            hosts=frozenset({"area-group"}),
            convenors=(ConvenorRule(rank=1, needs=frozenset({"area-group"})),),
            children=ChildQuota(type="village-room", least=1, most=2),
        ),
        VenueRule(
            type="village-room",
            levels=frozenset({"village"}),
            hosts=frozenset({"village", "community"}),
            convenors=(ConvenorRule(rank=1, needs=frozenset({"area-group"})),),
        ),
    ),
    standard=SIX,
    budget_lines=frozenset({"operating", "construction"}),
)
YINGSHAN = Rules(
    criteria=frozenset({"group-interest"}),
    exclusions=EXCLUSIONS,
    evidence_pieces=2,
    approved_by=frozenset({CPPCC_GROUP}),
    approved_by_one_of=frozenset({TOWN_PARTY, UNIT_PARTY}),
    reopened_by=frozenset({"party"}),
    plan=PlanRules(
        approver="county-party-standing-committee",
        issuers=frozenset({"county-party-committee", "county-government", "county-cppcc"}),
        min_planned_share=0,
        approves_topics=True,
    ),
    venues=(
        VenueRule(
            type="village-room",
            levels=frozenset({"village"}),
            hosts=frozenset({"village", "community"}),
            convenors=(
                ConvenorRule(rank=1, needs=frozenset({"party-secretary"})),
                ConvenorRule(rank=2, needs=frozenset({"member", "linked-member"})),
            ),
            activities_min=3,
        ),
    ),
    standard=SIX,
    budget_lines=frozenset({"operating"}),
)
