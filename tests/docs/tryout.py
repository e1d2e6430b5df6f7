"""Runs the blocks of one page: `python -m tests.docs.tryout FILE`, with what runs here."""

import sys
import tempfile
from pathlib import Path

from deploy.tongxin.demo import password
from deploy.tongxin.home import Home, read_json
from deploy.tongxin.status import running
from tests.docs.blocks import blocks
from tests.docs.shell import run, surroundings

if __name__ == "__main__":
    home = Home.of_checkout()
    given = {
        "TONGXIN_DATA": str(home.data),
        "TONGXIN_URL": (read_json(home.run_file) or {})["url"],
        "LOGIN": "cppcc",
        "PASSWORD": password(running(home)),
    }
    mine = [block for block in blocks(Path(sys.argv[1]).resolve()) if block.runs]
    with tempfile.TemporaryDirectory() as folder:
        wrong = run(mine, surroundings(Path(folder) / "docs", given))
    print("\n\n".join(wrong) or f"{len(mine)} blocks did what they say")
    sys.exit(bool(wrong))
