"""What exchange does about what it hears."""

from services.exchange.policies.publishing import PUBLISHING

POLICIES = (*PUBLISHING,)
