"""Writes what follows from the tables and the alerts: dashboards, and the rules for a cluster."""

from deploy.observe.cluster import RULES, rules
from deploy.observe.dashboards import BOARDS, FOLDER, text

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for one in BOARDS:
        (FOLDER / f"{one}.json").write_text(text(one), encoding="utf-8")
    RULES.write_text(rules(), encoding="utf-8")
