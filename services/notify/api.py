"""What notify answers."""

from services.notify.domain.deadline.commands import PauseDeadline, ResumeDeadline
from services.notify.domain.notice.commands import ReadNotice
from services.notify.domain.subscription.commands import (
    ChooseChannels,
    FollowMatter,
    GiveAddress,
    RemoveAddress,
    TryChannel,
    UnfollowMatter,
)
from services.notify.projections.addressees import (
    ADDRESSEES,
    Followed,
    Follows,
    Subscription,
    SubscriptionOf,
)
from services.notify.projections.deadlines import (
    DEADLINES,
    Deadline,
    DeadlinesInArea,
    DeadlinesOfTopic,
)
from services.notify.projections.deliveries import (
    DELIVERIES,
    ByState,
    DeliveriesByState,
    LedgerOfArea,
    LedgerOfMatter,
    Line,
)
from services.notify.projections.inbox import INBOX, Notice, NoticesOfReader
from shared.runtime.asked import Route, command, question

ROUTES: list[Route] = [
    command(ReadNotice),
    command(ChooseChannels),
    command(GiveAddress),
    command(RemoveAddress),
    command(TryChannel),
    command(FollowMatter),
    command(UnfollowMatter),
    command(PauseDeadline),
    command(ResumeDeadline),
    question(NoticesOfReader, INBOX, "of reader", Notice),
    question(SubscriptionOf, ADDRESSEES, "subscription of", Subscription),
    question(Follows, ADDRESSEES, "follows", Followed),
    question(DeliveriesByState, DELIVERIES, "by state", ByState),
    question(LedgerOfArea, DELIVERIES, "ledger of area", Line),
    question(LedgerOfMatter, DELIVERIES, "ledger of matter", Line),
    question(DeadlinesInArea, DEADLINES, "in area", Deadline),
    question(DeadlinesOfTopic, DEADLINES, "of topic", Deadline),
]
