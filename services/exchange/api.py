"""What exchange answers."""

from services.exchange.projections.feed import FEED, PublicFact, PublicFacts
from shared.runtime.asked import Route, question

ROUTES: list[Route] = [
    question(PublicFacts, FEED, "after", PublicFact),
]
