"""Tables of areas for tests: the real places of two counties, and changes nobody has decided."""

from datetime import date
from pathlib import Path

from shared.runtime.areas import Areas
from shared.runtime.divisions import read

SICHUAN, GUANGAN, LINSHUI, HUAYING = "510000000000", "511600000000", "511623000000", "511681000000"
OLD, NEW, NORTH, SOUTH = "511623101000", "511623100000", "511623103000", "511623104000"
SPLIT, MOVED, ARRIVED = "511623102000", "511623105000", "511681105000"
DAY, LATER = date(2026, 7, 1), date(2027, 1, 1)

ALWAYS = """code,name,level,from,until,into
510000000000,四川省,province,,,
511600000000,广安市,city,,,
511623000000,邻水县,county,,,
511681000000,华蓥市,county,,,
511623100000,鼎屏镇,town,,,
"""

MERGED = f"""{ALWAYS}\
511623101000,城南镇,town,,2026-07-01,511623100000
511623101001,东街社区,village,,2026-07-01,511623100001
511623100001,东街社区,village,2026-07-01,,
"""

SPLIT_UP = f"""{ALWAYS}\
511623102000,城北镇,town,,2026-07-01,511623103000 511623104000
511623102001,北门社区,village,,2026-07-01,511623103001
511623102002,南门社区,village,,2026-07-01,511623104001
511623103000,城北街道,town,2026-07-01,,
511623103001,北门社区,village,2026-07-01,,
511623104000,城南街道,town,2026-07-01,,
511623104001,南门社区,village,2026-07-01,,
"""

MOVED_AWAY = f"""{ALWAYS}\
511623105000,高滩镇,town,,2026-07-01,511681105000
511623105001,滩口村,village,,2026-07-01,511681105001
511681105000,高滩镇,town,2026-07-01,,
511681105001,滩口村,village,2026-07-01,,
"""

RENAMED = f"""{ALWAYS}\
511623106000,八耳场,town,,2026-07-01,511623106000
511623106000,八耳镇,town,2026-07-01,,
"""

CHAIN = f"""{ALWAYS}\
511623101000,城南镇,town,,2026-07-01,511623103000
511623103000,城南街道,town,2026-07-01,2027-01-01,511623100000
"""


def areas_of(text: str, place: Path) -> Areas:
    """The table as services read it."""
    file = place / "areas.csv"
    file.write_text(text, encoding="utf-8")
    return Areas.read(file)


def faults_of(text: str, place: Path) -> list[str]:
    """What is wrong with a table, line by line."""
    file = place / "areas.csv"
    file.write_text(text, encoding="utf-8")
    return [str(fault) for fault in read(file)[1]]
