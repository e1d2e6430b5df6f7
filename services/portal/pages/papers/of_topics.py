"""Documents of how a topic came to be, and of how its handling is judged."""

from services.portal.pages.facts import Fact
from services.portal.pages.papers.paper import Paper, pairs, text
from services.portal.pages.papers.scene import Scene


def approval(scene: Scene) -> Paper:
    """议题审批表: where it comes from, how it meets the criteria, what each body said."""
    say = scene.texts["approval"]
    proposed = scene.last("TopicProposed")
    assert proposed
    checked = scene.last("TopicCriteriaAssessed")
    met = checked.data["criteria"].items() if checked else ()
    reviews = [
        (scene.word(one.data["body"]) + say.opinion, _opinion(scene, one))
        for one in scene.thread.said("TopicReviewedByPartyBody")
    ]
    rows = [
        (say.matter, scene.title),
        (say.place, scene.place),
        (say.origin, scene.word(proposed.data["origin"])),
        (say.proposer, scene.named(proposed.data["proposer"])),
        (say.summary, scene.clear(proposed.data["summary"]) or say.none),
        (
            say.criteria,
            "\n".join(f"{'√' if yes else '□'} {scene.word(one)}" for one, yes in met) or say.none,
        ),
        *(reviews or [(say.body, say.blank)]),
        (say.leader, say.blank),
    ]
    decided = scene.last("TopicApproved", "TopicReturned") or proposed
    return scene.paper("approval", [pairs(rows)], decided, form="table")


def ballot(scene: Scene) -> Paper:
    """民主测评票: one slip for each voter, all alike and none with a name."""
    say = scene.texts["ballot"]
    opened = scene.last("EvaluationOpened")
    assert opened
    scale = scene.rules["outcomes"]["evaluation"]["scale"]
    choices = "\n".join(f"□  {scene.word(one)}" for one in scale)
    parts = [
        *text(say.matter.format(title=scene.title)),
        *text(say.units.format(units=scene.listed(opened.data["handling_units"]) or say.none)),
        *text(choices),
        *text(say.rules),
    ]
    voters = len(opened.data["voters"])
    return scene.paper("ballot", parts, opened, form="slips", slips=voters, signed="", dated="")


def _opinion(scene: Scene, review: Fact) -> str:
    say = scene.texts["approval"]
    verdict = say.agrees if review.data["agrees"] else say.refuses
    return f"{verdict}\n{scene.clear(review.data['reason'])}".strip()
