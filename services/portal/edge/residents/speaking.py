"""What whoever brought a matter says later on: what was asked for, and whether it is solved."""

from uuid import UUID, uuid5

from starlette.responses import Response

from services.portal.edge.files.keeping import files_of, keep_staged, stage_files
from services.portal.edge.gate import as_no, say
from services.portal.edge.matters.doing import command_id
from services.portal.edge.patience import Patience
from services.portal.edge.residents.following import Mine, answer_of, mine, show
from services.portal.edge.residents.raising import PHOTO, PLACE_MAX, WORDS_MAX
from services.portal.edge.visit import Visit, go_to
from services.portal.words import RESIDENT
from shared.kernel.message import Actor
from shared.runtime import clock, log

SPOKEN_MAX = 30
REMARK_MAX = 500

_spoken = Patience(SPOKEN_MAX)


async def complete(visit: Visit) -> Response:
    """Bring what was asked for; what was brought before stays."""
    me = await mine(visit)
    try:
        _spoken.count(str(me.lead_id), clock.now())
        area, actor = _actor(visit, me)
        await stage_files(visit, me.lead_id)
        words = visit.typed("words")[:WORDS_MAX]
        kept = [one.file_id for one in await files_of(visit.site, [me.lead_id])]
        staged = [row["file_id"] for row in await visit.site.chest.staged(me.lead_id)]
        data = {
            "lead_id": str(me.lead_id),
            "title": visit.typed("title"),
            "place": visit.typed("where")[:PLACE_MAX],
            "photos": list(map(str, dict.fromkeys([*kept, *staged])))[-9:],
            "words": await visit.site.vault.seal(me.lead_id, words) if words else "",
        }
        answer = await visit.site.asker.ask(
            "topics", "ResubmitLead", data, actor, command_id(visit), log.correlation()
        )
        await keep_staged(visit, me.lead_id, area, PHOTO, actor)
    except Exception as error:
        return await _again(visit, me, error)
    return go_to(f"{me.base}?after=topics:{answer['position']}&told=fixed")


async def rate(visit: Visit) -> Response:
    """Say whether it is really solved. Where the county has two keys, this turns the second."""
    me = await mine(visit)
    try:
        _spoken.count(str(me.lead_id), clock.now())
        answer, topic = await answer_of(visit, me, visit.typed("assignment_id"))
        solved = visit.typed("solved") == "yes"
        remark = visit.typed("remark")[:REMARK_MAX]
        area, actor = _actor(visit, me)
        data = {
            "rating_id": str(uuid5(answer.assignment_id, "rating")),
            "area": area,
            "topic_id": str(topic["matter_id"]),
            "outcome_id": str(answer.outcome_id),
            "assignment_id": str(answer.assignment_id),
            "item_no": answer.item_no,
            "round": answer.round,
            "voice": str(me.voice),
            "solved": solved,
            "satisfaction": visit.typed("satisfaction")
            or ("satisfied" if solved else "dissatisfied"),
            "remark": await visit.site.vault.seal(me.lead_id, remark) if remark else "",
        }
        made = uuid5(answer.assignment_id, f"{answer.round}-{me.voice}")
        told = await visit.site.asker.ask(
            "outcomes", "RateHandling", data, actor, made, log.correlation()
        )
        position = await _second_key(visit, topic, answer.assignment_id, solved=solved, by=actor)
    except Exception as error:
        return await _again(visit, me, error)
    after = f"outcomes:{position or told['position']}"
    return go_to(f"{me.base}?after={after}&told={'solved' if solved else 'unsolved'}")


async def _second_key(
    visit: Visit, topic: dict[str, str], assignment_id: UUID, *, solved: bool, by: Actor
) -> int:
    """The position of the confirmation or dispute; 0 where the county needs none."""
    charter = visit.site.charters.at(topic["charter"])
    if not charter.tables["outcomes"]["two_keys"]:
        return 0
    data = {
        "assignment_id": str(assignment_id),
        "solved": solved,
        "remark": str(visit.site.pages.texts.follow.second_key[str(solved).lower()]),
    }
    made = uuid5(command_id(visit), "second-key")
    answer = await visit.site.asker.ask(
        "outcomes", "ConfirmSolved", data, by, made, log.correlation()
    )
    position: int = answer["position"]
    return position


def _actor(visit: Visit, me: Mine) -> tuple[str, Actor]:
    """Where it lies now, and as whom one speaks there."""
    area = visit.site.areas.now(me.row["area"])
    return area, Actor("public" if me.voice == me.lead_id else str(me.voice), RESIDENT, area)


async def _again(visit: Visit, me: Mine, error: Exception) -> Response:
    no = as_no(error)
    return await show(visit, me, no.status, sentence=say(visit.site, no))
