"""What the portal asks of itself when it hears a fact."""

from services.portal.domain.account.commands import CloseAccount
from services.portal.heard.erasures import ErasureRefused, SubjectErased
from shared.kernel.policy import AnyPolicy, policy


def close_the_account(fact: SubjectErased) -> CloseAccount | None:
    """Who is erased holds no office and does not enter any more."""
    return CloseAccount(account_id=fact.subject_id) if fact.of == "account" else None


def close_the_locked_account(fact: ErasureRefused) -> CloseAccount | None:
    """What may only be stored is not acted with either."""
    locked = fact.locked and fact.of == "account"
    return CloseAccount(account_id=fact.subject_id) if locked else None


POLICIES: list[AnyPolicy] = [policy(close_the_account), policy(close_the_locked_account)]
