"""`python -m docs.site` builds the site; `--list` names its pages instead."""

import argparse
import sys
from pathlib import Path

from docs.site.build import build
from docs.site.sources import ROOT, Broken, laid_out
from docs.site.written import written


def main() -> int:
    """The code to end with: 1 where a link leads nowhere, or Sphinx warns of something."""
    parser = argparse.ArgumentParser(prog="python -m docs.site", description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / ".site", help="the folder to build in")
    parser.add_argument("--list", action="store_true", help="the pages, and nothing is built")
    asked = parser.parse_args()
    try:
        if asked.list:
            sys.stdout.writelines(f"{place}\n" for place in sorted(laid_out(written())))
            return 0
        wrong = build(asked.to)
    except Broken as broken:
        wrong = f"{broken}\n"
    sys.stderr.write(wrong)
    if not wrong:
        sys.stdout.write(f"{asked.to / 'html' / 'index.html'}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
