"""Writes the dashboards from their tables."""

from deploy.observe.dashboards import BOARDS, FOLDER, text

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for one in BOARDS:
        (FOLDER / f"{one}.json").write_text(text(one), encoding="utf-8")
