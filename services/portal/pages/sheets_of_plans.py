"""The sheets over what a county set out to consult on, and in which forms it did."""

from services.portal.pages.sheets import Around, Column, Filter, Row, Rows, Saying, Sheet

YES_NO = ("yes", "no")
STANDS = (
    "item-drafted",
    "item-planned",
    "item-approved",
    "item-held",
    "item-converted",
    "item-closed",
    "item-deferred",
)
FORMS = ("plenary", "chairpersons", "standing-committee", "special-committee", "small")
SHARE, QUOTAS = "topics.plan.min_planned_share", "meetings.forms"


def against_the_share(rows: Rows, around: Around) -> Rows:
    """How much of the year's topics the plan had foreseen, beside what its charter asks for."""
    return [_shared(row, around) for row in rows]


def _shared(row: Row, around: Around) -> Row:
    least = row["min_planned_share"]
    share = row["planned"] / row["topics"] if row["topics"] else None
    return {
        **row,
        "issuers": [Saying("body", {"body": one}) for one in row["issuers"]],
        "share": share,
        "least": least / 100 if least else None,
        "enough": share * 100 >= least if least and share is not None else None,
        "provisional": SHARE in around.charter_at(row["charter"]).provisional,
    }


def against_the_quotas(rows: Rows, around: Around) -> Rows:
    """A row for each form of the charter, in its order; then forms that were used before it."""
    met = {row["form"]: row for row in rows}
    rules = {rule["form"]: rule for rule in around.charter.tables["meetings"]["forms"]}
    provisional = QUOTAS in around.charter.provisional
    return [
        {
            **_counted(form, met.get(form, {}), rules.get(form, {}), provisional=provisional),
            "year": around.year,
        }
        for form in (*rules, *(form for form in met if form not in rules))
    ]


def _counted(form: str, met: Row, rule: Row, *, provisional: bool) -> Row:
    held, counted, quota = met.get("held", 0), met.get("counted", 0), rule.get("per_year")
    return {
        "form": form,
        "held": held,
        "counted": counted,
        "uncounted": met.get("uncounted", 0),
        "quota": quota,
        "enough": counted >= quota if quota else None,
        "leaders": rule.get("leaders") or None,
        "led": met.get("led", 0) / held if held else None,
        "provisional": bool(provisional and (quota or rule.get("leaders"))),
    }


def with_leaders_needed(rows: Rows, around: Around) -> Rows:
    """How many leaders each session would have needed, by the charter it was held under."""
    return [
        {
            **row,
            "needed": next(
                (
                    rule.get("leaders", 0)
                    for rule in around.charter_at(row["charter"]).tables["meetings"]["forms"]
                    if rule["form"] == row["form"]
                ),
                None,
            ),
        }
        for row in rows
    ]


PLAN_ITEMS = Sheet(
    name="plan-items",
    view="plans",
    statement="plan items of areas",
    columns=(
        Column("title", "matter"),
        Column("item_no", "count"),
        Column("stand", "word"),
        Column("led_by"),
        Column("planned_on", "day"),
        Column("approved_on", "day"),
        Column("held_on", "day"),
        Column("converted_on", "day"),
        Column("closed_on", "day"),
        Column("topics", "count", to="/areas/{area}/year-topics?year={year}&item_no={item_no}"),
        Column("deferred_on", "day"),
        Column("deferral"),
    ),
    levels=("county",),
    filters=(Filter("stand", STANDS),),
)
"""年度计划完成情况: each item of the plan, and the day of each step."""

YEAR_PLANS = Sheet(
    name="year-plans",
    view="plans",
    statement="plans of areas",
    columns=(
        Column("title"),
        Column("state", "word"),
        Column("approved_by", "word"),
        Column("approved_on", "day"),
        Column("issuers", "sayings"),
        Column("number"),
        Column("issued_on", "day"),
        Column("items", "count", to="/areas/{area}/plan-items?year={year}"),
        Column("approved", "count"),
        Column("held", "count"),
        Column("converted", "count"),
        Column("closed", "count"),
        Column("deferred", "count", to="/areas/{area}/plan-items?year={year}&stand=item-deferred"),
        Column("topics", "count", to="/areas/{area}/year-topics?year={year}"),
        Column("planned", "count", to="/areas/{area}/year-topics?year={year}&planned=yes"),
        Column("share", "percent"),
        Column("least", "percent"),
        Column("enough", "yes"),
        Column("provisional", "provisional"),
    ),
    levels=("county", "city"),
    judge=against_the_share,
)
"""年度计划: who settled and issued it, how far its items are, how much of the year it foresaw."""

YEAR_TOPICS = Sheet(
    name="year-topics",
    view="plans",
    statement="topics of year",
    columns=(
        Column("title", "matter"),
        Column("area", "area"),
        Column("approved_on", "day"),
        Column("planned", "yes"),
        Column("item_no", "count"),
    ),
    levels=("county",),
    filters=(Filter("planned", YES_NO), Filter("item_no")),
)
"""本年议题: what was approved in a year, and whether a plan had foreseen it."""

FORM_QUOTAS = Sheet(
    name="forms",
    view="plans",
    statement="forms of areas",
    columns=(
        Column("form", "word"),
        Column("held", "count", to="sessions?year={year}&form={form}"),
        Column("counted", "count", to="sessions?year={year}&form={form}&counted=yes"),
        Column("quota", "count"),
        Column("enough", "yes"),
        Column("uncounted", "count", to="sessions?year={year}&form={form}&counted=no"),
        Column("leaders", "count"),
        Column("led", "percent"),
        Column("provisional", "provisional"),
    ),
    levels=("county",),
    judge=against_the_quotas,
)
"""1+2+4+X: each form of the county, how often it met and counts, and whether leaders came."""

SESSIONS = Sheet(
    name="sessions",
    view="plans",
    statement="sessions of areas",
    columns=(
        Column("title", "matter"),
        Column("held_on", "day"),
        Column("form", "word"),
        Column("mode", "word"),
        Column("place"),
        Column("area", "area"),
        Column("people", "count"),
        Column("leaders", "count"),
        Column("needed", "count"),
        Column("counted", "yes"),
    ),
    levels=("county", "town"),
    filters=(Filter("form", FORMS), Filter("counted", YES_NO)),
    judge=with_leaders_needed,
)
"""协商场次: each consultation that was held, and whether it counts to the quota of its form."""
