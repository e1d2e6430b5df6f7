"""The files that services read: charters, and the table of areas."""

from collections.abc import Iterator

from deploy.tongxin.contradictions import contradictions
from deploy.tongxin.doctor.finding import Finding, book
from deploy.tongxin.home import SERVICES
from deploy.tongxin.mend import app_of
from shared.runtime import divisions
from shared.runtime.charter import Charters
from shared.runtime.settings import Settings


def files() -> Iterator[Finding]:
    """Whether they can be used as they lie there now."""
    settings = Settings()
    rules = {service: app_of(service).rules for service in SERVICES}
    charters = Charters(settings.charters, strict=False)
    for file in sorted(settings.charters.glob("*/*.toml")):
        for fault in charters.check(file, rules, contradictions):
            yield Finding(
                "charters",
                f"{file}, {fault}",
                f"mend it, then `tongxin charter check {file}`; the last good one is in force",
                book("files-faulty"),
            )
    for fault in divisions.read(settings.areas)[1]:
        yield Finding(
            "areas",
            f"{settings.areas}, {fault}",
            f"mend it, then `tongxin areas check {settings.areas}`; the last good one is in force",
            book("files-faulty"),
        )
