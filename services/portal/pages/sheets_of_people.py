"""The sheets over members and talents: files, luck and draws. Nobody is ranked."""

from services.portal.pages.sheets import Column, Filter, Sheet

STAFF = frozenset({"clerk", "convenor", "cppcc"})
"""Who keeps the files of members and talents; everybody else sees the own file only."""

SOURCES = (
    "professional",
    "five-elders",
    "local-member",
    "party-veteran",
    "local-worthy",
    "masses",
)

MEMBERS = Sheet(
    name="members",
    view="members",
    statement="members of areas",
    columns=(
        Column("names", "persons", to="/members/{member_id}?year={year}"),
        Column("sector"),
        Column("district"),
        Column("term", "count"),
        Column("party_member", "yes"),
        Column("standing", "yes"),
        Column("came", "count"),
        Column("spoke", "count"),
        Column("researched", "count"),
        Column("duties", "count"),
        Column("pairs", "count"),
        Column("observed_on", "day"),
        Column("reported_on", "day"),
        Column("grade", "word"),
        Column("ended", "word"),
    ),
    levels=("county",),
    filters=(Filter("sector"),),
    may=STAFF,
)
"""委员履职档案: by sector, never by what anybody did; it cannot be sorted otherwise."""

OBSERVERS = Sheet(
    name="observers",
    view="members",
    statement="observing of areas",
    columns=(
        Column("session"),
        Column("held_on", "day"),
        Column("batch", "count"),
        Column("names", "persons", to="/members/{member_id}?year={year}"),
        Column("sector"),
    ),
    levels=("county",),
    may=STAFF,
)
"""列席常委会会议: who observes which session, batch by batch."""

STRANGERS = Sheet(
    name="strangers",
    view="members",
    statement="strangers in areas",
    columns=(
        Column("title", "matter"),
        Column("held_on", "day"),
        Column("area", "area"),
        Column("member_id"),
        Column("why", "word"),
    ),
    levels=("county",),
    may=STAFF,
)
"""签到查无此委员: a consultation decides without the list of members, so views look it up."""

TALENTS = Sheet(
    name="talents",
    view="members",
    statement="talents of areas",
    columns=(
        Column("names", "persons"),
        Column("source", "word"),
        Column("specialties", "lines"),
        Column("area", "area"),
        Column("admitted_on", "day"),
        Column("until", "day"),
        Column("pooled", "count"),
        Column("drawn", "count"),
        Column("expected"),
        Column("never", "yes"),
        Column("replaced", "count"),
        Column("assessed", "count"),
        Column("grade", "word"),
        Column("rewards", "count"),
        Column("sanctions", "count"),
        Column("suspended_until", "day"),
        Column("left_for", "word"),
        Column("left_on", "day"),
    ),
    levels=("county", "town"),
    filters=(Filter("source", SOURCES), Filter("specialties")),
    may=STAFF,
)
"""协商人才库: how often each was drawn in a year, beside how often chance would have."""

FIELDS = Sheet(
    name="fields",
    view="members",
    statement="talents by field",
    columns=(
        Column("field"),
        Column("talents", "count", to="talents?specialties={field}"),
        Column("suspended", "count"),
        Column("drawn", "count"),
        Column("never", "count"),
    ),
    levels=("county", "town"),
    may=STAFF,
)
"""人才按领域: how many of each field there are today, and how often luck took them."""

DRAWS = Sheet(
    name="draws",
    view="members",
    statement="draws of areas",
    columns=(
        Column("since_on", "day", to="/draws/{draw_id}"),
        Column("state", "word"),
        Column("purpose", "word"),
        Column("specialty"),
        Column("wanted", "count"),
        Column("pool", "count"),
        Column("excluded", "count"),
        Column("replaced", "count"),
        Column("seed_source"),
        Column("seed_day", "day"),
        Column("area", "area"),
    ),
    levels=("county", "town"),
)
"""随机抽取: each draw leads to what anybody needs to draw again."""
