"""Who of the told year may log in: one person a role and county."""

from collections.abc import Iterator

from deploy.tongxin.story import Account
from deploy.year.county import County, government
from deploy.year.private import somebody
from shared.kernel.message import Actor


def accounts(county: County) -> Iterator[Account]:
    """The people of a county by their logins; a county without a prefix has its own already."""
    cast, town = county.cast, county.places.towns[0]
    if not cast.login:
        return
    body = government(county.outcomes.submitted_to)
    people: dict[str, Actor] = {
        "resident": cast.resident(cast.home, 1),
        "clerk": cast.clerk,
        "convenor": cast.convenor,
        "member": cast.member,
        "cppcc": cast.cppcc,
        "party": cast.party(min(county.topics.approved_by), county.places.county),
        f"leader{'-' + town.code[6:9] if body.startswith('town') else ''}": cast.leader(body, town),
        "unit-road": cast.unit(county.file.units["road"]),
    }
    for name, actor in people.items():
        person = somebody(county.luck(f"account-{name}"))
        yield Account(f"{cast.login}{name}", person, actor.role, actor.area, actor.unit)
