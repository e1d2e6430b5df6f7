"""What the demo's story lacks, so that each page has something to show."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID, uuid4, uuid5

from services.portal.edge.files.kinds import XLSX
from shared.runtime import clock
from tests.platform import sealed
from tests.portal.conftest import COUNTY, PEOPLE, Portal
from tests.portal.flows.staging import assigned
from tests.portal.flows.test_paper import filled_in, units
from tests.portal.pictures import photo
from tests.portal.test_browser import asked, proposed
from tests.portal.test_file_pages import brought, log_in, soon
from tests.portal.test_paper_pages import patiently


async def make_examples(portal: Portal) -> dict[str, list[str]]:
    """A member, a draw, an erasure, a poll, a sheet, a photo, an item of a unit and an import.

    People of the county bring them. Of those that no log names: the ids, by their names.
    """
    topic_id, _ = await proposed(portal, "每一页都要看到的事项")
    await _admit_member(portal)
    await _open_draw(portal, topic_id)
    await _request_erasure(portal)
    await _open_poll(portal, topic_id)
    await _assess(portal, topic_id)
    await brought(portal, photo())
    await assigned(portal, "交办到科室的事项", "三个月内办完")
    return {"import_id": [await _uploaded(portal)], "item_id": [await _in_the_inbox(portal)]}


async def _admit_member(portal: Portal) -> None:
    await asked(
        portal, "cppcc", "meetings", "AdmitMember",
        {"member_id": str(uuid4()), "area": COUNTY, "name": await sealed("", "苏晓岚"),
         "account": portal.people["member"].id, "party_member": False, "standing": False,
         "sector": "农业界", "term": 14},
    )  # fmt: skip


async def _open_draw(portal: Portal, topic_id: str) -> None:
    await asked(
        portal, "cppcc", "meetings", "OpenDraw",
        {"draw_id": str(uuid4()), "area": COUNTY, "topic_id": topic_id, "purpose": "research",
         "wanted": 2, "seed_source": "次日双色球开奖号码",
         "seed_day": str(clock.today() + timedelta(days=1))},
    )  # fmt: skip


async def _request_erasure(portal: Portal) -> None:
    subject = UUID(portal.people["elsewhere"].id)
    await asked(
        portal, "cppcc", "portal", "RequestErasure",
        {"erasure_id": str(uuid5(subject, "erasure")), "area": COUNTY, "of": "account",
         "subject_id": str(subject), "keys": [str(subject)], "applicant": "data-subject",
         "ground": "consent-withdrawn", "received": "by-letter",
         "received_on": str(clock.today())},
    )  # fmt: skip


async def _open_poll(portal: Portal, topic_id: str) -> None:
    voters = [portal.people[one.login].id for one in PEOPLE[:7]]
    await asked(
        portal, "cppcc", "outcomes", "OpenEvaluation",
        {"evaluation_id": str(uuid4()), "area": COUNTY, "topic_id": topic_id, "of": "topic",
         "subject_id": topic_id, "forum": "democratic-review", "voters": voters,
         "handling_units": ["县交通运输局"],
         "ballots": sorted(sha256(one.encode()).hexdigest() for one in voters),
         "poll_ends": (clock.now() + timedelta(days=7)).isoformat()},
    )  # fmt: skip


async def _assess(portal: Portal, topic_id: UUID) -> None:
    sheet = {"sheet_id": str(uuid4())}
    await asked(
        portal, "targets", "outcomes", "OpenSheet",
        sheet | {
            "area": COUNTY, "period": "2025-Q1", "assessor": "target-office",
            "subjects": [{"kind": "department", "name": "县卫生健康局"}],
        },
    )  # fmt: skip
    for dimension in ("任务清单", "责任清单", "落实清单"):
        score = {"subject": "县卫生健康局", "dimension": dimension, "score": "90"}
        data = sheet | score | {"evidence": [str(topic_id)]}
        await asked(portal, "targets", "outcomes", "RecordScore", data)
    await asked(portal, "targets", "outcomes", "PublishAssessment", sheet)


async def _uploaded(portal: Portal) -> str:
    """A register with a row too many, uploaded by an operator's clerk and checked."""
    at = f"/areas/{COUNTY}/import/units"
    async with portal.client() as client:
        await log_in(client, "cppcc")
        page = (await client.get(at)).text
        csrf = page.split('name="csrf" value="')[1].split('"')[0]
        template = await patiently(client, f"{at}/template.xlsx")
        body = filled_in(template.content, [*units("县民政局"), ["火星", "县水务局", "部门"]])
        sent = await client.post(at, data={"csrf": csrf}, files={"file": ("单位.xlsx", body, XLSX)})
        assert 303 == sent.status_code, sent.text
        return sent.headers["location"].rpartition("/")[2].partition("?")[0]


async def _in_the_inbox(portal: Portal) -> str:
    """The item that came to a unit, as soon as it lies there."""
    async with portal.client() as client:
        await log_in(client, "health")
        page = await soon(
            lambda: client.get("/desk/unit"), lambda answer: 'href="/desk/unit/' in answer.text
        )
        return page.text.split('href="/desk/unit/')[1][:36]
