"""Which words of which steps are for everybody. A word that stands nowhere here goes nowhere."""

import re

from services.exchange import heard
from services.exchange.domain.publication.commands import PublishFact
from services.exchange.heard import Step
from services.exchange.words import Kind
from shared.kernel.policy import Policy


def publish[S: Step](step: type[S], kind: Kind, *says: str) -> Policy[S]:
    """Tell these words of a step, under the name of the public contract."""

    def react(fact: S) -> PublishFact:
        return PublishFact(
            publication_id=fact.topic_id,
            area=fact.area,
            kind=kind,
            said=fact.model_dump(mode="json", include=set(says)),
            happened_at=fact.at,
        )

    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind).lower()
    return Policy(f"publish_{words}", step, react)


PUBLISHING = (
    publish(heard.TopicProposed, "TopicProposed", "title", "origin"),
    publish(heard.TopicApproved, "TopicApproved", "title"),
    publish(heard.TopicPublicised, "TopicPublicised", "where"),
    publish(heard.TopicClosed, "TopicClosed", "title"),
    publish(heard.TopicEnded, "TopicEnded", "title"),
    publish(heard.TopicReopened, "TopicReopened", "title", "round"),
)
