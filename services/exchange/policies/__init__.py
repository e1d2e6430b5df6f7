"""What exchange does about what it hears."""

from services.exchange.policies.neighbours import NEIGHBOURS
from services.exchange.policies.publishing import PUBLISHING
from services.exchange.policies.receiving import RECEIVING

POLICIES = (*PUBLISHING, *NEIGHBOURS, *RECEIVING)
