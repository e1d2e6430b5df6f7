"""Leads that become no topic: personal appeals are handed on, others turned away with a reason."""

from uuid import UUID, uuid5

from deploy.year.county import County
from deploy.year.leads import submit
from deploy.year.places import Place
from deploy.year.script import Script
from services.topics.domain.lead import commands as lead
from shared.kernel.message import Actor

APPEALS = (
    ("家人落户手续迟迟没有办下来", "police", "属个人户籍事项，转公安机关按规定办理。"),
    ("申请低保的结果一直没有等到", "civil", "属个人救助申请，转民政部门按程序核查答复。"),
    ("工伤待遇没有按时发放", "hr", "属个人待遇事项，转人社部门核查答复。"),
    ("宅基地与邻居的界线说不清", "land", "属两户权属争议，转自然资源部门依法处理。"),
    ("医药费报销少算了一笔", "medicare", "属个人报销事项，转医保部门核算答复。"),
    ("残疾证年审材料被退回", "disabled", "属个人办证事项，转残联办理。"),
    ("网购商品商家不退款", "market", "属个人消费纠纷，转市场监管部门调解。"),
    ("房产证办理多年没有结果", "land", "属个人不动产登记事项，转登记机构办理。"),
)
OUT = (
    (
        "{p}一桩正在打官司的欠款",
        "in-legal-proceedings",
        "已进入诉讼程序，不属协商范围，请依法等待裁判。",
    ),
    ("推荐{p}使用某品牌净水机", "promotion", "属产品推介，不予受理。"),
    ("希望把{p}建设得更好", "empty", "内容过于笼统，请就具体问题另行提出。"),
    ("反映{p}某人的作风问题", "names-an-accused", "属检举控告，请向纪检监察机关反映。"),
    ("关于{p}古地名读音的考证", "academic", "属学术探讨，不属协商范围。"),
)


def tell_others(county: County, script: Script) -> None:
    """A lead that becomes no topic: handed on, or turned away with its reason."""
    place = script.luck.choice(county.places.of(script.luck.choice(("village", "community"))))
    who, lead_id = (
        county.cast.resident(place, script.luck.randrange(1, 9)),
        uuid5(script.cause, "lead"),
    )
    if script.chance(62):
        _hand_on(county, script, place, who, lead_id)
        return
    title, category, reason = script.luck.choice(OUT)
    title = title.format(p=place.name)
    submit(script, who, place, lead_id=lead_id, title=title, origin="resident")
    script.wait(1, 3).ask(
        county.cast.clerk, lead.ScreenOutLead, lead_id=lead_id, category=category, reason=reason
    )


def _hand_on(county: County, script: Script, place: Place, who: Actor, lead_id: UUID) -> None:
    title, key, reason = script.luck.choice(APPEALS)
    unit = county.unit(key, place)
    brought = {"title": title, "origin": "resident", "personal": True}
    submit(script, who, place, lead_id=lead_id, **brought)
    script.wait(1, 3).ask(
        county.cast.clerk, lead.TransferAppeal, lead_id=lead_id, to_unit=unit, reason=reason
    )
    if script.chance(88):
        script.wait(1, 8).ask(
            county.cast.unit(unit),
            lead.AcknowledgeTransfer,
            lead_id=lead_id,
            receipt_no=f"{county.short}收〔{script.today.year}〕{script.luck.randrange(1, 900)}号",
        )
